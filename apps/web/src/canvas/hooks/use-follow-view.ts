import { useEffect } from 'react';
import { labStore } from '../../lab';
import { glideMs } from '../acts/tidy-up';
import { canvasState, setCanvas } from '../state/canvas-store';
import { canvasView } from '../state/canvas-view';
import { placesNow } from '../state/places-now';

/** Somebody who has just moved the view, or something in it, wants it where it is. */
const restMs = 2_000;
/** Up to this many nodes the whole drawing is still readable on one screen. */
const showAllUpTo = 24;

/**
 * While the lab follows, what was typed and adopted glides to its place and is brought into sight, unless a person is busy
 * with the canvas. A small drawing is shown whole; in a large one the view pans as little as it can.
 */
export function useFollowView(): void {
  useEffect(() => {
    let touchedMs = Number.NEGATIVE_INFINITY;
    const touch = (event: Event): void => {
      if (event.target instanceof Element && event.target.closest('[data-canvas]') !== null)
        touchedMs = performance.now();
    };
    const kinds = ['pointerdown', 'pointerup', 'wheel', 'keydown'] as const;
    for (const kind of kinds) window.addEventListener(kind, touch, { capture: true, passive: true });
    const stop = labStore.subscribe((lab, before) => {
      if (!lab.follow || lab.topology === null || before.topology === null || lab.topology === before.topology) return;
      if (lab.labId !== before.labId) return;
      const known = before.topology;
      const now = lab.topology;
      const added = Object.keys(now.nodes).filter((name) => !Object.hasOwn(known.nodes, name));
      if (now.canvas !== known.canvas) glide();
      if (added.length === 0 || isBusy(touchedMs)) return;
      // Two frames: one for React to hand the nodes over, one for React Flow to take them in.
      requestAnimationFrame(() => requestAnimationFrame(() => keepInSight(added, Object.keys(now.nodes).length)));
    });
    return () => {
      stop();
      for (const kind of kinds) window.removeEventListener(kind, touch, { capture: true });
    };
  }, []);
}

function isBusy(touchedMs: number): boolean {
  const { dragged, picking, renaming, offer, note } = canvasState();
  const unfinished = dragged.size > 0 || picking !== null || renaming !== null || offer !== null || note !== null;
  return unfinished || performance.now() - touchedMs < restMs;
}

function keepInSight(names: readonly string[], count: number): void {
  const view = canvasView();
  const places = placesNow();
  const hidden = names.some((name) => {
    const place = places.get(name);
    return place !== undefined && view?.holds(place) === false;
  });
  if (!hidden) return;
  if (count <= showAllUpTo) view?.fit();
  else view?.reveal(names);
}

let gliding: ReturnType<typeof setTimeout> | undefined;

function glide(): void {
  setCanvas({ gliding: true });
  clearTimeout(gliding);
  gliding = setTimeout(() => setCanvas({ gliding: false }), glideMs * 2);
}
