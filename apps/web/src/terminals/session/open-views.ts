import type { TerminalSession } from '@vethlab/protocol';
import { labStore } from '../../lab';
import type { ScreenLook } from '../screen/terminal-screen';
import { forgetSight, forgetTerminals, terminalStore } from '../state/terminal-store';
import type { TerminalKey } from '../terminal-keys';
import { TerminalView } from './terminal-view';

const views = new Map<string, TerminalView>();
let look: ScreenLook = { theme: 'dark', fontSizePx: 14, screenReader: false };
let onKey: (key: Exclude<TerminalKey, 'copy' | 'paste'>) => void = () => undefined;

/** The lab's terminals, and those this page has opened that are not in the list yet. */
export function sessionsOf(listed: readonly TerminalSession[], opened: readonly TerminalSession[]) {
  const known = new Set(listed.map(({ id }) => id));
  return [...listed, ...opened.filter(({ id }) => !known.has(id))];
}

/** This page's view of a terminal; made, and connected, when it is first asked for. */
export function viewOf(session: TerminalSession): TerminalView | null {
  const { labId } = labStore.getState();
  if (labId === null) return null;
  const known = views.get(session.id);
  if (known !== undefined) return known;
  const view = new TerminalView(labId, session, look, (key) => onKey(key));
  views.set(session.id, view);
  return view;
}

export function knownView(id: string): TerminalView | undefined {
  return views.get(id);
}

export function setLookOfViews(next: ScreenLook): void {
  look = next;
  for (const view of views.values()) view.setLook(next);
}

export function setKeysOfViews(act: typeof onKey): void {
  onKey = act;
}

/** Follows the lab for as long as its editor is open. Gives the function that closes every view. */
export function followLab(): () => void {
  const stop = labStore.subscribe((now, before) => {
    if (now.terminals !== before.terminals) follow(now.terminals);
    if (now.connection !== before.connection && (now.connection === 'open' || now.connection === 'lost')) {
      for (const view of views.values()) view.online(now.connection === 'open');
    }
  });
  return () => {
    stop();
    for (const view of views.values()) view.dispose();
    views.clear();
    forgetTerminals();
  };
}

function follow(listed: readonly TerminalSession[]): void {
  const byId = new Map(listed.map((session) => [session.id, session]));
  const { opened } = terminalStore.getState();
  const waiting = opened.filter(({ id }) => !byId.has(id));
  if (waiting.length !== opened.length) terminalStore.setState({ opened: waiting });
  for (const [id, view] of views) {
    const session = byId.get(id);
    if (session !== undefined) view.update(session);
    else if (!waiting.some((one) => one.id === id)) {
      view.dispose();
      views.delete(id);
      forgetSight(id);
    }
  }
}
