import { RequestFailed, readable, rest } from '../../connection';
import { labStore } from '../../lab';
import { knownView } from '../session/open-views';
import { setTerminals, terminalStore } from '../state/terminal-store';
import { activeOf, chooseTerminal, tabsNow } from './choose-terminal';

/** Closes a terminal; asks first when something runs in it beside the shell, since that ends with it. */
export async function closeTerminal(id: string): Promise<void> {
  const session = tabsNow().find((tab) => tab.id === id);
  if (session === undefined) return;
  // A shell that waits at its prompt is closed without a word; of one that was never looked at nobody knows.
  if (session.state === 'running' && knownView(id)?.isBusy !== false) {
    setTerminals({ closing: { id, isBusy: knownView(id)?.isBusy ?? null } });
    return;
  }
  await closeNow(id);
}

/** Ends the shell and all that it started. */
export async function closeNow(id: string): Promise<void> {
  const { labId } = labStore.getState();
  if (labId === null) return;
  setTerminals({ closing: null });
  const tabs = tabsNow();
  const { active } = terminalStore.getState();
  const wasInFront = activeOf(tabs, active)?.id === id;
  const hadFocus = document.activeElement?.closest('[data-terminals]') !== null;
  try {
    await rest.closeTerminal(labId, id);
  } catch (error) {
    // Somebody else closed it at the same moment.
    if (!(error instanceof RequestFailed) || error.problem.status !== 404) {
      setTerminals({ problem: `The terminal was not closed. ${readable(error)}` });
      return;
    }
  }
  setTerminals({ opened: terminalStore.getState().opened.filter((session) => session.id !== id) });
  if (!wasInFront) return;
  const at = tabs.findIndex((tab) => tab.id === id);
  const next = tabs[at + 1] ?? tabs[at - 1];
  if (next === undefined) setTerminals({ active: null });
  else if (hadFocus) chooseTerminal(next);
  else setTerminals({ active: next.id, searching: false });
}
