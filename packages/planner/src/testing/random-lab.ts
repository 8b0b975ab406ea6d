import {
  type Cidr,
  type Device,
  type EndpointText,
  errorsOf,
  type Ifname,
  type Impairment,
  type Interface,
  type IpAddress,
  type Link,
  type Mac,
  macvlanModes,
  type Node,
  type NodeKind,
  type PortVlan,
  parentOf,
  type Route,
  type Topology,
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
    'stp',
    'vlan',
    'vlan',
    'firewall',
    'nat',
    'device',
    'device',
    'device',
    'vrf',
    'vrf',
    'remove-vrf',
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
  return edits.reduce(
    (lab, edit) => {
      const next = editOnce(lab, edit);
      return isSound(next.topology) ? next : lab;
    },
    { topology, renames: [] } as EditedLab,
  );
}

/** A kernel refuses what validation refuses of devices and VRFs. */
function isSound(topology: Topology): boolean {
  return !errorsOf(topology).some(({ code }) => /^(?:device|vlan|vxlan|gre|bond|vrf|tunnel|name|mtu)\./.test(code));
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

const VLANS: readonly (PortVlan | undefined)[] = [
  undefined,
  { access: 10 },
  { access: 20 },
  { trunk: [10, 20] },
  { trunk: [10], native: 1 },
  { trunk: [1, 20], native: 30 },
  { trunk: [] },
  { access: 1 },
];

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
  const withRecord = (changed: Interface) =>
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
        { ...topology.nodes, [name]: withoutRules(withoutInterface(node, ifname)) },
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
      return withRecord(sane({ ...device, addresses: addresses.filter((one) => one !== undefined) }));
    }
    case 'routes': {
      if (node === undefined) return lab;
      const routes: Route[] = [...new Set([pick(ROUTES, b), pick(ROUTES, c)])].filter((one) => one !== undefined);
      const byDev = ifname === undefined || c % 2 === 0 ? [] : [{ to: '10.77.0.0/16' as Cidr, dev: ifname as Ifname }];
      return withNode({ ...node, routes: [...routes, ...byDev] });
    }
    case 'interface-up':
      return device === undefined ? lab : withRecord({ ...device, up: !device.up });
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
      return withRecord(sane(mtu === undefined ? rest : { ...rest, mtu }));
    }
    case 'mac':
      return device === undefined ? lab : withRecord({ ...device, mac: `02:aa:00:00:00:0${c}` as Mac });
    case 'firewall':
    case 'nat':
      return node === undefined || node.kind === 'switch' ? lab : withNode(withRandomRules(node, kind, ifname, b, c));
    case 'impairment': {
      if (device === undefined) return lab;
      const { impairment: _, ...rest } = device;
      const impairment = IMPAIRMENTS[c];
      return withRecord(impairment === undefined ? rest : { ...rest, impairment });
    }
    case 'device':
      return node === undefined ? lab : withNode(withDevice(node, ifname, a, b, c));
    case 'vrf': {
      const vrf = ['red', 'blue'][a % 2] ?? 'red';
      const before = node?.vrfs?.[vrf];
      if (node === undefined) return lab;
      const members = ifname === undefined ? [] : [ifname as Ifname];
      const table = c > 5 ? 110 + (a % 2) : (before?.table ?? 100 + (a % 2));
      const route = ROUTES[c % ROUTES.length];
      const wanted = { table, interfaces: b > 4 ? members : [...new Set([...(before?.interfaces ?? []), ...members])] };
      return withNode({
        ...node,
        vrfs: { ...node.vrfs, [vrf]: { ...wanted, routes: route === undefined || b > 5 ? [] : [route] } },
      });
    }
    case 'remove-vrf': {
      const { vrfs, ...rest } = node ?? { vrfs: undefined };
      const left = Object.entries(vrfs ?? {}).slice(1);
      if (node === undefined || vrfs === undefined) return lab;
      return withNode((left.length === 0 ? rest : { ...rest, vrfs: Object.fromEntries(left) }) as Node);
    }
    case 'stp': {
      if (node?.kind !== 'switch') return lab;
      const { stp, ...rest } = node;
      return withNode(stp === true ? rest : { ...rest, stp: true });
    }
    case 'vlan': {
      if (device === undefined || node?.kind !== 'switch') return lab;
      const { vlan: _, ...rest } = device;
      const vlan = VLANS[c];
      return withRecord(vlan === undefined ? rest : { ...rest, vlan });
    }
    case 'kind':
      return node === undefined
        ? lab
        : withNode(withoutRules({ ...node, kind: pick<NodeKind>(['host', 'router', 'switch'], b) ?? 'host' }));
  }
}

/** With a further interface that is not the end of a link, or with other settings of one. */
function withDevice(node: Node, below: string | undefined, a: number, b: number, c: number): Node {
  const ifname = ['dev0', 'dev1', 'dev2', 'dev3'][b % 4] as Ifname;
  const parent = (below ?? 'eth0') as Ifname;
  const ends = { local: `10.0.0.${1 + (b % 3)}`, remote: `10.0.1.${1 + (a % 2)}` } as {
    readonly local: IpAddress;
    readonly remote: IpAddress;
  };
  const devices: readonly Device[] = [
    { kind: 'vlan', parent, id: 1 + (a % 3) },
    { kind: 'vlan', parent, id: 1 + (b % 3) },
    { kind: 'macvlan', parent, mode: pick(macvlanModes, a) ?? 'bridge' },
    { kind: 'vxlan', id: 1 + (a % 3), port: 4789, ...ends, ...(b > 3 ? { parent } : {}) },
    { kind: 'vxlan', id: 1 + (b % 3), port: 4789, parent },
    { kind: 'dummy' },
    { kind: 'gre', ...ends, ...(a > 4 ? { key: a } : {}), ...(a % 2 === 0 ? { ttl: 64 } : {}) },
    { kind: 'bond', mode: a > 4 ? '802.3ad' : 'active-backup', members: below === undefined ? [] : [parent] },
  ];
  const device = devices[c % devices.length] ?? { kind: 'dummy' };
  const address = ADDRESSES[a % 8];
  const fresh: Interface = { addresses: address === undefined ? [] : [address], up: true };
  const { [ifname]: before = fresh } = node.interfaces;
  const interfaces: Record<string, Interface> = { ...node.interfaces, [ifname]: { ...before, device } };
  const member = interfaces[parent];
  if (device.kind === 'bond' && member !== undefined && parent !== ifname) {
    const { mtu: _mtu, mac: _mac, ...rest } = member;
    interfaces[parent] = { ...rest, addresses: [] };
  }
  return { ...node, interfaces };
}

/** With it goes what stands on it; bonds and VRFs lose it. */
function withoutInterface(node: Node, ifname: string): Node {
  const interfaces = Object.entries(without(node.interfaces, ifname)).map(([name, one]): [string, Interface] => {
    const { device } = one;
    if (device?.kind !== 'bond') return [name, one];
    return [name, { ...one, device: { ...device, members: device.members.filter((member) => member !== ifname) } }];
  });
  const vrfs = Object.entries(node.vrfs ?? {}).map(
    ([name, vrf]) => [name, { ...vrf, interfaces: vrf.interfaces.filter((member) => member !== ifname) }] as const,
  );
  const left: Node = {
    ...node,
    interfaces: Object.fromEntries(interfaces),
    ...(node.vrfs === undefined ? {} : { vrfs: Object.fromEntries(vrfs) }),
  };
  const standing = interfaces.filter(([, { device }]) => parentOf(device) === ifname);
  return standing.reduce((rest, [name]) => withoutInterface(rest, name), left);
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
