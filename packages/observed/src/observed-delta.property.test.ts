import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyObservedDelta } from './apply-observed-delta.js';
import type { ObservedDevice } from './device.js';
import { diffObserved } from './diff-observed.js';
import { emptyObserved } from './empty-observed.js';
import { isEmptyDelta } from './is-empty-delta.js';
import { mergeDeltas } from './merge-deltas.js';
import type { ObservedTable } from './ruleset.js';
import type { Observed, ObservedBeyond, ObservedInterface, ObservedNamespace, ObservedRoute } from './state.js';

/** Few names, so that two looks share some; and the names that break careless code. */
const name = fc.constantFrom('ns1', 'ns2', '__proto__', 'constructor', 'toString', '1', '$(id)\u001b[2J');

const address = fc.record({
  address: fc.constantFrom('10.0.0.1/24', '10.0.0.2/24', '2001:db8::1/64'),
  scope: fc.constantFrom('global' as const, 'link' as const),
  kernelMade: fc.boolean(),
  tentative: fc.boolean(),
  dadFailed: fc.constant(false),
});

const made: fc.Arbitrary<ObservedDevice> = fc.oneof(
  fc.record({ kind: fc.constant('vlan' as const), parent: fc.constantFrom(null, 'eth0'), id: fc.nat(2) }),
  fc.record({ kind: fc.constant('vrf' as const), table: fc.nat(1) }),
  fc.record({ kind: fc.constant('bond' as const), mode: fc.constant('802.3ad'), beyond: fc.constantFrom('x', 'y') }),
);

const plain = fc.record({
  ifname: name,
  ifindex: fc.nat(3),
  type: fc.constantFrom('veth', 'bridge'),
  up: fc.boolean(),
  carrier: fc.boolean(),
  operstate: fc.constantFrom('up' as const, 'down' as const),
  mtu: fc.constantFrom(1400, 1500),
  mac: fc.constantFrom(null, '02:00:00:00:00:01'),
  master: fc.constantFrom(null, 'br0'),
  portState: fc.constantFrom(null, 'forwarding' as const),
  peer: fc.option(fc.record({ namespace: name, ifname: name })),
  addresses: fc.array(address, { maxLength: 2 }),
});

const device: fc.Arbitrary<ObservedInterface> = fc
  .tuple(plain, fc.option(made))
  .map(([one, device]) => (device === null ? one : { ...one, device }));

const route: fc.Arbitrary<ObservedRoute> = fc.record({
  family: fc.constantFrom(4 as const, 6 as const),
  to: fc.constantFrom('default', '10.9.0.0/16'),
  via: fc.constantFrom(null, '10.0.0.254'),
  dev: fc.constantFrom(null, 'eth0'),
  metric: fc.nat(2),
  protocol: fc.constantFrom(3, 4),
  linkDown: fc.boolean(),
});

const table: fc.Arbitrary<ObservedTable> = fc.record({
  family: fc.constantFrom('inet', 'ip'),
  name,
  chains: fc.constantFrom<ObservedTable['chains']>([], [{ name: 'c', base: null, rules: [null] }]),
});

const beyond: fc.Arbitrary<ObservedBeyond> = fc.record({
  kind: fc.constantFrom('rule' as const, 'route' as const),
  text: fc.constantFrom('from all lookup 7', 'blackhole 10.0.0.0/8'),
});

const namespace: fc.Arbitrary<ObservedNamespace> = fc.record(
  {
    name,
    inode: fc.nat(1),
    forwarding: fc.record({ ipv4: fc.boolean(), ipv6: fc.boolean() }),
    interfaces: recordOf(name, device, 'ifname'),
    routes: fc.array(route, { maxLength: 2 }),
    tables: fc.array(table, { minLength: 1, maxLength: 2 }),
    beyond: fc.array(beyond, { minLength: 1, maxLength: 2 }),
  },
  { requiredKeys: ['name', 'inode', 'forwarding', 'interfaces', 'routes'] },
);

