import type { EndpointText } from '../model/names.js';
import { wiringOf } from '../model/replaced-nodes.js';
import type { Node, Topology } from '../model/topology.js';
import { keepsVlansApart, taggedVlansOf, untaggedVlanOf } from '../model/vlans-apart.js';
import { tunnelsOf } from './tunnels.js';

/** The parts of a lab that hear each other's broadcasts: endpoints joined by links, switches (each VLAN of one by itself) and tunnels, and what stands on them. */
export interface Segments {
  /** Segment number of every interface, wired or not, by `node:ifname`. */
  readonly numberOf: ReadonlyMap<string, number>;
  /** Members by segment number, in document order. */
  readonly members: readonly (readonly EndpointText[])[];
}

const known = new WeakMap<object, Segments>();

/** The segments of a document; worked out once for all documents that are wired alike. */
export function segmentsOf(topology: Topology): Segments {
  const wiring = wiringOf(topology);
  const cached = known.get(wiring);
  if (cached !== undefined) return cached;
  const segments = findSegments(topology);
  known.set(wiring, segments);
  return segments;
}

/** All endpoints on the segment of an interface, itself included; switch ports too. Empty when there is no such interface. */
export function segmentOf(topology: Topology, node: string, ifname: string): readonly EndpointText[] {
  const { numberOf, members } = segmentsOf(topology);
  const number = numberOf.get(`${node}:${ifname}`);
  return number === undefined ? [] : (members[number] ?? []);
}

function findSegments(topology: Topology): Segments {
  const ids = new Map<string, number>();
  const parents: number[] = [];
  const names: EndpointText[] = [];
  for (const [node, record] of Object.entries(topology.nodes)) {
    const joinsPorts = record.kind === 'switch' && !keepsVlansApart(record);
    let firstPort = -1;
    for (const ifname of Object.keys(record.interfaces)) {
      const id = parents.length;
      const name: EndpointText = `${node}:${ifname}`;
      ids.set(name, id);
      names.push(name);
      parents.push(joinsPorts && firstPort >= 0 ? firstPort : id);
      if (firstPort < 0) firstPort = id;
    }
  }
  for (const { endpoints } of topology.links) {
    const a = ids.get(endpoints[0]);
    const b = ids.get(endpoints[1]);
    if (a !== undefined && b !== undefined) parents[rootOf(parents, a)] = rootOf(parents, b);
  }
  joinDevices(topology, ids, parents);
  const numberOfRoot = new Map<number, number>();
  const members: EndpointText[][] = [];
  for (const [id, name] of names.entries()) {
    const root = rootOf(parents, id);
    const number = numberOfRoot.get(root) ?? members.length;
    if (number === members.length) {
      numberOfRoot.set(root, number);
      members.push([]);
    }
    members[number]?.push(name);
    ids.set(name, number);
  }
  return { numberOf: ids, members };
}

/** What hears the frames with a tag on a segment: an interface, or the VLAN of a switch. */
interface Tagged {
  readonly id: number;
  readonly parent: number;
  readonly tag: number;
}

/** A macvlan is on the segment of its parent, a bond on that of its members, and VLANs of one id on one segment are one of their own. */
function joinDevices(topology: Topology, ids: ReadonlyMap<string, number>, parents: number[]): void {
  const vlans: Tagged[] = [];
  const join = (a: number, b: number | undefined) => {
    if (b !== undefined) parents[rootOf(parents, a)] = rootOf(parents, b);
  };
  for (const [node, record] of Object.entries(topology.nodes)) {
    const { interfaces } = record;
    if (keepsVlansApart(record)) vlans.push(...joinPorts(node, interfaces, ids, parents));
    for (const ifname in interfaces) {
      const device = Object.hasOwn(interfaces, ifname) ? interfaces[ifname]?.device : undefined;
      const id = ids.get(`${node}:${ifname}`);
      if (device === undefined || id === undefined) continue;
      const other = (name: string) => ids.get(`${node}:${name}`);
      if (device.kind === 'macvlan') join(id, other(device.parent));
      else if (device.kind === 'bond') for (const member of device.members) join(id, other(member));
      else if (device.kind === 'vlan') {
        const parent = other(device.parent);
        if (parent !== undefined) vlans.push({ id, parent, tag: device.id });
      }
    }
  }
  for (const { ends } of tunnelsOf(topology)) {
    const [a, b] = ends.map((end) => ids.get(end));
    if (a !== undefined) join(a, b);
  }
  // A VLAN on a VLAN is joined after what it stands on was.
  for (let joined = vlans.length > 0; joined; ) {
    joined = false;
    const first = new Map<string, number>();
    for (const { id, parent, tag } of vlans) {
      const key = `${rootOf(parents, parent)} ${tag}`;
      const other = first.get(key);
      if (other === undefined) first.set(key, id);
      else if (rootOf(parents, other) !== rootOf(parents, id)) {
        join(id, other);
        joined = true;
      }
    }
  }
}

/** Each VLAN of a switch is a place of its own, which ports without a tag for it are at. @returns what ports have with one */
function joinPorts(
  node: string,
  interfaces: Node['interfaces'],
  ids: ReadonlyMap<string, number>,
  parents: number[],
): readonly Tagged[] {
  const places = new Map<number, number>();
  const placeOf = (vlan: number): number => {
    const known = places.get(vlan);
    if (known !== undefined) return known;
    const made = parents.length;
    parents.push(made);
    places.set(vlan, made);
    return made;
  };
  return Object.entries(interfaces).flatMap(([ifname, { vlan }]) => {
    const port = ids.get(`${node}:${ifname}`);
    if (port === undefined) return [];
    const untagged = untaggedVlanOf(vlan);
    if (untagged !== null) parents[rootOf(parents, port)] = rootOf(parents, placeOf(untagged));
    return taggedVlansOf(vlan).map((tag) => ({ id: placeOf(tag), parent: port, tag }));
  });
}

/** Root of a union-find tree, halving the path on the way. */
function rootOf(parents: number[], id: number): number {
  let current = id;
  for (let parent = parents[current] ?? current; parent !== current; parent = parents[current] ?? current) {
    const grandparent = parents[parent] ?? parent;
    parents[current] = grandparent;
    current = grandparent;
  }
  return current;
}
