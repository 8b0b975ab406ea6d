import type { Cidr, Diagnostic, DocumentPath, Edit, Ifname, LinkKey, NodeName, Topology } from '@vethlab/topology';
import type { Selection } from '../view';

/** What on the canvas a path into the document means; null for the lab as a whole. */
export function selectionAt(topology: Topology, path: DocumentPath): Partial<Selection> | null {
  const [kind, key] = path;
  if ((kind === 'nodes' || kind === 'canvas') && path.length > 1) {
    const name = String(kind === 'canvas' ? path[2] : key);
    // The name is a key of the document, so it has passed the parser.
    return Object.hasOwn(topology.nodes, name) ? { nodes: [name as NodeName] } : null;
  }
  if (kind === 'links' && typeof key === 'number') {
    const link = topology.links[key];
    return link === undefined ? null : { links: [link.endpoints.join('--') as LinkKey] };
  }
  if (kind === 'probes' && typeof key === 'number') {
    const probe = topology.probes[key];
    return probe === undefined ? null : { probes: [`${probe.from}>${probe.to}`] };
  }
  return null;
}

/** The place in words: `ns1:eth0`, `a:eth0 – b:eth0`. */
export function placeText(topology: Topology, path: DocumentPath): string {
  const [kind, key, part, ifname] = path;
  if (kind === 'nodes')
    return part === 'interfaces' && ifname !== undefined ? `${key}:${ifname}` : String(key ?? 'lab');
  if (kind === 'links' && typeof key === 'number') return topology.links[key]?.endpoints.join(' – ') ?? 'link';
  if (kind === 'probes' && typeof key === 'number') {
    const probe = topology.probes[key];
    return probe === undefined ? 'probe' : `${probe.from} → ${probe.to}`;
  }
  return 'lab';
}

/**
 * The edit that carries out a diagnostic's mending: its own, or for a value that would work, the edit that puts it at
 * the place. Null when the place takes no such edit.
 */
export function fixEdit(topology: Topology, diagnostic: Diagnostic): Edit | null {
  const { fix, path } = diagnostic;
  if (fix?.edit !== undefined) return fix.edit;
  if (fix?.value === undefined) return null;
  const [kind, node, part, ifname, field, index] = path;
  if (kind !== 'nodes' || typeof node !== 'string' || part !== 'interfaces' || typeof ifname !== 'string') return null;
  const found = Object.hasOwn(topology.nodes, node) ? topology.nodes[node]?.interfaces : undefined;
  const iface = found !== undefined && Object.hasOwn(found, ifname) ? found[ifname] : undefined;
  if (iface === undefined || field !== 'addresses' || typeof index !== 'number') return null;
  // Names are keys of the document; the value is a suggestion of the same parser that will check it again.
  const mended = fix.value as Cidr;
  return {
    type: 'set-addresses',
    node: node as NodeName,
    ifname: ifname as Ifname,
    addresses: iface.addresses.map((address, at) => (at === index ? mended : address)),
  };
}
