import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { initialLabState } from './initial-state';
import type { LabState } from './lab-state';

/** Written by the open lab's session only. */
export const labStore = createStore<LabState>(() => initialLabState);

/** Reads a part of the lab: `useLabStore((lab) => lab.topology)`. */
export function useLabStore<Part>(selector: (lab: LabState) => Part): Part {
  return useStore(labStore, selector);
}
