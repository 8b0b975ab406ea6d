import type { Ifname, Interface, Link, Node, NodeName, Topology } from '@vethlab/topology';
import { DEFAULT_MTU, type Desired, type DesiredInterface, type DesiredNamespace, SWITCH_BRIDGE } from './desired.js';
import { desiredRoutesOf } from './desired-routes.js';
import { type LinkEnd, linkIndexOf } from './link-index.js';
import { familyOf } from './subnet.js';

/** What the whole document implies in the kernel. */
export function desiredOf(topology: Topology): Desired {
  return desiredOfNodes(topology, Object.keys(topology.nodes));
}

/** The same for some nodes only; names that the document does not have are left out. */
export function desiredOfNodes(topology: Topology, names: Iterable<string>): Desired {
  const namespaces = new Map<string, DesiredNamespace>();
  for (const name of names) {
    const namespace = desiredNamespace(topology, name);
    if (namespace !== null) namespaces.set(name, namespace);
  }
  return { namespaces };
}

/**
 * Documents share the records that an edit did not touch, so what was worked out for them is still right. By node, then
 * by list of links: the document of now and the one before often share the node and not the links.
 */
const remembered = new WeakMap<Node, WeakMap<readonly Link[], DesiredNamespace>>();

/** What one node implies; null when the document has no node of this name. */
export function desiredNamespace(topology: Topology, name: string): DesiredNamespace | null {
  const node = Object.hasOwn(topology.nodes, name) ? topology.nodes[name] : undefined;
  if (node === undefined) return null;
  let byLinks = remembered.get(node);
  if (byLinks === undefined) {
    byLinks = new WeakMap();
    remembered.set(node, byLinks);
  }
  const known = byLinks.get(topology.links);
  if (known !== undefined && known.name === name) return known;
  const namespace = makeNamespace(topology, name as NodeName, node);
  byLinks.set(topology.links, namespace);
  return namespace;
}

function makeNamespace(topology: Topology, name: NodeName, node: Node): DesiredNamespace {
  const links = linkIndexOf(topology.links);
  const bridge = node.kind === 'switch' ? SWITCH_BRIDGE : null;
  const interfaces = new Map<string, DesiredInterface>();
  for (const [ifname, record] of Object.entries(node.interfaces)) {
    const end = links.get(`${name}:${ifname}`);
    if (end === undefined || ifname === bridge || !hasInterface(topology, end.peer)) continue;
    interfaces.set(ifname, makeInterface(ifname as Ifname, record, end, bridge));
  }
  return {
    name,
    kind: node.kind,
    forwarding: node.kind === 'router',
    bridge,
    interfaces,
    routes: desiredRoutesOf(node.routes, interfaces),
  };
}

function makeInterface(ifname: Ifname, record: Interface, end: LinkEnd, master: string | null): DesiredInterface {
  const up = record.up && end.link.up;
  return {
    ifname,
    peer: end.peer,
    linkIndex: end.linkIndex,
    up,
    mtu: record.mtu ?? end.link.mtu ?? DEFAULT_MTU,
    mac: record.mac ?? null,
    master,
    addresses: up ? record.addresses : record.addresses.filter((address) => familyOf(address) === 4),
  };
}

/** A link to something that is not there is refused by validation; it makes no veth pair. */
function hasInterface(topology: Topology, end: LinkEnd['peer']): boolean {
  const node = Object.hasOwn(topology.nodes, end.namespace) ? topology.nodes[end.namespace] : undefined;
  if (node === undefined || !Object.hasOwn(node.interfaces, end.ifname)) return false;
  return !(node.kind === 'switch' && end.ifname === SWITCH_BRIDGE);
}
