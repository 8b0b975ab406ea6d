import { applyObservedDelta, emptyObserved } from '@vethlab/observed';
import type { FromAgent } from '@vethlab/protocol';
import { expect, it } from 'vitest';
import { until } from '../testing/until.js';
import { AgentInbox } from './agent-inbox.js';

function namespace(inode: number) {
  return { inode, forwarding: { ipv4: false, ipv6: false }, interfaces: {}, routes: [] };
}

function inbox() {
  const taken: FromAgent[] = [];
  const refused: string[] = [];
  const box = new AgentInbox({ take: (message) => taken.push(message), notUnderstood: (type) => refused.push(type) });
  return { box, taken, refused };
}

const observed = (count: number): FromAgent => ({
  type: 'observed',
  delta: {
    namespaces: Object.fromEntries(Array.from({ length: count }, (_, index) => [`h${index}`, namespace(index + 1)])),
  },
});

it('passes a small message on at once', () => {
  const { box, taken } = inbox();
  box.add(observed(1));
  expect(taken).toEqual([observed(1)]);
});

it('reads a large one in pieces, and what comes after it stays behind it', async () => {
  const { box, taken } = inbox();
  box.add(observed(20_000));
  box.add({ type: 'progress', progress: null });
  expect(taken.at(-1)?.type).toBe('observed');
  await until(() => taken.at(-1)?.type === 'progress', 'the end');
  const names = taken.flatMap((message) => (message.type === 'observed' ? Object.keys(message.delta.namespaces) : []));
  expect(names).toHaveLength(20_000);
  expect(new Set(names).size).toBe(20_000);
});

it('reads the traffic of a thousand links in pieces, and passes it on whole', async () => {
  const { box, taken } = inbox();
  const rates = Object.fromEntries(
    Array.from({ length: 20_000 }, (_, index) => [`h${index}:eth0`, { rxBitsPerSecond: index, txBitsPerSecond: 0 }]),
  );
  box.add({ type: 'rates', rates });
  expect(taken).toEqual([]);
  await until(() => taken.length > 0, 'the rates');
  expect(taken).toEqual([{ type: 'rates', rates }]);
});

it('drops traffic of which one figure is none', async () => {
  const { box, taken, refused } = inbox();
  const wrong = { rxBitsPerSecond: 'many', txBitsPerSecond: 0 } as unknown as {
    rxBitsPerSecond: number;
    txBitsPerSecond: number;
  };
  box.add({ type: 'rates', rates: { 'h1:eth0': { rxBitsPerSecond: 1, txBitsPerSecond: 0 }, 'h2:eth0': wrong } });
  box.add({ type: 'progress', progress: null });
  await until(() => taken.length > 0, 'what comes after it');
  expect(refused).toEqual(['rates']);
  expect(taken).toEqual([{ type: 'progress', progress: null }]);
});

it('reads a namespace of many interfaces in pieces that add up to it', async () => {
  const { box, taken } = inbox();
  const port = (index: number) => ({
    ifname: `e${index}`,
    ifindex: index + 1,
    type: 'veth',
    up: true,
    carrier: true,
    operstate: 'up' as const,
    mtu: 1500,
    mac: null,
    master: null,
    portState: null,
    peer: null,
    addresses: [],
  });
  const ports = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`e${index}`, port(index)]));
  const delta = {
    namespaces: {
      before: { ...namespace(1), interfaces: ports(2) },
      r: { ...namespace(2), interfaces: ports(1_000) },
      after: { ...namespace(3), interfaces: ports(2) },
    },
  };
  box.add({ type: 'observed', delta });
  box.add({ type: 'progress', progress: null });
  await until(() => taken.at(-1)?.type === 'progress', 'the end');
  const deltas = taken.flatMap((message) => (message.type === 'observed' ? [message.delta] : []));
  for (const piece of deltas) {
    for (const change of Object.values(piece.namespaces))
      expect(Object.keys(change?.interfaces ?? {}).length).toBeLessThan(100);
  }
  const [whole, added] = [[delta], deltas].map((all) => all.reduce(applyObservedDelta, emptyObserved));
  expect(added).toEqual(whole);
});

it('keeps a namespace that is called __proto__', () => {
  const { box, taken } = inbox();
  const delta = JSON.parse('{"namespaces":{"__proto__":null,"constructor":null}}');
  box.add({ type: 'observed', delta });
  const [message] = taken;
  expect(message?.type === 'observed' && Object.keys(message.delta.namespaces)).toEqual(['__proto__', 'constructor']);
});

it('drops what is not of the protocol, and goes on', async () => {
  const { box, taken, refused } = inbox();
  for (const bad of [
    { type: 'observed', delta: null },
    { type: 'observed', delta: { namespaces: { h1: { inode: 'x' } } } },
    { type: 'drift', items: [{ kind: 'odd' }] },
    { type: 'drift', items: 'many' },
    { type: 'probes', samples: [{ key: 'no arrow' }] },
  ]) {
    box.add(bad as unknown as FromAgent);
  }
  await until(() => refused.length === 5, 'the refusals');
  expect(taken).toEqual([]);
  expect(refused).toEqual(['observed', 'observed', 'drift', 'drift', 'probes']);
  box.add(observed(1));
  await until(() => taken.length === 1, 'the good one');
});

it('says nothing more once it is closed', async () => {
  const { box, taken } = inbox();
  box.add(observed(20_000));
  box.close();
  const before = taken.length;
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  expect(taken).toHaveLength(before);
});

it('passes a live reading on as one message, and none that is larger or longer than a reading can be', async () => {
  const { box, taken, refused } = inbox();
  const rule = { family: 4, priority: 0, selector: 'from all', action: 'lookup local', kernelMade: true } as const;
  const list = (count: number, row: typeof rule = rule) => ({
    total: count,
    rows: Array.from({ length: count }, () => row),
    problem: null,
  });
  const news = (rules: ReturnType<typeof list>): FromAgent => ({
    type: 'live',
    node: '__proto__',
    present: true,
    pieces: { fdb: { total: 0, rows: [], problem: null }, rules },
  });
  box.add(news(list(500)));
  await until(() => taken.length > 0, 'the reading');
  expect(taken).toEqual([news(list(500))]);
  box.add(news(list(501)));
  box.add(news(list(1, { ...rule, action: 'x'.repeat(2_000) as 'lookup local' })));
  box.add({ type: 'live', node: 'h1', present: true, pieces: 'all' } as never);
  await until(() => refused.length === 3, 'three refusals');
  expect(refused).toEqual(['live', 'live', 'live']);
  expect(taken).toHaveLength(1);
});
