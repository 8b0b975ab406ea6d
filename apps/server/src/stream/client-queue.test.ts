import { expect, it } from 'vitest';
import { clientQueueMaxBytes } from '../limits.js';
import { ClientQueue, type Wire } from './client-queue.js';

/** A wire whose other side takes messages only when told to. */
class SlowWire implements Wire {
  bufferedAmount = 0;
  readonly sent: string[] = [];
  #waiting: { readonly size: number; readonly written: () => void }[] = [];

  send(text: string, written: () => void): void {
    this.sent.push(text);
    this.bufferedAmount += text.length;
    this.#waiting.push({ size: text.length, written });
  }

  takeAll(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { size, written } of waiting) {
      this.bufferedAmount -= size;
      written();
    }
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

function queueOn(wire: Wire) {
  const server = { seq: 0, snapshots: 0 };
  const queue = new ClientQueue(
    wire,
    async () => {
      server.snapshots += 1;
      return { text: `snapshot ${server.seq}`, seq: server.seq };
    },
    (error) => {
      throw error;
    },
  );
  const say = (text: string) => {
    server.seq += 1;
    queue.broadcast(`${server.seq} ${text}`, server.seq);
  };
  return { queue, server, say };
}

it('sends the snapshot first, and after it only what it does not have', async () => {
  const wire = new SlowWire();
  const { queue, say } = queueOn(wire);
  queue.snapshot();
  say('while the snapshot is written');
  await settled();
  say('after');
  expect(wire.sent).toEqual(['snapshot 0', '1 while the snapshot is written', '2 after']);
});

it('gives a client that takes nothing no more deltas, and one new snapshot when it has caught up', async () => {
  const wire = new SlowWire();
  const { queue, server, say } = queueOn(wire);
  queue.snapshot();
  await settled();
  const big = 'x'.repeat(1024 * 1024);
  for (let count = 0; count < 100; count += 1) say(big);
  expect(queue.lagging).toBe(true);
  expect(wire.bufferedAmount).toBeLessThan(clientQueueMaxBytes + 2 * big.length);
  expect(server.snapshots).toBe(1);
  wire.takeAll();
  await settled();
  expect(server.snapshots).toBe(2);
  expect(wire.sent.at(-1)).toBe('snapshot 100');
  wire.takeAll();
  say('news');
  expect(wire.sent.at(-1)).toBe('101 news');
});

it('keeps no more than its bound while a snapshot is being written', async () => {
  const wire = new SlowWire();
  const { queue, server, say } = queueOn(wire);
  queue.snapshot();
  const big = 'x'.repeat(1024 * 1024);
  for (let count = 0; count < 10; count += 1) say(big);
  await settled();
  await settled();
  expect(wire.sent.map((text) => text.slice(0, 20))).toEqual(['snapshot 10']);
  expect(server.snapshots).toBe(2);
});

it('gives a client up that asks and asks and never reads', async () => {
  const wire = new SlowWire();
  const { queue } = queueOn(wire);
  queue.snapshot();
  await settled();
  const answer = 'x'.repeat(1024 * 1024);
  let taken = 0;
  while (queue.answer(answer)) taken += 1;
  expect(taken).toBeLessThan(20);
});
