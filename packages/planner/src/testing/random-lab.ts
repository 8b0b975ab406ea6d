import type {
  Cidr,
  EndpointText,
  Ifname,
  Impairment,
  Interface,
  IpAddress,
  Link,
  Mac,
  Node,
  NodeKind,
  Route,
  Topology,
} from '@vethlab/topology';
import * as fc from 'fast-check';
import { withoutRules, withRandomRules } from './random-rules.js';
import { type EditedLab, renameInterface, renameNode, touches } from './rename-in-lab.js';

/** A random edit: what to do, and numbers that choose on what. Small numbers, so that a failing case shrinks to a small one. */
export const randomEdit = fc.record({
  kind: fc.constantFrom(
    'add-node',
    'remove-node',
    'rename-node',
    'connect',
    'connect',
    'disconnect',
    'remove-interface',
    'rename-interface',
    'addresses',
    'addresses',
    'routes',
    'routes',
    'interface-up',
    'link-up',
    'mtu',
    'mac',
    'impairment',
    'impairment',
    'kind',
    'firewall',
    'nat',
  ),
  a: fc.nat(7),
  b: fc.nat(7),
  c: fc.nat(7),
});

export type RandomEdit = typeof randomEdit extends fc.Arbitrary<infer Edit> ? Edit : never;

const emptyLab: EditedLab = {
  topology: { vethlab: 1, name: 'random', nodes: {}, links: [], probes: [], canvas: { nodes: {} } },
  renames: [],
};

/** A document made by edits from nothing. */
export function labOf(edits: readonly RandomEdit[]): Topology {
  const start = [0, 1, 2, 3].map((a) => ({ kind: 'add-node', a, b: a % 3, c: 0 }) as RandomEdit);
  return edited(emptyLab.topology, [...start, ...edits]).topology;
}

/** A document and the same edits on it; renames as the TopologyDiff tells them. */
export function edited(topology: Topology, edits: readonly RandomEdit[]): EditedLab {
  return edits.reduce(editOnce, { topology, renames: [] });
}

const ADDRESSES = [
  '10.0.0.1/24',
  '10.0.0.2/24',
  '10.0.0.3/24',
  '10.0.1.1/24',
  '10.0.0.9/16',
  '2001:db8::1/64',
  '2001:db8::2/64',
  '2001:db8:1::1/64',
] as Cidr[];

const ROUTES = [
  { to: 'default', via: '10.0.0.254' },
  { to: 'default', via: '10.0.1.254' },
  { to: 'default', via: '2001:db8::ff' },
  { to: '10.9.0.0/16', via: '10.0.0.254', metric: 5 },
  { to: '2001:db8:9::/48', via: '2001:db8:1::ff' },
  { to: 'default', via: '10.0.0.253' },
] as { to: Cidr | 'default'; via: IpAddress; metric?: number }[];

const MTUS = [undefined, 1280, 1400, 9000, 1000, undefined, 1500, 2000];

const IMPAIRMENTS: readonly (Impairment | undefined)[] = [
  undefined,
  { rateBitsPerSecond: 10_000_000 },
  { rateBitsPerSecond: 1_000_000, limitPackets: 20 },
  { delayMs: 20, jitterMs: 5, lossPercent: 10 },
  { delayMs: 20, rateBitsPerSecond: 10_000_000, corruptPercent: 0.1 },
  { lossPercent: 0.5, limitPackets: 1000 },
  { delayMs: 1.5, duplicatePercent: 1, reorderPercent: 25, limitPackets: 50 },
  { rateBitsPerSecond: 1_000_000 },
];

function pick<Item>(items: readonly Item[], number: number): Item | undefined {
  return items.length === 0 ? undefined : items[number % items.length];
}

