import type { NodeName } from '../model/names.js';
import { SWITCH_BRIDGE } from '../model/switch-bridge.js';
import type { Link, Topology } from '../model/topology.js';
import { linkAtEndpoint, nodeOf } from '../model/topology-access.js';
import { vrfEntries, vrfOf } from '../model/vrfs.js';
import { renameMapOf } from './rename-map.js';
import { sameValue } from './same-value.js';
import type { Change, NodeRecord, TopologyDiff } from './topology-diff.js';

/** What of a node is touched: all of it, or these interfaces (by their names of now or before) and what belongs to none of them. */
export type Touched = ReadonlySet<string> | 'all';

/**
 * All nodes whose kernel state a diff can touch, and what of it: changed interfaces, both ends of links that come, go or
 * change, both ends of the links of interfaces that come or go; the loopback, the bridge and the VRFs that a node says something else of; nodes that come, go or become another kind, whole; and as soon as
 * something is renamed, every node whole, under its old and new names. Labels, positions, probes and the name of the lab are not in
 * the kernel.
 */
export function touchedBy(diff: TopologyDiff, before: Topology, after: Topology): ReadonlyMap<NodeName, Touched> {
  const touched = new Map<string, Set<string> | 'all'>();
  const map = renameMapOf(diff.renames);
  const hasRenames = diff.renames.length > 0;
  const touchName = (name: string, ifname: string | 'all' | null) => {
    const known = touched.get(name);
    if (known === 'all') return;
    if (hasRenames || ifname === 'all') touched.set(name, 'all');
    else if (known === undefined) touched.set(name, new Set(ifname === null ? [] : [ifname]));
    else if (ifname !== null) known.add(ifname);
  };
  const touch = (name: string, ifname: string | 'all' | null) => {
    touchName(name, ifname);
    touchName(map.nodeStart(name), ifname);
  };
  const touchEnds = (link: Link | null) => {
    for (const end of link?.endpoints ?? []) {
      const colon = end.indexOf(':');
      touch(end.slice(0, colon), end.slice(colon + 1));
    }
  };
  for (const rename of diff.renames) touch(rename.object === 'node' ? rename.to : rename.node, 'all');
  for (const [start, end] of map.nodes) {
    touchName(start, 'all');
    touchName(end, 'all');
  }
  for (const change of diff.changes) {
    if (!isInKernel(change)) continue;
    if (change.record === 'node') {
      touch(change.node, change.before?.kind === change.after?.kind ? null : 'all');
      for (const ifname of madeByNode(change)) touch(change.node, ifname);
    }
    if (change.record === 'interface') {
      const { node, ifname } = change;
      const startNode = map.nodeStart(node);
      touch(node, ifname);
      // A changed interface stays where it is: only one that comes or goes takes its veth pair along.
      if (change.before !== null && change.after !== null) continue;
      touchEnds(linkAtEndpoint(after, `${node}:${ifname}`));
      touchEnds(linkAtEndpoint(before, `${startNode}:${map.ifnameStart(startNode, ifname)}`));
    }
    if (change.record === 'link') {
      touchEnds(change.before);
      touchEnds(change.after);
    }
  }
  const real = [...touched].filter(([name]) => nodeOf(before, name) !== null || nodeOf(after, name) !== null);
  return new Map(real as [NodeName, Touched][]);
}

/** Interfaces that are in no list of a node: what it says of them is said in its own record. */
function madeByNode({ before, after }: Extract<Change, { readonly record: 'node' }>): readonly string[] {
  const vrfs = [...vrfEntries(before ?? {}), ...vrfEntries(after ?? {})].filter(
    ([name]) => !sameValue(vrfOf(before ?? {}, name), vrfOf(after ?? {}, name)),
  );
  return [
    ...(before?.loopback === after?.loopback ? [] : ['lo']),
    ...(before?.stp === after?.stp ? [] : [SWITCH_BRIDGE]),
    ...vrfs.flatMap(([name, { interfaces }]) => [name, ...interfaces]),
  ];
}

/** Their names. */
export function nodesTouchedBy(diff: TopologyDiff, before: Topology, after: Topology): ReadonlySet<NodeName> {
  return new Set(touchedBy(diff, before, after).keys());
}

function isInKernel(change: Change): boolean {
  if (change.record === 'interface') return true;
  if (change.record === 'link') return !sameValue(withoutLabel(change.before), withoutLabel(change.after));
  if (change.record === 'node') return !sameValue(withoutLabel(change.before), withoutLabel(change.after));
  return false;
}

function withoutLabel(record: NodeRecord | { readonly label?: string } | null): unknown {
  if (record === null) return null;
  const { label: _label, ...rest } = record;
  return rest;
}
