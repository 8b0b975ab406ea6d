import { type Change, probeKey, type Topology, type TopologyDiff } from '@vethlab/topology';

/**
 * Whether a document already is what a diff would make of it, record by record.
 *
 * Needed when the connection breaks between an edit and its answer: nobody told us whether the server took it. After
 * the reconnect the fresh document is asked. All of its records as the edit would leave them: it landed (or somebody
 * did the very same, which comes to the same). Anything else: it is sent again.
 */
export function hasLanded(topology: Topology, diff: TopologyDiff): boolean {
  const renamed = diff.renames.every((rename) =>
    rename.object === 'node'
      ? Object.hasOwn(topology.nodes, rename.to) && !Object.hasOwn(topology.nodes, rename.from)
      : interfaceOf(topology, rename.node, rename.to) !== null &&
        interfaceOf(topology, rename.node, rename.from) === null,
  );
  return renamed && diff.changes.every((change) => sameValue(recordIn(topology, change), change.after));
}

function recordIn(topology: Topology, change: Change): unknown {
  switch (change.record) {
    case 'lab':
      return { name: topology.name };
    case 'node': {
      const node = own(topology.nodes, change.node);
      if (node === null) return null;
      const { interfaces: _interfaces, ...record } = node;
      return record;
    }
    case 'interface':
      return interfaceOf(topology, change.node, change.ifname);
    case 'link':
      return topology.links.find((link) => link.endpoints.join('--') === change.key) ?? null;
    case 'probe':
      return topology.probes.find((probe) => probeKey(probe) === change.key) ?? null;
    case 'position':
      return own(topology.canvas.nodes, change.node);
  }
}

function interfaceOf(topology: Topology, node: string, ifname: string): unknown {
  const found = own(topology.nodes, node);
  return found === null ? null : own(found.interfaces, ifname);
}

function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | null {
  return Object.hasOwn(record, key) ? (record[key] ?? null) : null;
}

/** Deep equality of plain data; the order of keys does not count, an absent key equals an undefined one. */
export function sameValue(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const left = new Map<string, unknown>(Object.entries(one).filter(([, value]) => value !== undefined));
  const right = new Map<string, unknown>(Object.entries(other).filter(([, value]) => value !== undefined));
  return (
    left.size === right.size && [...left].every(([key, value]) => right.has(key) && sameValue(value, right.get(key)))
  );
}