function editOnce(lab: EditedLab, { kind, a, b, c }: RandomEdit): EditedLab {
  const { topology } = lab;
  const name = pick(Object.keys(topology.nodes), a);
  const node = name === undefined ? undefined : topology.nodes[name];
  const ifname = node === undefined ? undefined : pick(Object.keys(node.interfaces), b);
  const device = ifname === undefined ? undefined : node?.interfaces[ifname];
  const link = pick(topology.links, a);
  const to = (nodes: Topology['nodes'], links: readonly Link[] = topology.links): EditedLab => ({
    ...lab,
    topology: { ...topology, nodes, links },
  });
  const withNode = (changed: Node) => to({ ...topology.nodes, [name ?? '']: changed });
  const withDevice = (changed: Interface) =>
    node === undefined ? lab : withNode({ ...node, interfaces: { ...node.interfaces, [ifname ?? '']: changed } });
  switch (kind) {
    case 'add-node': {
      const free = pick(freeNames(topology, 'n'), c);
      const made: Node = {
        kind: pick<NodeKind>(['host', 'router', 'switch'], b) ?? 'host',
        interfaces: {},
        routes: [],
      };
      return free === undefined ? lab : to({ ...topology.nodes, [free]: made });
    }
    case 'remove-node':
      if (name === undefined) return lab;
      return to(
        without(topology.nodes, name),
        topology.links.filter((one) => !touches(one, name)),
      );
    case 'rename-node': {
      const free = pick(freeNames(topology, 'n'), b);
      return name === undefined || free === undefined ? lab : renameNode(lab, name, free);
    }
    case 'connect':
      return connect(lab, a, b, c);
    case 'disconnect':
      return link === undefined
        ? lab
        : to(
            topology.nodes,
            topology.links.filter((one) => one !== link),
          );
    case 'remove-interface':
      if (name === undefined || node === undefined || ifname === undefined) return lab;
      return to(
        { ...topology.nodes, [name]: withoutRules({ ...node, interfaces: without(node.interfaces, ifname) }) },
        topology.links.filter((one) => !one.endpoints.includes(`${name}:${ifname}`)),
      );
    case 'rename-interface': {
      const free = pick(
        ['eth0', 'eth1', 'eth2', 'up0', 'up1'].filter((one) => !Object.hasOwn(node?.interfaces ?? {}, one)),
        c,
      );
      return name === undefined || ifname === undefined || free === undefined
        ? lab
        : renameInterface(lab, name, ifname, free);
    }
    case 'addresses': {
      if (device === undefined) return lab;
      const addresses = [...new Set([ADDRESSES[c], ADDRESSES[a], ADDRESSES[(b + c) % 8]])].slice(0, 1 + (b % 3));
      return withDevice(sane({ ...device, addresses: addresses.filter((one) => one !== undefined) }));
    }
    case 'routes': {
      if (node === undefined) return lab;
      const routes: Route[] = [...new Set([pick(ROUTES, b), pick(ROUTES, c)])].filter((one) => one !== undefined);
      const byDev = ifname === undefined || c % 2 === 0 ? [] : [{ to: '10.77.0.0/16' as Cidr, dev: ifname as Ifname }];
      return withNode({ ...node, routes: [...routes, ...byDev] });
    }
    case 'interface-up':
      return device === undefined ? lab : withDevice({ ...device, up: !device.up });
    case 'link-up':
      if (link === undefined) return lab;
      return to(
        topology.nodes,
        topology.links.map((one) => (one === link ? { ...one, up: !one.up } : one)),
      );
    case 'mtu': {
      if (device === undefined) return lab;
      const { mtu: _, ...rest } = device;
      const mtu = MTUS[c];
      return withDevice(sane(mtu === undefined ? rest : { ...rest, mtu }));
    }
    case 'mac':
      return device === undefined ? lab : withDevice({ ...device, mac: `02:aa:00:00:00:0${c}` as Mac });
    case 'firewall':
    case 'nat':
      return node === undefined || node.kind === 'switch' ? lab : withNode(withRandomRules(node, kind, ifname, b, c));
    case 'impairment': {
      if (device === undefined) return lab;
      const { impairment: _, ...rest } = device;
      const impairment = IMPAIRMENTS[c];
      return withDevice(impairment === undefined ? rest : { ...rest, impairment });
    }
    case 'kind':
      return node === undefined
        ? lab
        : withNode(withoutRules({ ...node, kind: pick<NodeKind>(['host', 'router', 'switch'], b) ?? 'host' }));
  }
}

/** Validation refuses IPv6 addresses with an MTU under 1280. */
function sane(device: Interface): Interface {
  if (device.mtu === undefined || device.mtu >= 1280) return device;
  return { ...device, addresses: device.addresses.filter((address) => !address.includes(':')) };
}

function connect(lab: EditedLab, a: number, b: number, c: number): EditedLab {
  const { topology } = lab;
  const ends = [a, b].map((number) => pick(Object.keys(topology.nodes), number)) as [string, string];
  const nodes = { ...topology.nodes };
  const used = new Set(topology.links.flatMap((link) => link.endpoints));
  const endpoints = ends.map((name, index): EndpointText | null => {
    const node = nodes[name];
    if (node === undefined) return null;
    const ifname = ['eth0', 'eth1', 'eth2', 'up0', 'up1'].find((one) => !used.has(`${name}:${one}`));
    if (ifname === undefined) return null;
    used.add(`${name}:${ifname}`);
    const address = ADDRESSES[(c + index) % 8];
    const fresh: Interface = { addresses: node.kind === 'switch' || address === undefined ? [] : [address], up: true };
    nodes[name] = { ...node, interfaces: { ...node.interfaces, [ifname]: node.interfaces[ifname] ?? fresh } };
    return `${name}:${ifname}`;
  });
  const [from, to] = endpoints;
  if (from === null || to === null || from === undefined || to === undefined || from === to) return lab;
  const link: Link = { endpoints: [from, to], up: true, ...(c === 7 ? { mtu: 1400 } : {}) };
  return { ...lab, topology: { ...topology, nodes, links: [...topology.links, link] } };
}

function freeNames(topology: Topology, letter: string): string[] {
  const names = [0, 1, 2, 3, 4, 5].map((number) => `${letter}${number}`);
  return [...names, 'constructor', 'toString'].filter((name) => !Object.hasOwn(topology.nodes, name));
}

function without<Value>(record: Readonly<Record<string, Value>>, key: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([one]) => one !== key));
}
