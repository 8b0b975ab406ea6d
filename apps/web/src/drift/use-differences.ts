import { useMemo } from 'react';
import { useLabStore } from '../lab';
import { type Difference, differencesOf } from './differences';
import { useGhosts } from './ghosts-now';

/** Everything in which kernel and document differ without an edit. */
export function useDifferences(): readonly Difference[] {
  const topology = useLabStore((lab) => lab.topology);
  const observed = useLabStore((lab) => lab.observed);
  const drift = useLabStore((lab) => lab.drift);
  const ghosts = useGhosts();
  return useMemo(
    () => (topology === null ? [] : differencesOf(topology, observed, drift, ghosts)),
    [topology, observed, drift, ghosts],
  );
}
