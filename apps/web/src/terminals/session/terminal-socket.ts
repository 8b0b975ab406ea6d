import type { TerminalSocket } from './terminal-connection';

/** Opens one terminal's socket on this page's own server. */
export function openTerminalSocket(labId: string, terminal: string, ticket: string, from: number): TerminalSocket {
  const path = `/api/v1/labs/${encodeURIComponent(labId)}/terminals/${encodeURIComponent(terminal)}`;
  const url = new URL(path, window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.searchParams.set('ticket', ticket);
  url.searchParams.set('from', String(from));
  const inner = new WebSocket(url);
  inner.binaryType = 'arraybuffer';
  const socket: TerminalSocket = {
    send: (data) => inner.send(data),
    close: () => inner.close(),
    onmessage: null,
    onclose: null,
  };
  inner.onmessage = (event) => socket.onmessage?.({ data: event.data });
  // An error is always followed by a close.
  inner.onclose = () => socket.onclose?.();
  return socket;
}
