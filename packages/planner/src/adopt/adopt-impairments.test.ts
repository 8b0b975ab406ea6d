import type { ObservedInterface } from '@vethlab/observed';
import { describe, expect, it } from 'vitest';
import { driftOf } from '../drift.js';
import { all, kernel, lab, namespace, pair } from '../testing/typed-kernel.js';
import { adoptionOf } from './adoption-of.js';
import { choiceOf } from './choice.js';

describe('what was typed with tc', () => {
  const netem = (rest: object) => ({
    qdisc: 'netem',
    shaping: { kind: 'netem' as const, limitPackets: 1000, ...rest },
  });
  const kernelWith = (eth0: Partial<ObservedInterface>) =>
    kernel(
      namespace('h1', { eth0: { ...pair('h2', 'eth0'), ...eth0 } }),
      namespace('h2', { eth0: pair('h1', 'eth0') }),
    );
  const text = (impairment: string) =>
    lab(`nodes:
  h1: { kind: host, interfaces: { eth0: { ${impairment} } } }
  h2: { kind: host, interfaces: { eth0: {} } }
links: [{ endpoints: ["h1:eth0", "h2:eth0"] }]`);

  it.each([
    ['netem', netem({ delayMs: 20, jitterMs: 5, lossPercent: 10 }), { delayMs: 20, jitterMs: 5, lossPercent: 10 }],
    ['netem with a limit', netem({ delayMs: 20, limitPackets: 50 }), { delayMs: 20, limitPackets: 50 }],
    [
      'a token bucket with a queue of its own',
      { qdisc: 'tbf', shaping: { kind: 'tbf' as const, rateBitsPerSecond: 1_000_000, limitBytes: 12_345 } },
      { rateBitsPerSecond: 1_000_000 },
    ],
  ])('%s becomes part of the document, and there is nothing to do', (_, eth0, impairment) => {
    const observed = kernelWith(eth0);
    const { topology, leftOut } = all(observed);
    expect(topology.nodes.h1?.interfaces.eth0?.impairment).toEqual(impairment);
    expect(leftOut).toEqual([]);
    expect(driftOf({ topology, observed })).toEqual([]);
  });

  it('and taken away goes from the document', () => {
    const { topology } = all(kernelWith({}), text('impairment: { delay: 20ms }'));
    expect(topology.nodes.h1?.interfaces.eth0).not.toHaveProperty('impairment');
  });

  it('and cannot be said in a document is told; the rest is adopted', () => {
    const observed = kernelWith(netem({ lossPercent: 10, beyond: ['correlation of loss'] }));
    const { topology, leftOut } = all(observed);
    expect(topology.nodes.h1?.interfaces.eth0?.impairment).toEqual({ lossPercent: 10 });
    expect(leftOut).toMatchObject([
      { namespace: 'h1', ifname: 'eth0', what: 'the correlation of loss of netem on eth0' },
    ]);
    const other = all(kernelWith({ qdisc: 'htb' }));
    expect(other.leftOut).toMatchObject([{ what: 'the qdisc htb of eth0' }]);
  });

  it('for what comes in is told, with its interface, and is no difference', () => {
    const observed = kernelWith({ ingress: 'clsact' });
    const { topology, leftOut } = all(observed);
    expect(leftOut).toMatchObject([
      { namespace: 'h1', ifname: 'eth0', what: 'the qdisc clsact of eth0, and its filters' },
    ]);
    expect(driftOf({ topology, observed })).toEqual([]);
  });

  it('is not missed where the kernel cannot do it: the document keeps what it says', () => {
    const topology = text('impairment: { delay: 20ms, rate: 10mbit }');
    const tbf = (rateBitsPerSecond: number) => ({ qdisc: 'tbf', shaping: { kind: 'tbf' as const, rateBitsPerSecond } });
    const missing = new Set(['netem'] as const);
    const same = adoptionOf({ topology, observed: kernelWith(tbf(10_000_000)), items: 'all', missing });
    expect(same.topology).toEqual(topology);
    const other = adoptionOf({ topology, observed: kernelWith(tbf(5_000_000)), items: 'all', missing });
    expect(other.topology.nodes.h1?.interfaces.eth0?.impairment).toEqual({ delayMs: 20, rateBitsPerSecond: 5_000_000 });
  });

  it('can be adopted by itself', () => {
    const observed = kernelWith({ mtu: 1400, ...netem({ delayMs: 20 }) });
    const topology = text('');
    const repair = driftOf({ topology, observed }).map(({ repair: step }) => step.operation);
    const items = choiceOf(
      repair.filter(({ op }) => op === 'set-impairment'),
      [],
    );
    expect(adoptionOf({ topology, observed, items }).topology.nodes.h1?.interfaces.eth0).toEqual({
      addresses: [],
      up: true,
      impairment: { delayMs: 20 },
    });
  });
});