const observed: fc.Arbitrary<Observed> = fc.record(
  {
    namespaces: recordOf(name, namespace, 'name'),
    root: recordOf(name, device, 'ifname').filter((root) => Object.keys(root).length > 0),
    rootBeyond: fc.array(beyond, { minLength: 1, maxLength: 2 }),
  },
  { requiredKeys: ['namespaces'] },
);

/** A record whose keys are own properties even when they are called `__proto__`, and agree with the name inside. */
function recordOf<Value>(keys: fc.Arbitrary<string>, values: fc.Arbitrary<Value>, field: string) {
  return fc
    .array(fc.tuple(keys, values), { maxLength: 4 })
    .map((entries) => Object.fromEntries(entries.map(([key, value]) => [key, { ...value, [field]: key }])));
}

describe('a delta between two looks', () => {
  it('turns the first into the second', () => {
    fc.assert(
      fc.property(observed, observed, (before, after) => {
        expect(sorted(applyObservedDelta(before, diffObserved(before, after)))).toEqual(sorted(after));
      }),
      { numRuns: 500 },
    );
  });

  it('is empty exactly when they say the same, and then nothing is made anew', () => {
    fc.assert(
      fc.property(observed, observed, (before, after) => {
        expect(isEmptyDelta(diffObserved(before, structuredClone(before)))).toBe(true);
        const delta = diffObserved(before, after);
        expect(isEmptyDelta(delta)).toBe(JSON.stringify(sorted(before)) === JSON.stringify(sorted(after)));
        expect(applyObservedDelta(before, { namespaces: {} })).toBe(before);
      }),
    );
  });

  it('can be merged with the next one', () => {
    fc.assert(
      fc.property(observed, observed, observed, (first, second, third) => {
        const merged = mergeDeltas(diffObserved(first, second), diffObserved(second, third));
        expect(sorted(applyObservedDelta(first, merged))).toEqual(sorted(third));
      }),
      { numRuns: 500 },
    );
  });

  it('survives the wire', () => {
    fc.assert(
      fc.property(observed, observed, (before, after) => {
        const delta = JSON.parse(JSON.stringify(diffObserved(before, after)));
        expect(sorted(applyObservedDelta(before, delta))).toEqual(sorted(after));
      }),
    );
  });

  it('keeps every namespace and interface that it does not name as the same object', () => {
    fc.assert(
      fc.property(observed, observed, (before, after) => {
        const delta = diffObserved(before, after);
        const result = applyObservedDelta(before, delta);
        for (const [key, value] of Object.entries(before.namespaces)) {
          if (!Object.hasOwn(delta.namespaces, key)) expect(result.namespaces[key]).toBe(value);
        }
      }),
    );
  });

  it('does not touch any prototype', () => {
    const hostile = JSON.parse('{"__proto__":{"name":"__proto__","inode":1,"interfaces":{"__proto__":{"up":true}}}}');
    const result = applyObservedDelta(emptyObserved, { namespaces: hostile });
    expect(Object.keys(result.namespaces)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(result.namespaces)).toBe(Object.prototype);
    expect(({} as { up?: boolean }).up).toBeUndefined();
  });
});

describe('the cost of a delta', () => {
  const big: Observed = {
    namespaces: Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [`h${index}`, sample(`h${index}`)] as const),
    ),
  };

  it('is small for one change among 1,000 namespaces: one key, and 999 namespaces shared', () => {
    const changed = { ...big.namespaces.h7, routes: [] } as ObservedNamespace;
    const after = { namespaces: { ...big.namespaces, h7: { ...changed, forwarding: { ipv4: true, ipv6: true } } } };
    const delta = diffObserved(big, after);
    expect(delta).toEqual({ namespaces: { h7: { forwarding: { ipv4: true, ipv6: true } } } });
    const applied = applyObservedDelta(big, delta);
    const shared = Object.keys(big.namespaces).filter((key) => applied.namespaces[key] === big.namespaces[key]);
    expect(shared).toHaveLength(999);
  });
});

function sample(called: string): ObservedNamespace {
  return { name: called, inode: 1, forwarding: { ipv4: false, ipv6: false }, interfaces: {}, routes: [] };
}

/** Keys in one order: a record that is the same in another order is the same. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, inner]) => [key, sorted(inner)]);
}
