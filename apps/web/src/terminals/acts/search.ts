import { knownView } from '../session/open-views';
import { setTerminals, terminalStore } from '../state/terminal-store';
import { activeOf, tabsNow } from './choose-terminal';

function frontScreen() {
  const session = activeOf(tabsNow(), terminalStore.getState().active);
  return session === null ? null : (knownView(session.id)?.screen ?? null);
}

/** Opens the search bar, which takes the focus with its first drawing; when it is open already, it takes it again. */
export function startSearch(): void {
  setTerminals({ searching: true, found: null });
  const field = document.querySelector<HTMLInputElement>('[data-terminals] input[type="search"]');
  field?.focus();
  field?.select();
}

/** Looks from where the last hit was; `typing`: the word is still being written. */
export function search(text: string, direction: 'next' | 'previous', typing = false): void {
  if (text === '') {
    frontScreen()?.endFind();
    setTerminals({ found: null });
  } else frontScreen()?.find(text, direction, typing);
}

export function endSearch(): void {
  setTerminals({ searching: false, found: null });
  frontScreen()?.endFind();
  frontScreen()?.focus();
}
