import type { Topology } from '@vethlab/topology';

/** Whether a document has this node, with this interface if one is asked for. */
export function hasInterface(topology: Topology | null, name: string, ifname: string | null): boolean {
  const node = topology !== null && Object.hasOwn(topology.nodes, name) ? topology.nodes[name] : undefined;
  return node !== undefined && (ifname === null || Object.hasOwn(node.interfaces, ifname));
}
