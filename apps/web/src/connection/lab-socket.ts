import type { Socket } from './stream-client';

/** Opens the stream of a lab on this page's own server. */
export function openLabSocket(labId: string, ticket: string): Socket {
  const url = new URL(`/api/v1/labs/${encodeURIComponent(labId)}/stream`, window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.searchParams.set('ticket', ticket);
  const inner = new WebSocket(url);
  const socket: Socket = {
    send: (text) => inner.send(text),
    close: () => inner.close(),
    onopen: null,
    onmessage: null,
    onclose: null,
  };
  inner.onopen = () => socket.onopen?.();
  inner.onmessage = (event) => socket.onmessage?.({ data: event.data });
  // An error is always followed by a close.
  inner.onclose = (event) => socket.onclose?.({ code: event.code });
  return socket;
}
