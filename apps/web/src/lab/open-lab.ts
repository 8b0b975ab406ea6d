import { openLabSocket } from '../connection/lab-socket';
import { rest } from '../connection/rest-client';
import { StreamClient } from '../connection/stream-client';
import { viewActions } from '../view/view-store';
import { initialLabState } from './initial-state';
import { LabSession } from './lab-session';
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
  const session = new LabSession({
    send: (message) => stream.send(message),
    get: labStore.getState,
    set: labStore.setState,
    notify: (level, text, detail) => viewActions.notify({ level, text, detail }),
    newId: () => `${page}-${++requestCount}`,
    now: () => performance.now(),
    clock: () => Date.now(),
  });
  const stream = new StreamClient({
    ticket: async (refusedBefore) => {
      if (refusedBefore) await rest.read(labId);
      return rest.ticket();
    },
    open: (ticket) => openLabSocket(labId, ticket),
    onMessage: (message, fresh) => session.receive(message, fresh),
    onStatus: (status) => session.status(status),
    onEnd: (end) => session.ended(end),
  });
  current = session;
  stream.start();
  const retry = (): void => stream.retryNow();
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
