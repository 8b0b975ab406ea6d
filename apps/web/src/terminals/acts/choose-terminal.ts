import type { TerminalSession } from '@vethlab/protocol';
import { labStore } from '../../lab';
import { viewActions } from '../../view';
import { knownView, sessionsOf, viewOf } from '../session/open-views';
import { setTerminals, terminalStore } from '../state/terminal-store';

/** All tabs, in their order. */
export function tabsNow(): readonly TerminalSession[] {
  return sessionsOf(labStore.getState().terminals, terminalStore.getState().opened);
}

/** The terminal in front: the chosen one, or the last when that is gone. */
export function activeOf(tabs: readonly TerminalSession[], active: string | null): TerminalSession | null {
  return tabs.find(({ id }) => id === active) ?? tabs.at(-1) ?? null;
}

/** Brings a terminal to the front of the dock, ready to be typed into. */
export function chooseTerminal(session: TerminalSession): void {
  viewActions.openDock('terminals');
  const { active, searching } = terminalStore.getState();
  const isOther = active !== null && active !== session.id;
  // A search is about one terminal, and must not take the focus in the next.
  if (isOther && searching) knownView(active)?.screen?.endFind();
  setTerminals({ active: session.id, found: null, link: null, searching: searching && !isOther });
  viewOf(session)?.focus();
}

/** The tab beside the one in front, around the ends. */
export function stepTab(by: 1 | -1): void {
  const tabs = tabsNow();
  const current = activeOf(tabs, terminalStore.getState().active);
  if (current === null) return;
  const at = tabs.indexOf(current);
  const next = tabs.at((at + by) % tabs.length);
  if (next !== undefined) chooseTerminal(next);
}

/** Out of the terminal: to its tab, and from there (again) to the canvas. Nothing holds the focus. */
export function leaveTerminal(): void {
  document.querySelector<HTMLElement>('[data-terminals] [role="tab"][data-state="active"]')?.focus();
}
