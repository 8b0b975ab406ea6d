import type { TerminalSession } from '@vethlab/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TerminalConnection, type TerminalSocket } from './terminal-connection';

/** The other side of a connection, by hand. */
class FakeSocket implements TerminalSocket {
  onmessage: TerminalSocket['onmessage'] = null;
  onclose: TerminalSocket['onclose'] = null;
  readonly sent: (string | Uint8Array)[] = [];
  readonly from: number;
  closed = false;
  constructor(from: number) {
    this.from = from;
  }
  send(data: string | Uint8Array): void {
    this.sent.push(data);
  }
  close(): void {
    this.closed = true;
  }
  attach(from: number, reset: boolean, end = from): void {
    this.say({ type: 'attached', session, from, reset, end });
  }
  say(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  write(bytes: number): void {
    this.onmessage?.({ data: new ArrayBuffer(bytes) });
  }
  break(): void {
    this.onclose?.();
  }
  get frames(): unknown[] {
    return this.sent.filter((data) => typeof data === 'string').map((text) => JSON.parse(text));
  }
}

const session: TerminalSession = {
  id: 't1',
  node: 'h1',
  title: 'h1',
  state: 'running',
  reason: null,
  detail: null,
  exitCode: null,
  signal: null,
  cols: 80,
  rows: 24,
  viewers: 1,
};

function setUp(ticket: () => Promise<string> = () => Promise.resolve('ticket')) {
  const sockets: FakeSocket[] = [];
  const heard: string[] = [];
  const waiting: (() => void)[] = [];
  const connection = new TerminalConnection({
    ticket,
    open: (_ticket, from) => {
      const socket = new FakeSocket(from);
      sockets.push(socket);
      return socket;
    },
    onAttached: (_session, reset, replayTo) => heard.push(`attached${reset ? ' reset' : ''} to ${replayTo}`),
    onOutput: (bytes, offset, taken) => {
      heard.push(`${bytes.length} up to ${offset}`);
      waiting.push(taken);
    },
    onSize: (cols, rows) => heard.push(`${cols}×${rows}`),
    onSession: (now) => heard.push(`${now.state}`),
    onStatus: (status) => heard.push(status),
    random: () => 0,
  });
  connection.start();
  /** xterm has drawn everything it was given. */
  const draw = (): void => {
    for (const taken of waiting.splice(0)) taken();
  };
  return { connection, sockets, heard, draw };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});
const settle = () => vi.advanceTimersByTimeAsync(0);

describe('a viewer of a terminal', () => {
  it('is open once it is attached, and tells where the replay ends', async () => {
    const { sockets, heard } = setUp();
    await settle();
    expect(heard).toEqual(['connecting']);
    sockets[0]!.attach(0, true, 500);
    sockets[0]!.write(500);
    expect(heard).toEqual(['connecting', 'attached reset to 500', 'open', '500 up to 500']);
  });

  it('goes on at the byte where it was when the connection comes back', async () => {
    const { sockets, heard } = setUp();
    await settle();
    sockets[0]!.attach(1_000, true);
    sockets[0]!.write(24);
    sockets[0]!.break();
    expect(heard.at(-1)).toBe('reconnecting');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sockets.map(({ from }) => from)).toEqual([0, 1_024]);
    sockets[1]!.attach(1_024, false, 2_000);
    expect(heard.slice(-2)).toEqual(['attached to 2000', 'open']);
  });

  it('tries again and again while the server is away, with growing pauses', async () => {
    const ticket = vi.fn(() => Promise.reject(new Error('away')));
    const { heard } = setUp(ticket);
    await vi.advanceTimersByTimeAsync(1_000);
    const early = ticket.mock.calls.length;
    expect(early).toBeGreaterThan(1);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(ticket.mock.calls.length - early).toBeLessThan(10);
    expect(heard.at(-1)).toBe('reconnecting');
  });

  it('says what is on the screen only once it is drawn, and in portions', async () => {
    const { sockets, draw } = setUp();
    await settle();
    sockets[0]!.attach(0, true);
    for (let count = 0; count < 4; count++) sockets[0]!.write(10_000);
    expect(sockets[0]!.frames).toEqual([]);
    draw();
    expect(sockets[0]!.frames).toEqual([{ type: 'ack', bytes: 40_000 }]);
  });

  it('does not take what an earlier connection brought for output of this one', async () => {
    const { connection, sockets, draw } = setUp();
    await settle();
    sockets[0]!.attach(0, true);
    sockets[0]!.write(100_000);
    connection.lost();
    await vi.advanceTimersByTimeAsync(10_000);
    sockets[1]!.attach(100_000, false);
    draw();
    expect(sockets[1]!.frames).toEqual([]);
  });

  it('sends a long paste in several frames, and nothing while there is no connection', async () => {
    const { connection, sockets } = setUp();
    expect(connection.type(new Uint8Array(1))).toBe(false);
    await settle();
    expect(connection.type(new Uint8Array(1))).toBe(false);
    sockets[0]!.attach(0, true);
    expect(connection.type(new Uint8Array(150_000))).toBe(true);
    expect(sockets[0]!.sent.map((data) => data.length)).toEqual([65_536, 65_536, 18_928]);
    sockets[0]!.break();
    expect(connection.type(new Uint8Array(1))).toBe(false);
  });

  it('passes on size and end, and lets frames be that it does not know', async () => {
    const { sockets, heard } = setUp();
    await settle();
    sockets[0]!.attach(0, false);
    sockets[0]!.say({ type: 'size', cols: 100, rows: 30 });
    sockets[0]!.say({ type: 'of-tomorrow' });
    sockets[0]!.say({ type: 'constructor' });
    sockets[0]!.onmessage?.({ data: '{' });
    sockets[0]!.say({ type: 'exited', session: { ...session, state: 'exited' } });
    expect(heard.slice(-2)).toEqual(['100×30', 'exited']);
  });

  it('is over when it is closed, also in the middle of connecting', async () => {
    const { connection, sockets } = setUp();
    connection.close();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sockets).toEqual([]);
    connection.retryNow();
    connection.lost();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sockets).toEqual([]);
  });
});
