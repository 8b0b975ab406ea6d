import type { Topology } from '@vethlab/topology';

export interface ProbeTarget {
  readonly address: string;
  readonly node: string;
}

/** Addresses of the lab that a ping from `from` could go to, those of other nodes, in file order. */
export function probeTargets(topology: Topology, from: string): readonly ProbeTarget[] {
  return Object.entries(topology.nodes).flatMap(([node, { interfaces }]) =>
    node === from
      ? []
      : Object.values(interfaces).flatMap(({ addresses }) =>
          addresses.map((cidr) => ({ node, address: cidr.slice(0, cidr.indexOf('/')) })),
        ),
  );
}
