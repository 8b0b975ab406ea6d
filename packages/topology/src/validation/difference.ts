import { linkIndexOf, linksSince } from '../model/links.js';
import { changedSince, findNode } from '../model/replaced-nodes.js';
import type { Interface, Link, Topology } from '../model/topology.js';

/** In what two documents are not the same objects: the few records that an edit wrote. */
export interface Difference {
  /** Names of nodes that came, went, or have another record. A renamed node is there under both names. */
  readonly nodes: ReadonlySet<string>;
  /** Interfaces of these nodes that came, went, or have another record. */
  readonly interfaces: readonly InterfaceDifference[];
  readonly addedLinks: readonly Link[];
  readonly removedLinks: readonly Link[];
}

export interface InterfaceDifference {
  readonly node: string;
  readonly ifname: string;
  readonly before: Interface | null;
  readonly after: Interface | null;
}

/** Beyond this many records it is cheaper to look at all of them. */
const mostRecords = 64;

/** Null when the documents differ in much. Records that no edit wrote are the same object in both. */
export function differenceOf(topology: Topology, previous: Topology): Difference | null {
  const nodes = changedSince(topology, previous) ?? differentNodes(topology, previous);
  if (nodes === null || nodes.size > mostRecords) return null;
  const { added, removed } = differentLinks(topology.links, previous.links);
  if (added.length + removed.length > mostRecords) return null;
  const interfaces = [...nodes].flatMap((name) => differentInterfaces(name, topology, previous));
  return { nodes, interfaces, addedLinks: added, removedLinks: removed };
}

function differentLinks(links: readonly Link[], previous: readonly Link[]) {
  const change = linksSince(links, previous);
  if (change !== null) {
    const { byKey } = linkIndexOf(previous);
    const keys = [...change.removes, ...change.puts.keys()];
    return {
      added: [...change.puts.values()],
      removed: keys.map((key) => byKey.get(key)).filter((one) => one !== null),
    };
  }
  const before = new Set(previous);
  const added = links.filter((link) => !before.delete(link));
  return { added, removed: [...before] };
}

function differentInterfaces(node: string, topology: Topology, previous: Topology): InterfaceDifference[] {
  const now = findNode(topology, node)?.interfaces ?? {};
  const then = findNode(previous, node)?.interfaces ?? {};
  const found: InterfaceDifference[] = [];
  if (now === then) return found;
  for (const [ifname, after] of Object.entries(now)) {
    const before = Object.hasOwn(then, ifname) ? (then[ifname] ?? null) : null;
    if (before !== after) found.push({ node, ifname, before, after });
  }
  for (const [ifname, before] of Object.entries(then)) {
    if (!Object.hasOwn(now, ifname)) found.push({ node, ifname, before, after: null });
  }
  return found;
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

/** Whether every list of addresses in the newer document was somewhere in the older: at most some have gone, or moved with a renamed node. */
export function hasNoNewAddresses({ interfaces }: Difference): boolean {
  const before = new Set(interfaces.map((one) => one.before?.addresses));
  return interfaces.every(({ after }) => after === null || after.addresses.length === 0 || before.has(after.addresses));
}

/** The same of the older document: whether none has gone. */
export function hasNoLostAddresses({ interfaces }: Difference): boolean {
  const after = new Set(interfaces.map((one) => one.after?.addresses));
  return interfaces.every(
    ({ before }) => before === null || before.addresses.length === 0 || after.has(before.addresses),
  );
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

/** Whether no interface that was there is of another kind or a port in other VLANs now, and no node routes by other VRFs: then nothing is joined or parted by that. */
export function hasSameDevices(topology: Topology, previous: Topology, { nodes, interfaces }: Difference): boolean {
  const hasSameVrfs = (name: string) => findNode(topology, name)?.vrfs === findNode(previous, name)?.vrfs;
  const isSame = ({ before, after }: InterfaceDifference) =>
    before?.device === after?.device && before?.vlan === after?.vlan;
  return [...nodes].every(hasSameVrfs) && interfaces.every(isSame);
}

/** Whether every node that came, went or was replaced is of the same kind in both. */
export function hasSameKinds(topology: Topology, previous: Topology, { nodes }: Difference): boolean {
  return [...nodes].every((name) => findNode(topology, name)?.kind === findNode(previous, name)?.kind);
}

/** Interfaces that the document had and has no more, as `node:ifname`. */
export function goneEndpoints({ interfaces }: Difference): readonly string[] {
  return interfaces.filter(({ after }) => after === null).map(({ node, ifname }) => `${node}:${ifname}`);
}
