import { protocolVersion } from '@vethlab/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RequestFailed, unauthorized } from './problem';
import { type Socket, StreamClient } from './stream-client';

/** The other side of a connection, by hand. */
class FakeSocket implements Socket {
  onopen = null;
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  readonly sent: unknown[] = [];
  closed = false;
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(): void {
    this.closed = true;
  }
  say(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
  break(): void {
    this.onclose?.({ code: 1006 });
  }
}

const snapshot = (seq: number, protocol = protocolVersion) => ({
  type: 'snapshot',
  protocol,
  seq,
  clientId: 'c',
  revision: 1,
  topology: {},
  observed: {},
  run: {},
  mode: 'live',
});
const mode = (seq: number) => ({ type: 'mode', seq, mode: 'live' });

function setUp(ticket: (refusedBefore: boolean) => Promise<string> = () => Promise.resolve('t')) {
  const sockets: FakeSocket[] = [];
  const heard: string[] = [];
  const client = new StreamClient({
    ticket,
    open: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    onMessage: (message, fresh) =>
      heard.push(`${message.type}${'seq' in message ? message.seq : ''}${fresh ? '!' : ''}`),
    onStatus: (status) => heard.push(status),
    onEnd: (end) => heard.push(`end:${end.reason}`),
    random: () => 0,
  });
  client.start();
  return { client, sockets, heard };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});
const settle = () => vi.advanceTimersByTimeAsync(0);

describe('the stream', () => {
  it('is open once the snapshot is here, and passes broadcasts on in order', async () => {
    const { sockets, heard } = setUp();
    await settle();
    expect(heard).toEqual(['connecting']);
    sockets[0]!.say(snapshot(0));
    sockets[0]!.say(mode(1));
    sockets[0]!.say(mode(2));
    expect(heard).toEqual(['connecting', 'open', 'snapshot0!', 'mode1', 'mode2']);
  });

  it('asks for everything again when a number is missing, and drops what comes until then', async () => {
    const { sockets, heard } = setUp();
    await settle();
    const socket = sockets[0]!;
    socket.say(snapshot(0));
    socket.say(mode(2));
    socket.say(mode(3));
    expect(socket.sent).toEqual([{ type: 'resync' }]);
    socket.say(snapshot(3));
    socket.say(mode(4));
    expect(heard.slice(2)).toEqual(['snapshot0!', 'snapshot3', 'mode4']);
  });

  it('comes back by itself with growing pauses', async () => {
    const { sockets, heard } = setUp();
    await settle();
    sockets[0]!.say(snapshot(0));
    sockets[0]!.break();
    expect(heard.at(-1)).toBe('lost');
    await vi.advanceTimersByTimeAsync(249);
    expect(sockets).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(sockets).toHaveLength(2);
    sockets[1]!.break();
    await vi.advanceTimersByTimeAsync(499);
    expect(sockets).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(sockets).toHaveLength(3);
    sockets[2]!.say(snapshot(0));
    expect(heard.slice(-2)).toEqual(['open', 'snapshot0!']);
  });

  it('finds a half-open connection by its silence', async () => {
    const { sockets, heard } = setUp();
    await settle();
    sockets[0]!.say(snapshot(0));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(sockets[0]!.sent).toMatchObject([{ type: 'ping' }]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(heard.at(-1)).toBe('lost');
    expect(sockets[0]!.closed).toBe(true);
  });

  it('does not send before the snapshot', async () => {
    const { client, sockets } = setUp();
    await settle();
    expect(client.send({ type: 'resync' })).toBe(false);
    sockets[0]!.say(snapshot(0));
    expect(client.send({ type: 'resync' })).toBe(true);
  });

  it('ends when the key is wrong or the page is of another version, and does not try again', async () => {
    const refused = setUp(() => Promise.reject(new RequestFailed(unauthorized)));
    await settle();
    expect(refused.heard).toEqual(['connecting', 'lost', 'end:refused']);
    const other = setUp();
    await settle();
    other.sockets[0]!.say(snapshot(0, protocolVersion + 1));
    expect(other.heard.at(-1)).toBe('end:protocol');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(other.sockets).toHaveLength(1);
  });

  it('looks for the lab itself after it was turned away at the door, and ends when there is none', async () => {
    const missing = { ...unauthorized, status: 404, code: 'lab.missing' };
    const { sockets, heard } = setUp((refusedBefore) =>
      refusedBefore ? Promise.reject(new RequestFailed(missing)) : Promise.resolve('t'),
    );
    await settle();
    sockets[0]!.break();
    await vi.advanceTimersByTimeAsync(250);
    expect(heard).toEqual(['connecting', 'lost', 'lost', 'end:refused']);
  });

  it('ignores what is not a message, and what comes late from an old connection', async () => {
    const { sockets, heard } = setUp();
    await settle();
    const old = sockets[0]!;
    old.onmessage?.({ data: '{' });
    old.say({ type: 'constructor' });
    old.say({ type: 'mode' });
    const say = old.onmessage;
    old.break();
    say?.({ data: JSON.stringify(snapshot(0)) });
    expect(heard).toEqual(['connecting', 'lost']);
  });
});
