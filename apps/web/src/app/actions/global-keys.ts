import { useEffect } from 'react';
import { actionForKey } from './registry';

/** Where typing belongs to the field and not to the app: inputs, menus and dialogs, the terminal. */
const typingPlaces =
  'input, textarea, select, [contenteditable="true"], [role="menu"], [role="dialog"], [role="alertdialog"], [data-own-keys]';

/** The command palette also opens from inside a field, as everywhere else. */
const everywhere = new Set(['app.command-palette']);

/** Listens for the shortcuts of the registry on the whole page. */
export function useGlobalKeys(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const action = actionForKey(event);
      if (action === undefined) return;
      const typing = event.target instanceof Element && event.target.closest(typingPlaces) !== null;
      if (typing && !everywhere.has(action.id)) return;
      event.preventDefault();
      action.run();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
