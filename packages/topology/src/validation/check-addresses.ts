import { segmentsOf } from '../addressing/segments.js';
import type { Diagnostic } from '../model/diagnostic.js';
import { diagnostic } from '../model/problem.js';
import type { Topology } from '../model/topology.js';
import { addressesOf, type ConnectedAddress, isLinkLocal } from './connected-subnets.js';

/** Of those that have the same address, this many are named. */
const namedMax = 3;

interface Place {
  readonly node: string;
  readonly ifname: string;
  readonly index: number;
  readonly segment: number;
  readonly address: ConnectedAddress;
}

/**
 * Addresses that two interfaces have, and subnets that overlap: both are legal to the kernel, and told at every place
 * they concern. For documents whose addresses can be read.
 */
export function checkAddresses(topology: Topology): readonly Diagnostic[] {
  const places = placesOf(topology);
  return [...duplicates(places), ...overlaps(places)];
}

function placesOf(topology: Topology): readonly Place[] {
  const { numberOf } = segmentsOf(topology);
  const places: Place[] = [];
  for (const [node, { interfaces }] of Object.entries(topology.nodes)) {
    for (const [ifname, iface] of Object.entries(interfaces)) {
      if (iface.addresses.length === 0) continue;
      const segment = numberOf.get(`${node}:${ifname}`) ?? -1;
      for (const [index, address] of addressesOf(iface).entries()) {
        // Link-local subnets are the same on every link, by design (RFC 4291, section 2.5.6).
        if (!isLinkLocal(address)) places.push({ node, ifname, index, segment, address });
      }
    }
  }
  return places;
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

function overlaps(places: readonly Place[]): readonly Diagnostic[] {
  const uses = new Map<string, Use>();
  for (const place of places) {
    const { address, segment } = place;
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
