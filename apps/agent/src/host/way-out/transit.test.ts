import { isIPv6 } from 'node:net';
import { expect, it } from 'vitest';
import { freeTransit, type InUse } from './free-transit.js';
import { mostTransits, transitAt } from './transit.js';

const nothing: InUse = { ifnames: new Set(), tables: new Set(), networks: [], subnet: '198.18.0.0/24' };

it('transits begin at the end of 198.19.0.0/16, and each has a network of its own', () => {
  expect(transitAt(0)).toEqual({
    ifname: 'vl-out0',
    machine: '198.19.255.253',
    guard: '198.19.255.254',
    network: '198.19.255.252/30',
    machine6: 'fdff:ffff:fffe:0::1',
    guard6: 'fdff:ffff:fffe:0::2',
    network6: 'fdff:ffff:fffe:0::/64',
  });
  expect(transitAt(64).network).toBe('198.19.254.252/30');
  expect(transitAt(mostTransits - 1)).toMatchObject({ network: '198.19.0.0/30', ifname: 'vl-out16383' });
  const all = Array.from({ length: mostTransits }, (_, index) => transitAt(index));
  expect(new Set(all.map(({ network }) => network)).size).toBe(mostTransits);
  expect(new Set(all.map(({ network6 }) => network6)).size).toBe(mostTransits);
  expect(all.every(({ ifname, guard6 }) => ifname.length <= 15 && isIPv6(guard6))).toBe(true);
});

it.each<[string, Partial<InUse>, number]>([
  ['nothing is in use', {}, 0],
  ['an interface of somebody has the name', { ifnames: new Set(['vl-out0', 'vl-out1']) }, 2],
  ['a table of somebody has the name', { tables: new Set(['vl-out0']) }, 1],
  ['a route of the machine leads there', { networks: [{ address: '198.19.255.0', prefixLength: 24 }] }, 64],
  ['one address of it is the machine’s', { networks: [{ address: '198.19.255.254', prefixLength: 32 }] }, 1],
  ['an IPv6 network of it is the machine’s', { networks: [{ address: 'fdff:ffff:fffe::', prefixLength: 64 }] }, 1],
  ['the way out has the subnet itself', { subnet: '198.19.254.0/23' }, 128],
])('when %s, the first free one is taken', (_, inUse, first) => {
  expect(freeTransit({ ...nothing, ...inUse }, () => true)).toBe(first);
});

it('one that another lab takes in the same moment is passed over; when all are, there is none', () => {
  expect(freeTransit(nothing, (index) => index === 3)).toBe(3);
  expect(freeTransit({ ...nothing, networks: [{ address: '198.18.0.0', prefixLength: 15 }] }, () => true)).toBeNull();
});
