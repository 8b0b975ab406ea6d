import type { NodeName } from '../model/names.js';
import type { Topology } from '../model/topology.js';
import { linkAtEndpoint, nodeOf } from '../model/topology-access.js';
import { renameMapOf } from './rename-map.js';
import { sameValue } from './same-value.js';
import type { Change, NodeRecord, TopologyDiff } from './topology-diff.js';

/**
 * Names of all nodes whose kernel state a diff can touch: nodes with a changed interface, both ends of links that come, go or
 * change, both ends of the links of interfaces that come or go, and renamed nodes under their old and new names. Labels, positions, probes and the name
 * of the lab are not in the kernel.
 */
export function nodesTouchedBy(diff: TopologyDiff, before: Topology, after: Topology): ReadonlySet<NodeName> {
  const touched = new Set<string>();
  const map = renameMapOf(diff.renames);
  const touch = (name: string) => {
    touched.add(name);
    touched.add(map.nodeStart(name));
  };
  for (const rename of diff.renames) touch(rename.object === 'node' ? rename.to : rename.node);
  for (const [start, end] of map.nodes) {
    touched.add(start);
    touched.add(end);
  }
  const touchPeers = (endpoint: string, startEndpoint: string) => {
    for (const link of [linkAtEndpoint(after, endpoint), linkAtEndpoint(before, startEndpoint)]) {
      for (const end of link?.endpoints ?? []) touch(end.slice(0, end.indexOf(':')));
    }
  };
  for (const change of diff.changes) {
    if (!isInKernel(change)) continue;
    if (change.record === 'node') touch(change.node);
    if (change.record === 'interface') {
      const { node, ifname } = change;
      const startNode = map.nodeStart(node);
      touch(node);
      // A changed interface stays where it is: only one that comes or goes takes its veth pair along.
      if (change.before !== null && change.after !== null) continue;
      touchPeers(`${node}:${ifname}`, `${startNode}:${map.ifnameStart(startNode, ifname)}`);
    }
    if (change.record === 'link') {
      for (const link of [change.before, change.after]) {
        for (const end of link?.endpoints ?? []) touch(end.slice(0, end.indexOf(':')));
      }
    }
  }
  const real = [...touched].filter((name) => nodeOf(before, name) !== null || nodeOf(after, name) !== null);
  return new Set(real as NodeName[]);
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
