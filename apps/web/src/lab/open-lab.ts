import type { ServerMessage } from '@vethlab/protocol';
import { openLabSocket } from '../connection/lab-socket';
import { rest } from '../connection/rest-client';
import { StreamClient } from '../connection/stream-client';
import { viewActions } from '../view/view-store';
import { frameBatch } from './frame-batch';
import { initialLabState } from './initial-state';
import { LabSession } from './lab-session';
import type { LabState } from './lab-state';
import { labStore } from './lab-store';

let current: LabSession | null = null;
let requestCount = 0;

/** The session of the open lab; null on the lab list. */
export function currentSession(): LabSession | null {
  return current;
}

/** Opens a lab in the editor. Gives the function that closes it again. */
export function openLab(labId: string): () => void {
  // Unique over reconnects and tabs, so that the server can tell a repeated edit from a new one.
  const page = crypto.getRandomValues(new Uint32Array(2)).join('-');
  labStore.setState({ ...initialLabState, labId });
  /** The state while a batch of messages is taken in; those who look see it once, afterwards. */
  let draft: LabState | null = null;
  const session = new LabSession({
    send: (message) => stream.send(message),
    get: () => draft ?? labStore.getState(),
    set: (part) => {
      if (draft === null) labStore.setState(part);
      else draft = { ...draft, ...part };
    },
    notify: (level, text, detail) => viewActions.notify({ level, text, detail }),
    newId: () => `${page}-${++requestCount}`,
    now: () => performance.now(),
    clock: () => Date.now(),
  });
  const messages = frameBatch<{ readonly message: ServerMessage; readonly fresh: boolean }>((batch) => {
    if (current !== session) return;
    draft = labStore.getState();
    try {
      for (const { message, fresh } of batch) session.receive(message, fresh);
    } finally {
      const next: LabState = draft;
      // First: whoever looks may act upon what it sees.
      draft = null;
      labStore.setState(next);
    }
  });
  const stream = new StreamClient({
    ticket: async (refusedBefore) => {
      if (refusedBefore) await rest.read(labId);
      return rest.ticket();
    },
    open: (ticket) => openLabSocket(labId, ticket),
    onMessage: (message, fresh) => messages.push({ message, fresh }),
    onStatus: (status) => {
      // What was said before the connection changed was said before.
      messages.flush();
      session.status(status);
    },
    onEnd: (end) => session.ended(end),
  });
  current = session;
  stream.start();
  const retry = (): void => {
    // A frame that was asked for never comes in a tab that has just been hidden.
    messages.flush();
    stream.retryNow();
  };
  window.addEventListener('online', retry);
  document.addEventListener('visibilitychange', retry);
  return () => {
    window.removeEventListener('online', retry);
    document.removeEventListener('visibilitychange', retry);
    stream.close();
    if (current === session) {
      current = null;
      labStore.setState(initialLabState);
      viewActions.clearSelection();
    }
  };
}
