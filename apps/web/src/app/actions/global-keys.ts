import { useEffect } from 'react';
import { actionForKey } from './registry';

const fields = 'input, textarea, select, [contenteditable="true"]';
/** What takes all keys for itself: menus, dialogs, the terminal. */
const ownPlaces = '[role="menu"], [role="dialog"], [role="alertdialog"], [data-own-keys]';

/** The command palette also opens from inside a field, as everywhere else. */
const everywhere = new Set(['app.command-palette']);
/** Of no use to a field, so it need not be left first. */
const fromFields = new Set(['terminal.lab']);

/** Listens for the shortcuts of the registry on the whole page. */
export function useGlobalKeys(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const action = actionForKey(event);
      if (action === undefined) return;
      if (!everywhere.has(action.id) && belongsToAnother(event.target, action.id)) return;
      event.preventDefault();
      action.run();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

function belongsToAnother(target: EventTarget | null, action: string): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest(ownPlaces) !== null) return true;
  return target.closest(fields) !== null && !fromFields.has(action);
}
