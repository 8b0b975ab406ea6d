import { type KeyPress, matchesKeys } from '../app/actions/key-match';

/** What a terminal does by key itself; every other key goes to the shell. */
export type TerminalKey = 'copy' | 'paste' | 'search' | 'next' | 'previous' | 'leave';

/**
 * With Ctrl (⌘) and Shift, since the shell has the others. Not the ones that browsers keep: Ctrl+Tab, Ctrl+PageUp,
 * Ctrl+Shift+T, Shift+Esc.
 */
export const terminalKeys: Readonly<Record<TerminalKey, string>> = {
  copy: 'shift+mod+c',
  paste: 'shift+mod+v',
  search: 'shift+mod+f',
  next: 'shift+mod+arrowright',
  previous: 'shift+mod+arrowleft',
  leave: 'shift+mod+arrowup',
};

const names: readonly TerminalKey[] = ['copy', 'paste', 'search', 'next', 'previous', 'leave'];

/** The terminal's own key that was pressed; null for one that belongs to the shell. */
export function terminalKeyOf(press: KeyPress, apple?: boolean): TerminalKey | null {
  return names.find((name) => matchesKeys(press, terminalKeys[name], apple)) ?? null;
}

/** Element that tells how to leave a terminal by keyboard; on the page while one is shown. */
export const leaveHintId = 'vl-terminal-leave';
