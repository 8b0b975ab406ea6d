import { realmsOf } from '../addressing/realms.js';
import { type Segments, segmentsOf } from '../addressing/segments.js';
import type { Diagnostic } from '../model/diagnostic.js';
import { diagnostic } from '../model/problem.js';
import type { Interface, Node, Topology } from '../model/topology.js';
import { nodeOf } from '../model/topology-access.js';
import { addressesOf, type ConnectedAddress, isLinkLocal } from './connected-subnets.js';
import type { InterfaceDifference } from './difference.js';

/** Of those that have the same address, this many are named. */
const namedMax = 3;

interface Place {
  readonly node: string;
  readonly ifname: string;
  readonly index: number;
  /** `node:ifname`. */
  readonly endpoint: string;
  readonly address: ConnectedAddress;
}

/**
 * Addresses that two interfaces have, and subnets that overlap: both are legal to the kernel, and told at every place
 * they concern. For documents whose addresses can be read.
 */
export function checkAddresses(topology: Topology): readonly Diagnostic[] {
  const segments = segmentsOf(topology);
  const groups = byRealm(placesOf(topology), realmsOf(topology));
  return [...groups.flatMap(duplicates), ...groups.flatMap((places) => overlaps(places, segments))];
}

/**
 * Whether the addresses of these interfaces, as they are now, are no others' and their subnets are apart from all others: then a document without
 * VRFs and VLANs of switches of which nothing else was to be said is sound. One pass over the lab, without sorting it.
 */
export function areAddressesApart(topology: Topology, changed: readonly InterfaceDifference[]): boolean {
  const fresh = changed.flatMap(({ node, ifname, after }) =>
    after === null ? [] : placesOfNode(topology, node).filter((place) => place.ifname === ifname),
  );
  if (fresh.length === 0) return true;
  const { numberOf } = segmentsOf(topology);
  const segmentAt = ({ endpoint }: Place) => numberOf.get(endpoint) ?? -1;
  const clash = (a: Place, b: Place): boolean => {
    if (a.address.family !== b.address.family) return false;
    if (a.address.ip === b.address.ip) return true;
    if (a.address.last < b.address.first || b.address.last < a.address.first) return false;
    if (a.address.first === a.address.last || b.address.first === b.address.last) return false;
    return a.address.subnet !== b.address.subnet || segmentAt(a) !== segmentAt(b);
  };
  for (const [name, node] of Object.entries(topology.nodes))
    for (const other of placesIn(name, node))
      for (const place of fresh) if (place !== other && clash(place, other)) return false;
  return true;
}

function placesOfNode(topology: Topology, name: string): readonly Place[] {
  const node = nodeOf(topology, name);
  return node === null ? [] : placesIn(name, node);
}

/** Places that packets can be routed between; all in one group in a lab without VRFs and VLANs of switches. */
function byRealm(places: readonly Place[], realms: ReadonlyMap<string, number> | null): readonly (readonly Place[])[] {
  if (realms === null) return [places];
  const groups = new Map<number | undefined, Place[]>();
  for (const place of places) {
    const realm = realms.get(place.endpoint);
    const group = groups.get(realm);
    if (group === undefined) groups.set(realm, [place]);
    else group.push(place);
  }
  return [...groups.values()];
}

function placesOf(topology: Topology): readonly Place[] {
  const places: Place[] = [];
  for (const [name, node] of Object.entries(topology.nodes))
    for (const place of placesIn(name, node)) places.push(place);
  return places;
}

const knownPlaces = new WeakMap<Interface, readonly Place[]>();
const knownPlacesOfNodes = new WeakMap<Node, { readonly name: string; readonly places: readonly Place[] }>();

/** Kept by node, and by interface: a router of a large lab has a thousand, and an edit touches one. */
function placesIn(name: string, node: Node): readonly Place[] {
  const known = knownPlacesOfNodes.get(node);
  if (known?.name === name) return known.places;
  const places = placesAnew(name, node);
  knownPlacesOfNodes.set(node, { name, places });
  return places;
}

function placesAnew(node: string, { interfaces }: Node): readonly Place[] {
  const places: Place[] = [];
  for (const ifname in interfaces) {
    const iface = Object.hasOwn(interfaces, ifname) ? interfaces[ifname] : undefined;
    if (iface === undefined || iface.addresses.length === 0) continue;
    let found = knownPlaces.get(iface);
    if (found === undefined || found[0]?.node !== node || found[0].ifname !== ifname) {
      found = placesAt(node, ifname, iface);
      knownPlaces.set(iface, found);
    }
    for (const place of found) places.push(place);
  }
  return places;
}

