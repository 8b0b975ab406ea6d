import {
  type Cidr,
  type Diagnostic,
  type DocumentPath,
  type Edit,
  type Ifname,
  interfaceOf,
  type LinkKey,
  type NodeName,
  nextFreeAddress,
  probeKey,
  type Topology,
} from '@vethlab/topology';
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
    return probe === undefined ? null : { probes: [probeKey(probe)] };
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

/** A mending that is one step, and the words on its button. */
export interface Mending {
  readonly label: string;
  readonly edit: Edit;
}

/**
 * How a diagnostic is mended: its own edit, or for a value that would work, the edit that puts it at the place. Of two
 * interfaces with one address, the one in question gets the next free one. Null when nothing is that plain.
 */
export function mendingOf(topology: Topology, diagnostic: Diagnostic): Mending | null {
  const { fix, path, code } = diagnostic;
  if (fix?.edit !== undefined) return { label: fix.label, edit: fix.edit };
  const [kind, key] = path;
  if (kind !== 'nodes' || typeof key !== 'string' || !Object.hasOwn(topology.nodes, key)) return null;
  // A key of the document has passed the parser.
  const name = key as NodeName;
  if (fix?.value === undefined) return code === 'address.duplicate' ? freeAddress(topology, name, path) : null;
  const edit = addressEdit(topology, name, path, fix.value) ?? routeEdit(topology, name, path, fix.value);
  return edit === null ? null : { label: fix.label, edit };
}

function freeAddress(topology: Topology, node: NodeName, path: DocumentPath): Mending | null {
  const ifname = path[3];
  const at = path[5];
  if (typeof ifname !== 'string' || typeof at !== 'number') return null;
  const present = interfaceOf(topology, node, ifname as Ifname)?.addresses[at];
  if (present === undefined) return null;
  const free = nextFreeAddress(topology, node, ifname as Ifname, present.includes(':') ? 6 : 4);
  const edit = free === null ? null : addressEdit(topology, node, path, free);
  return free === null || edit === null ? null : { label: `Use ${free}`, edit };
}

/** The value is a suggestion of the same parser that will check it again. */
function addressEdit(topology: Topology, node: NodeName, path: DocumentPath, value: string): Edit | null {
  const [, , part, ifname, field, index] = path;
  if (part !== 'interfaces' || field !== 'addresses' || typeof ifname !== 'string' || typeof index !== 'number') {
    return null;
  }
  const present = interfaceOf(topology, node, ifname as Ifname)?.addresses;
  if (present === undefined || index >= present.length) return null;
  return { type: 'set-addresses', node, ifname: ifname as Ifname, addresses: present.with(index, value as Cidr) };
}

function routeEdit(topology: Topology, node: NodeName, path: DocumentPath, value: string): Edit | null {
  const [, , part, index, field] = path;
  const routes = topology.nodes[node]?.routes;
  if (part !== 'routes' || typeof index !== 'number' || (field !== 'to' && field !== 'via')) return null;
  const route = routes?.[index];
  if (routes === undefined || route === undefined) return null;
  return { type: 'set-routes', node, routes: routes.with(index, { ...route, [field]: value }) };
}
