import { useStore } from 'zustand';
import { labActions, labStore } from '../lab';
import { type ReachState, Sweeps } from './sweeps';

const sweeps = new Sweeps(labActions);

labStore.subscribe((now, before) => {
  if (now.labId !== before.labId) sweeps.reset();
});

export function useReach<Part>(selector: (state: ReachState) => Part): Part {
  return useStore(sweeps.store, selector);
}

export const reachActions = {
  setFamily: (family: 4 | 6): void => sweeps.store.setState({ family }),
  setFollow: (follow: boolean): void => sweeps.store.setState({ follow }),
  check: (): Promise<void> => sweeps.check(),
  cancel: (): void => sweeps.cancel(),
};
