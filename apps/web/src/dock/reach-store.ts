import type { ReachReport } from '@vethlab/protocol';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { readable } from '../connection';
import { labActions, labStore } from '../lab';

export interface ReachState {
  readonly family: 4 | 6;
  /** The last matrix of each family, and which lab it belongs to. */
  readonly reports: ReadonlyMap<4 | 6, ReachReport>;
  readonly running: { readonly done: number; readonly total: number } | null;
  readonly problem: string | null;
  /** Ask again after every change of the kernel. */
  readonly follow: boolean;
}

const initial: ReachState = { family: 4, reports: new Map(), running: null, problem: null, follow: true };

const store = createStore<ReachState>(() => initial);
/** A change came while a sweep was under way: sweep once more afterwards. */
let again = false;

labStore.subscribe((now, before) => {
  if (now.labId !== before.labId) store.setState(initial);
});

export function useReach<Part>(selector: (state: ReachState) => Part): Part {
  return useStore(store, selector);
}

export const reachActions = {
  setFamily: (family: 4 | 6): void => store.setState({ family }),
  setFollow: (follow: boolean): void => store.setState({ follow }),
  /** Pings every host from every host, once. One sweep at a time. */
  check: async (): Promise<void> => {
    const { running, family } = store.getState();
    if (running !== null) {
      again = true;
      return;
    }
    const { labId } = labStore.getState();
    store.setState({ running: { done: 0, total: 0 }, problem: null });
    try {
      const report = await labActions.reach(family, (done, total) => store.setState({ running: { done, total } }));
      if (labStore.getState().labId === labId) {
        store.setState((state) => ({ reports: new Map(state.reports).set(family, report) }));
      }
    } catch (error) {
      store.setState({ problem: readable(error) });
    } finally {
      store.setState({ running: null });
    }
    if (again) {
      again = false;
      await reachActions.check();
    }
  },
  cancel: (): void => {
    again = false;
    labActions.cancelReach();
  },
};
