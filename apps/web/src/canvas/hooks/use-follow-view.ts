import type { Topology } from '@vethlab/topology';
import { useEffect } from 'react';
import { ghostsNow } from '../../drift/ghosts-now';
import { labStore } from '../../lab';
import type { LabState } from '../../lab/lab-state';
import { glideMs } from '../acts/tidy-up';
import { isRootDrawn } from '../ghosts/ghost-drawing';
import { ghostNodeId, rootNodeId } from '../ghosts/ghost-ids';
import { canvasState, setCanvas } from '../state/canvas-store';
import { canvasView } from '../state/canvas-view';
import { placesNow } from '../state/places-now';

/** Somebody who has just moved the view, or something in it, wants it where it is. */
const restMs = 2_000;
/** Room between a node and the edges of the canvas, in pixels: its name and what is listed below it are to be read. */
const sideRoomPx = 72;
const captionRoomPx = 120;
/** Up to this many nodes the whole drawing is still readable on one screen. */
const showAllUpTo = 24;

/**
 * What somebody typed is brought into sight, and while the lab follows it glides to its place, unless a person is busy with
 * the canvas. A small drawing is shown whole, and stays so while it follows; in a large one the view pans as little as it can.
 */
export function useFollowView(): void {
  useEffect(() => {
    let touchedMs = Number.NEGATIVE_INFINITY;
    const touch = (event: Event): void => {
      if (event.target instanceof Element && event.target.closest('[data-canvas]') !== null)
        touchedMs = performance.now();
    };
    // A pointer on its way to something must find it where it is.
    const kinds = ['pointermove', 'pointerdown', 'pointerup', 'wheel', 'keydown'] as const;
    for (const kind of kinds) window.addEventListener(kind, touch, { capture: true, passive: true });
    const waiting = new Set<string>();
    let isGrown = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (): void => {
      clearTimeout(timer);
      // Two frames: one for React to hand the nodes over, one for React Flow to take them in.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          if (waiting.size === 0) return;
          if (isBusy(touchedMs)) {
            clearTimeout(timer);
            timer = setTimeout(show, restMs);
            return;
          }
          keepInSight([...waiting], isGrown);
          waiting.clear();
          isGrown = false;
        }),
      );
    };
    const stop = labStore.subscribe((lab, before) => {
      if (lab.topology === null || before.topology === null || lab.labId !== before.labId) return;
      const come = [...newGhosts(lab, before), ...(lab.follow ? newNodes(lab.topology, before.topology) : [])];
      // Where a person has just put a node, that person sees it.
      const isOurs = performance.now() - touchedMs < restMs;
      const moved = lab.follow && !isOurs ? movedNodes(lab.topology, before.topology) : [];
      if (lab.follow && lab.topology.canvas !== before.topology.canvas) glide();
      if (come.length + moved.length === 0) return;
      if (lab.follow && !isOurs) isGrown = true;
      for (const id of [...come, ...moved]) waiting.add(id);
      show();
    });
    return () => {
      stop();
      clearTimeout(timer);
      for (const kind of kinds) window.removeEventListener(kind, touch, { capture: true });
    };
  }, []);
}

function isBusy(touchedMs: number): boolean {
  const { dragged, picking, renaming, offer, note } = canvasState();
  const unfinished = dragged.size > 0 || picking !== null || renaming !== null || offer !== null || note !== null;
  return unfinished || performance.now() - touchedMs < restMs;
}

function newNodes({ nodes }: Topology, before: Topology): readonly string[] {
  return nodes === before.nodes ? [] : Object.keys(nodes).filter((name) => !Object.hasOwn(before.nodes, name));
}

/** Those that moved to what they are wired to now. */
function movedNodes({ canvas }: Topology, before: Topology): readonly string[] {
  if (canvas === before.canvas) return [];
  return Object.entries(canvas.nodes).flatMap(([name, now]) => {
    const then = Object.hasOwn(before.canvas.nodes, name) ? before.canvas.nodes[name] : undefined;
    return then === undefined || (then.x === now.x && then.y === now.y) ? [] : [name];
  });
}

/** Ids of ghosts that were not there at the last look. */
function newGhosts(lab: LabState, before: LabState): readonly string[] {
  if (lab.observed === before.observed && lab.topology === before.topology) return [];
  const known = lastGhosts;
  const ghosts = ghostsNow(lab);
  lastGhosts = new Set(ghosts.namespaces.map(({ name }) => ghostNodeId(name)));
  if (isRootDrawn(ghosts, lab.observed)) lastGhosts.add(rootNodeId);
  return [...lastGhosts].filter((id) => !known.has(id));
}

let lastGhosts = new Set<string>();

function keepInSight(names: readonly string[], isGrown: boolean): void {
  const view = canvasView();
  const places = placesNow();
  const isSmall = places.size <= showAllUpTo;
  // It grows by itself, and is always looked at as a whole.
  if (isSmall && isGrown) {
    view?.fit();
    return;
  }
  // The box of the root namespace gives way to what comes, and is to be seen all the same.
  const hidden = (isSmall ? [...names, rootNodeId] : names).some((name) => {
    const place = places.get(name);
    if (place === undefined || view === null) return false;
    const { above, below, left, right } = view.roomAround(place);
    return Math.min(above, left, right) < sideRoomPx || below < captionRoomPx;
  });
  if (!hidden) return;
  if (isSmall) view?.fit();
  else view?.reveal(names);
}

let gliding: ReturnType<typeof setTimeout> | undefined;

function glide(): void {
  setCanvas({ gliding: true });
  clearTimeout(gliding);
  gliding = setTimeout(() => setCanvas({ gliding: false }), glideMs * 2);
}
