import type { Edit } from '../edits/edit.js';
import type { Cidr, EndpointText, Ifname, NodeName } from '../model/names.js';
import type { NodeKind, Topology } from '../model/topology.js';
import { interfaceOf, nodeOf } from '../model/topology-access.js';
import { bondOf } from '../validation/check-devices.js';
import { addressesAt, freeAddressIn, nodeNameOf } from './free-addresses.js';
import { spokenFor } from './gateways.js';
import { cidrNumberOf, type Family } from './ip-number.js';
import { segmentsOf } from './segments.js';
import { routesToEverywhere } from './static-routes.js';
import { SubnetPool } from './subnets.js';

/**
 * One edit that makes everything reach everything: an address for every wired interface of a host or router that has
 * none of the family, a default route for every host with a router on its segment, and static routes between routers
 * along shortest paths. What is there already is left alone.
 */
export function addressLab(topology: Topology, families: readonly Family[]): Edit {
  const added = new Map<EndpointText, Cidr[]>();
  for (const family of [...new Set(families)].sort()) addressFamily(topology, family, added);
  const edits: Edit[] = [];
  for (const [endpoint, addresses] of added) {
    const { node, ifname } = namesOf(endpoint);
    const present = interfaceOf(topology, node, ifname)?.addresses ?? [];
    edits.push({ type: 'set-addresses', node, ifname, addresses: [...present, ...addresses] });
  }
  const addressed = withAddresses(topology, added);
  for (const [node, routes] of routesToEverywhere(addressed, families)) {
    const present = nodeOf(topology, node)?.routes ?? [];
    edits.push({ type: 'set-routes', node: node as NodeName, routes: [...present, ...routes] });
  }
  return { type: 'batch', edits };
}

function addressFamily(topology: Topology, family: Family, added: Map<EndpointText, Cidr[]>): void {
  const pool = new SubnetPool(topology, family);
  for (const members of segmentsOf(topology).members) {
    if (members.length < 2) continue;
    const present = addressesAt(topology, members, family);
    const bare = members.filter((endpoint) => isBare(topology, endpoint, family));
    if (bare.length === 0) continue;
    const fresh = present.length > 0 ? null : pool.next(bare.length);
    const subnet = present[0] ?? (fresh === null ? undefined : cidrNumberOf(fresh));
    if (subnet === undefined) continue;
    const used = new Set(present.map(({ value }) => value));
    const isGateway = spokenFor(topology, members.map(nodeNameOf));
    for (const endpoint of bare) {
      const { node } = namesOf(endpoint);
      const isTaken = (value: bigint) => used.has(value) || isGateway(node, value);
      const address = freeAddressIn(subnet, kindOf(topology, endpoint), isTaken);
      if (address === null) break;
      used.add(cidrNumberOf(address).value);
      const list = added.get(endpoint);
      if (list === undefined) added.set(endpoint, [address]);
      else list.push(address);
    }
  }
}

/** Whether the interface belongs to a host or router, could have an address of its own, and has none of the family. */
function isBare(topology: Topology, endpoint: EndpointText, family: Family): boolean {
  const { node, ifname } = namesOf(endpoint);
  const record = nodeOf(topology, node);
  if (record === null || record.kind === 'switch' || bondOf(record, ifname) !== null) return false;
  const addresses = interfaceOf(topology, node, ifname)?.addresses ?? [];
  return !addresses.some((address) => address.includes(':') === (family === 6));
}

function withAddresses(topology: Topology, added: ReadonlyMap<EndpointText, readonly Cidr[]>): Topology {
  if (added.size === 0) return topology;
  const nodes = Object.entries(topology.nodes).map(([name, node]) => {
    const interfaces = Object.entries(node.interfaces).map(([ifname, iface]) => {
      const more = added.get(`${name}:${ifname}`);
      return [ifname, more === undefined ? iface : { ...iface, addresses: [...iface.addresses, ...more] }];
    });
    return [name, { ...node, interfaces: Object.fromEntries(interfaces) }];
  });
  return { ...topology, nodes: Object.fromEntries(nodes) };
}

function kindOf(topology: Topology, endpoint: EndpointText): NodeKind {
  return nodeOf(topology, namesOf(endpoint).node)?.kind ?? 'switch';
}

/** The names in an endpoint of a document, which are valid. */
function namesOf(endpoint: EndpointText): { readonly node: NodeName; readonly ifname: Ifname } {
  const colon = endpoint.indexOf(':');
  return { node: endpoint.slice(0, colon) as NodeName, ifname: endpoint.slice(colon + 1) as Ifname };
}
