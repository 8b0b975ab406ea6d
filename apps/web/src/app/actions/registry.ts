import { useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { type Action, isEnabled } from './action';
import { type KeyPress, matchesKeys } from './key-match';

const registry = createStore<{ readonly actions: readonly Action[] }>(() => ({ actions: [] }));

/** Adds actions; an id that is there already is replaced. Gives the function that takes them away again. */
export function registerActions(actions: readonly Action[]): () => void {
  const ids = new Set(actions.map((action) => action.id));
  registry.setState((state) => ({
    actions: [...state.actions.filter((action) => !ids.has(action.id)), ...actions],
  }));
  return () => {
    const mine = new Set(actions);
    registry.setState((state) => ({ actions: state.actions.filter((action) => !mine.has(action)) }));
  };
}

/** Registers actions while the component is there. `actions` must keep its identity (a constant, or `useMemo`). */
export function useRegisterActions(actions: readonly Action[]): void {
  useEffect(() => registerActions(actions), [actions]);
}

export function useActions(): readonly Action[] {
  return useStore(registry, (state) => state.actions);
}

export function actionById(id: string): Action | undefined {
  return registry.getState().actions.find((action) => action.id === id);
}

/** Runs an action by id when it is there and enabled; tells whether it was. */
export function runAction(id: string): boolean {
  const action = actionById(id);
  if (action === undefined || !isEnabled(action)) return false;
  action.run();
  return true;
}

/** The enabled action that listens to this key press; the one registered last wins. */
export function actionForKey(press: KeyPress): Action | undefined {
  return registry
    .getState()
    .actions.findLast(
      (action) =>
        action.keysHandledElsewhere !== true &&
        (action.keys ?? []).some((keys) => matchesKeys(press, keys)) &&
        isEnabled(action),
    );
}
