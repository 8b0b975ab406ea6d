import type { Observed } from '@vethlab/observed';
import type { Cidr, Ifname, Impairment, IpAddress, NodeName } from '@vethlab/topology';
import * as fc from 'fast-check';
import type { Operation } from '../plan.js';
import { SimulatedKernel } from './simulated-kernel.js';

/** What somebody may type, and numbers that choose on what. */
export const randomTyping = fc.record({
  what: fc.constantFrom(
    'namespace',
    'odd-namespace',
    'veth',
    'veth',
    'odd-veth',
    'bridge',
    'other-bridge',
    'port',
    'up',
    'down',
    'address',
    'odd-address',
    'loopback-address',
    'loopback',
    'forward',
    'route',
    'mtu',
    'impairment',
    'remove-interface',
    'remove-namespace',
  ),
  a: fc.nat(7),
  b: fc.nat(7),
  c: fc.nat(7),
});

type RandomTyping = typeof randomTyping extends fc.Arbitrary<infer Typing> ? Typing : never;

const hostile = ['$(id)', '"quoted"', '\u001b[2J', '😀😀😀', '__proto__', 'a%d', '-h'];

const IMPAIRMENTS: readonly (Impairment | null)[] = [
  null,
  { rateBitsPerSecond: 5_000_000 },
  { rateBitsPerSecond: 10_000_000 },
  { delayMs: 20 },
  { delayMs: 20, jitterMs: 5, lossPercent: 10, rateBitsPerSecond: 1_000_000 },
];

/** The kernel after lines typed into it; those that it refuses do nothing, as in a shell. */
export function typed(observed: Observed, lines: readonly RandomTyping[]): Observed {
  let now = observed;
  for (const line of lines) {
    const kernel = new SimulatedKernel(now);
    for (const operation of operationsOf(now, line)) kernel.apply(operation);
    now = kernel.look();
  }
  return now;
}

function operationsOf(observed: Observed, { what, a, b, c }: RandomTyping): Operation[] {
  const names = Object.keys(observed.namespaces);
  const one = names[a % names.length] as NodeName | undefined;
  const other = names[b % names.length] as NodeName | undefined;
  const odd = hostile[c % hostile.length] ?? '';
  if (what === 'namespace') return [{ op: 'add-namespace', namespace: `typed${a}` as NodeName }];
  if (what === 'odd-namespace') return [{ op: 'add-namespace', namespace: odd as NodeName }];
  if (one === undefined || other === undefined) return [];
  const interfaces = Object.keys(observed.namespaces[one]?.interfaces ?? {});
  const ifname = interfaces[c % interfaces.length] ?? 'lo';
  const change = { op: 'set-interface', namespace: one, ifname } as const;
  switch (what) {
    case 'veth':
    case 'odd-veth': {
      const name = (what === 'veth' ? `veth${b}` : odd) as Ifname;
      return [
        {
          op: 'add-veth',
          ends: [
            { namespace: one, ifname: name },
            { namespace: other, ifname: `veth${a + 10}` as Ifname },
          ],
        },
      ];
    }
    case 'bridge':
      return [
        { op: 'add-bridge', namespace: one, ifname: 'br0' },
        { op: 'set-interface', namespace: one, ifname: 'br0', up: c > 2 },
      ];
    case 'other-bridge':
      return [{ op: 'add-bridge', namespace: one, ifname: 'br1' }];
    case 'port':
      return ifname === 'lo' || ifname.startsWith('br')
        ? []
        : [{ ...change, master: interfaces.find((candidate) => candidate.startsWith('br')) ?? null }];
    case 'up':
      return [{ ...change, up: true }];
    case 'down':
    case 'loopback':
      return [{ ...change, ifname: what === 'down' ? ifname : 'lo', up: false }];
    case 'mtu':
      return [{ ...change, mtu: 1280 + b }];
    case 'impairment':
      return ifname === 'lo'
        ? []
        : [{ op: 'set-impairment', namespace: one, ifname, impairment: IMPAIRMENTS[b] ?? null, before: null }];
    case 'address':
      return [{ op: 'add-address', namespace: one, ifname, address: `10.${b % 3}.0.${a + 20}/24` as Cidr }];
    case 'odd-address':
      return [{ op: 'add-address', namespace: one, ifname, address: (b > 3 ? '10.7.0.0/24' : '127.9.0.1/8') as Cidr }];
    case 'loopback-address':
      return [{ op: 'add-address', namespace: one, ifname: 'lo', address: '10.99.0.1/32' as Cidr }];
    case 'forward':
      return [{ op: 'set-forwarding', namespace: one, family: b > 3 ? 4 : 6, enabled: c > 3 }];
    case 'route':
      return [
        {
          op: 'set-route',
          namespace: one,
          route: {
            family: 4,
            to: (b > 3 ? 'default' : '10.200.0.0/16') as Cidr,
            via: `10.${b % 3}.0.1` as IpAddress,
            ...(c > 3 ? { metric: c } : {}),
          },
        },
      ];
    case 'remove-interface':
      return ifname === 'lo' ? [] : [{ op: 'remove-interface', namespace: one, ifname }];
    case 'remove-namespace':
      return [{ op: 'remove-namespace', namespace: one }];
  }
}
