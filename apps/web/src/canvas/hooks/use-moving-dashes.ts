import { type RefObject, useEffect } from 'react';
import { dashOffsetPx } from '../edges/dash-offset';

/** Twelve times a second: slow dashes do not look better with more. */
const stepMs = 83;
/** Longer than a typist takes from key to key. */
const restAfterKeyMs = 300;

/**
 * Moves the dashes of links with traffic. As a CSS animation they would have the browser draw sixty frames a second for as
 * long as anything is sent, and hold back the echo of every key (docs/decisions/0029): here they are few steps, and none
 * while somebody types.
 */
export function useMovingDashes(canvas: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    let lastKeyMs = Number.NEGATIVE_INFINITY;
    const onKey = (): void => {
      lastKeyMs = performance.now();
    };
    const timer = setInterval(() => {
      const now = performance.now();
      if (document.hidden || now - lastKeyMs < restAfterKeyMs) return;
      // Without a connection nothing moves: what is drawn is not the state of now.
      const wires = canvas.current?.matches('[data-liveness="unknown"]')
        ? []
        : canvas.current?.querySelectorAll('path.vl-traffic');
      for (const wire of wires ?? []) {
        const offset = dashOffsetPx(now, wire.classList.contains('vl-backward'));
        if (wire instanceof SVGElement) wire.style.strokeDashoffset = `${offset.toFixed(1)}px`;
      }
    }, stepMs);
    window.addEventListener('keydown', onKey, { capture: true });
    return () => {
      clearInterval(timer);
      window.removeEventListener('keydown', onKey, { capture: true });
    };
  }, [canvas]);
}
