import { findNode, replacedSince } from '../model/replaced-nodes.js';
import type { Interface, Link, Node, Topology } from '../model/topology.js';

/** In what two documents are not the same objects: the few records that an edit wrote. */
export interface Difference {
  /** Names of nodes that came, went, or have another record. A renamed node is there under both names. */
  readonly nodes: ReadonlySet<string>;
  readonly addedLinks: readonly Link[];
  readonly removedLinks: readonly Link[];
}

/** Beyond this many records it is cheaper to look at all of them. */
const mostRecords = 64;

/** Null when the documents differ in much. Records that no edit wrote are the same object in both. */
export function differenceOf(topology: Topology, previous: Topology): Difference | null {
  const nodes = replacedSince(topology, previous) ?? differentNodes(topology, previous);
  if (nodes === null || nodes.size > mostRecords) return null;
  if (topology.links === previous.links) return { nodes, addedLinks: [], removedLinks: [] };
  const before = new Set(previous.links);
  const addedLinks = topology.links.filter((link) => !before.delete(link));
  return addedLinks.length + before.size > mostRecords ? null : { nodes, addedLinks, removedLinks: [...before] };
}

function differentNodes(topology: Topology, previous: Topology): ReadonlySet<string> | null {
  const { nodes } = topology;
  const before = previous.nodes;
  const names = new Set<string>();
  for (const name of Object.keys(before)) if (!Object.hasOwn(nodes, name)) names.add(name);
  for (const [name, node] of Object.entries(nodes)) {
    if (Object.hasOwn(before, name) && before[name] === node) continue;
    names.add(name);
    if (names.size > mostRecords) return null;
  }
  return names;
}

/** Whether every list of addresses in `topology` was somewhere in `previous`: at most some have gone, or moved with a renamed node. */
export function hasNoNewAddresses(topology: Topology, previous: Topology, { nodes }: Difference): boolean {
  const before = new Set<Interface['addresses']>();
  for (const name of nodes) for (const { addresses } of interfacesOf(previous, name)) before.add(addresses);
  for (const name of nodes) {
    for (const { addresses } of interfacesOf(topology, name)) {
      if (addresses.length > 0 && !before.has(addresses)) return false;
    }
  }
  return true;
}

/**
 * Whether no segment can have come apart: no switch ceased to be one, and links went only together with an end of theirs that is no port of a switch. What was on one
 * segment and is still there is on one segment still.
 */
export function hasNoNewSegments(topology: Topology, previous: Topology, difference: Difference): boolean {
  const ceased = [...difference.nodes].some(
    (name) => findNode(previous, name)?.kind === 'switch' && findNode(topology, name)?.kind !== 'switch',
  );
  if (ceased) return false;
  return difference.removedLinks.every((link) =>
    link.endpoints.some((endpoint) => {
      const colon = endpoint.indexOf(':');
      const [name, ifname] = [endpoint.slice(0, colon), endpoint.slice(colon + 1)];
      if (findNode(previous, name)?.kind === 'switch') return false;
      return !Object.hasOwn(findNode(topology, name)?.interfaces ?? {}, ifname);
    }),
  );
}

/** Whether no interface that was there is of another kind now, and no node routes by other VRFs: then nothing is joined or parted by that. */
export function hasSameDevices(topology: Topology, previous: Topology, { nodes }: Difference): boolean {
  return [...nodes].every((name) => {
    const [now, before] = [findNode(topology, name), findNode(previous, name)];
    if (now?.vrfs !== before?.vrfs) return false;
    const names = new Set([...Object.keys(now?.interfaces ?? {}), ...Object.keys(before?.interfaces ?? {})]);
    return [...names].every((ifname) => deviceAt(now, ifname) === deviceAt(before, ifname));
  });
}

function deviceAt(node: Node | null, ifname: string): Interface['device'] {
  return node !== null && Object.hasOwn(node.interfaces, ifname) ? node.interfaces[ifname]?.device : undefined;
}

/** Whether every node that came, went or was replaced is of the same kind in both. */
export function hasSameKinds(topology: Topology, previous: Topology, { nodes }: Difference): boolean {
  return [...nodes].every((name) => findNode(topology, name)?.kind === findNode(previous, name)?.kind);
}

/** Interfaces that the document had and has no more, as `node:ifname`. */
export function goneEndpoints(topology: Topology, previous: Topology, { nodes }: Difference): readonly string[] {
  return [...nodes].flatMap((name) => {
    const now = findNode(topology, name)?.interfaces ?? {};
    const gone = Object.keys(findNode(previous, name)?.interfaces ?? {}).filter(
      (ifname) => !Object.hasOwn(now, ifname),
    );
    return gone.map((ifname) => `${name}:${ifname}`);
  });
}

function interfacesOf(topology: Topology, name: string): readonly Interface[] {
  return Object.values(findNode(topology, name)?.interfaces ?? {});
}