function placesAt(node: string, ifname: string, iface: Interface): readonly Place[] {
  const endpoint = `${node}:${ifname}`;
  // Link-local subnets are the same on every link, by design (RFC 4291, section 2.5.6).
  return [...addressesOf(iface).entries()].flatMap(([index, address]) =>
    isLinkLocal(address) ? [] : [{ node, ifname, index, endpoint, address }],
  );
}

function duplicates(places: readonly Place[]): readonly Diagnostic[] {
  // Most labs have none: find those first, and group only them.
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { address } of places) {
    if (seen.has(address.ip)) repeated.add(address.ip);
    seen.add(address.ip);
  }
  if (repeated.size === 0) return [];
  const byAddress = new Map<string, Place[]>();
  for (const place of places) {
    const { ip } = place.address;
    if (!repeated.has(ip)) continue;
    const group = byAddress.get(ip);
    if (group === undefined) byAddress.set(ip, [place]);
    else group.push(place);
  }
  const found: Diagnostic[] = [];
  for (const [address, group] of byAddress) {
    for (const place of group) {
      // Named are a few only: in a lab of one address everywhere, a list at each of its places would take minutes.
      const others = group.slice(0, namedMax + 1).filter((other) => other !== place);
      const named = others.slice(0, namedMax).map(({ node, ifname }) => `${node}:${ifname}`);
      const more = group.length - 1 > namedMax ? ` and ${group.length - 1 - namedMax} others` : '';
      const detail = `${place.node}:${place.ifname} has ${address}, and so has ${named.join(', ')}${more}.`;
      found.push(diagnostic('address.duplicate', pathOf(place), detail));
    }
  }
  return found;
}

/** One subnet on one segment, with a place that has it. */
interface Use {
  readonly segment: number;
  readonly address: ConnectedAddress;
  readonly places: Place[];
}

function overlaps(places: readonly Place[], { numberOf }: Segments): readonly Diagnostic[] {
  if (areApart(places, numberOf)) return [];
  const uses = new Map<string, Use>();
  for (const place of places) {
    const { address } = place;
    const segment = numberOf.get(place.endpoint) ?? -1;
    // A host prefix is one address, not a subnet: its conflicts are told as duplicates.
    if (address.first === address.last) continue;
    const key = `${segment} ${address.subnet}`;
    const use = uses.get(key);
    if (use === undefined) uses.set(key, { segment, address, places: [place] });
    else use.places.push(place);
  }
  const partners = overlapping([...uses.values()]);
  const found: Diagnostic[] = [];
  for (const [use, other] of partners) {
    const where = other.places[0];
    for (const place of use.places) {
      const detail =
        use.address.subnet === other.address.subnet
          ? `${use.address.subnet} is also the subnet of another segment (${where?.node}:${where?.ifname}): packets to it take one of the two.`
          : `${use.address.subnet} overlaps ${other.address.subnet} of ${where?.node}:${where?.ifname}.`;
      found.push(diagnostic('subnet.overlap', pathOf(place), detail));
    }
  }
  return found;
}

/**
 * Whether no two subnets overlap, for the labs (most) in which all of a family have the same length: then they are apart unless one is
 * on two segments, and nothing needs to be sorted. False when that is not known.
 */
function areApart(places: readonly Place[], numberOf: ReadonlyMap<string, number>): boolean {
  const lengths = new Map<number, number>();
  const segmentOf = new Map<string, number>();
  for (const { address, endpoint } of places) {
    const { family, prefix, subnet } = address;
    if (address.first === address.last) continue;
    const length = lengths.get(family);
    if (length === undefined) lengths.set(family, prefix);
    else if (length !== prefix) return false;
    const segment = numberOf.get(endpoint) ?? -1;
    const other = segmentOf.get(subnet);
    if (other === undefined) segmentOf.set(subnet, segment);
    else if (other !== segment) return false;
  }
  return true;
}

/** For each use that overlaps another, one such other. Subnets nest or are apart, so neighbours in order suffice. */
function overlapping(uses: readonly Use[]): ReadonlyMap<Use, Use> {
  const sorted = [...uses].sort((a, b) => (a.address.order < b.address.order ? -1 : 1));
  const partners = new Map<Use, Use>();
  const open: Use[] = [];
  for (const use of sorted) {
    for (let top = open.at(-1); top !== undefined && isBefore(top.address, use.address); top = open.at(-1)) open.pop();
    const outer = open.at(-1);
    if (outer !== undefined) {
      partners.set(use, outer);
      if (!partners.has(outer)) partners.set(outer, use);
    }
    open.push(use);
  }
  return partners;
}

function isBefore(a: ConnectedAddress, b: ConnectedAddress): boolean {
  return a.family !== b.family || a.last < b.first;
}

function pathOf(place: Place): readonly (string | number)[] {
  return ['nodes', place.node, 'interfaces', place.ifname, 'addresses', place.index];
}
