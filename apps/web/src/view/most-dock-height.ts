import { useSyncExternalStore } from 'react';

/**
 * What stays above the dock, in rem: the header (3), the row of tabs (2.25) with the line above it (0.25), and at least 10 of drawing. No
 * panel below the canvas ever hides it.
 */
const keptAboveRem = 15.5;

/** The largest height of a panel below the canvas in this window, in pixels. */
export function useMostDockHeight(): number {
  return useSyncExternalStore(subscribe, mostDockHeight);
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('resize', changed);
  return () => window.removeEventListener('resize', changed);
}

function mostDockHeight(): number {
  const remPx = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return Math.max(0, Math.round(window.innerHeight - keptAboveRem * remPx));
}
