import { linkIndexOf } from './links.js';
import type { EndpointText, Ifname, NodeName } from './names.js';
import { parseIfname, parseNodeName } from './parse-names.js';
import { findNode } from './replaced-nodes.js';
import type { Interface, Link, Node, Probe, ProbeKey, Topology } from './topology.js';

/** One end of a link as text: `h1:eth0`. */
export function endpointText(node: NodeName, ifname: Ifname): EndpointText {
  return `${node}:${ifname}`;
}

/** The two names in `node:interface`; null when they are not names. */
export function splitEndpoint(text: string): { readonly node: NodeName; readonly ifname: Ifname } | null {
  const colon = text.indexOf(':');
  if (colon < 0) return null;
  const node = parseNodeName(text.slice(0, colon));
  const ifname = parseIfname(text.slice(colon + 1));
  return node.ok && ifname.ok ? { node: node.value, ifname: ifname.value } : null;
}

export { linkKey } from './links.js';

/** Key of a probe: `ns1>192.168.2.1`; in a VRF `r1%red>10.0.0.1`. */
export function probeKey(probe: Pick<Probe, 'from' | 'to' | 'vrf'>): ProbeKey {
  return probe.vrf === undefined ? `${probe.from}>${probe.to}` : `${probe.from}%${probe.vrf}>${probe.to}`;
}

/** The node that a probe with this key starts at. */
export function probeSource(key: ProbeKey): NodeName {
  return key.slice(0, key.search(/[%>]/)) as NodeName;
}

/** The node of this name, or null. Safe with any text. */
export function nodeOf(topology: Topology, name: string): Node | null {
  return findNode(topology, name);
}

/** The interface of this name in a node of this name, or null. Safe with any text. */
export function interfaceOf(topology: Topology, node: string, ifname: string): Interface | null {
  const interfaces = nodeOf(topology, node)?.interfaces;
  return interfaces !== undefined && Object.hasOwn(interfaces, ifname) ? (interfaces[ifname] ?? null) : null;
}

/** The link with this key, or null. */
export function linkOf(topology: Topology, key: string): Link | null {
  return linkIndexOf(topology.links).byKey.get(key);
}

/** The link that ends at this interface, or null. */
export function linkAt(topology: Topology, node: string, ifname: string): Link | null {
  return linkAtEndpoint(topology, `${node}:${ifname}`);
}

/** The link that ends at this endpoint, or null. */
export function linkAtEndpoint(topology: Topology, endpoint: string): Link | null {
  return linkIndexOf(topology.links).byEndpoint.get(endpoint);
}

/** How many interfaces links end at; twice the number of links, unless an interface has two. */
export function endpointCountOf(topology: Topology): number {
  return linkIndexOf(topology.links).endpointCount;
}

/** The probe with this key, or null. */
export function probeOf(topology: Topology, key: string): Probe | null {
  return topology.probes.find((probe) => probeKey(probe) === key) ?? null;
}

/** A lab with nothing in it yet. */
export function emptyTopology(name: string): Topology {
  return { vethlab: 1, name, nodes: {}, links: [], probes: [], canvas: { nodes: {} } };
}

/** Names and records of a document's nodes, with the brand that the document guarantees. */
export function nodeEntries(topology: Topology): readonly (readonly [NodeName, Node])[] {
  return Object.entries(topology.nodes) as unknown as readonly (readonly [NodeName, Node])[];
}

/** Names and records of a node's interfaces, with the brand that the document guarantees. */
export function interfaceEntries(node: Node): readonly (readonly [Ifname, Interface])[] {
  return Object.entries(node.interfaces) as unknown as readonly (readonly [Ifname, Interface])[];
}
