import type { Observed, ObservedInterface, ObservedNamespace } from '@vethlab/observed';
import type { EndpointText, Interface, Link, Topology } from '@vethlab/topology';
import { expect, it } from 'vitest';
import { adopt } from './adoption-of.js';
import { ghostsOf } from './ghosts-of.js';

const hosts = 400;

const numbers = Array.from({ length: hosts }, (_, number) => number);
const record: Interface = { up: true, addresses: [] };

function device(ifname: string, peer: ObservedInterface['peer']): ObservedInterface {
  const operstate = 'up' as const;
  const base = { ifname, ifindex: 2, type: 'veth', up: true, carrier: true, operstate, mtu: 1500, mac: null };
  return { ...base, master: null, portState: null, peer, addresses: [] };
}

function namespace(name: string, ...devices: readonly ObservedInterface[]): [string, ObservedNamespace] {
  const interfaces = Object.fromEntries(devices.map((one) => [one.ifname, one]));
  return [name, { name, inode: 1, forwarding: { ipv4: false, ipv6: false }, interfaces, routes: [] }];
}

/** A hub with many hosts, all as in the kernel. */
const star: Topology = {
  vethlab: 1,
  name: 'Star',
  nodes: Object.fromEntries([
    ...numbers.map((n) => [`h${n}`, { kind: 'host', interfaces: { eth0: record }, routes: [] }] as const),
    [
      'hub',
      { kind: 'host', interfaces: Object.fromEntries(numbers.map((n) => [`p${n}`, record])), routes: [] },
    ] as const,
  ]),
  links: numbers.map(
    (n): Link => ({ endpoints: [`h${n}:eth0`, `hub:p${n}`] as [EndpointText, EndpointText], up: true }),
  ),
  probes: [],
  canvas: { nodes: {} },
};

const spokes = numbers.map((n) => namespace(`h${n}`, device('eth0', { namespace: 'hub', ifname: `p${n}` })));
const ports = numbers.map((n) => device(`p${n}`, { namespace: `h${n}`, ifname: 'eth0' }));

/** Somebody has wired one namespace more to the hub. A fresh state each time, as after an event: nothing of it is known. */
function withGhost(mtu: number): Observed {
  const plug = { ...device('plug', { namespace: 'ghost', ifname: 'g0' }), mtu };
  return {
    namespaces: Object.fromEntries([
      ...spokes,
      namespace('hub', ...ports, plug),
      namespace('ghost', device('g0', { namespace: 'hub', ifname: 'plug' })),
    ]),
  };
}

it('finds what is wired to a hub, and why each thing could be part of the lab', () => {
  expect(ghostsOf(star, withGhost(1500))).toEqual({
    namespaces: [{ id: 'namespace ghost', name: 'ghost', kind: 'host', whyNot: null }],
    pairs: [
      {
        id: 'interface hub/plug',
        ends: [
          { namespace: 'hub', ifname: 'plug' },
          { namespace: 'ghost', ifname: 'g0' },
        ],
        whyNot: null,
      },
    ],
    interfaces: [],
  });
});

it('costs a small part of what adopting would, however much the hub is wired to', () => {
  const scope = new Set(['hub', 'ghost']);
  const [told, adopted]: [number[], number[]] = [[], []];
  for (let round = 0; round < 15; round += 1) {
    const observed = withGhost(1400 + round);
    told.push(took(() => ghostsOf(star, observed)));
    adopted.push(took(() => adopt({ topology: star, observed, items: 'all', scope })));
  }
  expect(Math.min(...told)).toBeLessThan(Math.min(...adopted) / 2);
});

function took(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}
