import { type Diagnostic, type Topology, validate } from '@vethlab/topology';
import { turn } from './turn.js';

/** Nodes looked at before others may work: some 5 ms when the engine sees this for the first time, and a tenth later. */
const nodesPerSlice = 40;

/**
 * `validate` of a large document without holding the event loop. What is said of each node is kept with the node, so the
 * nodes are looked at in parts first; the whole then only has to compare them with each other.
 */
export async function validateInSlices(topology: Topology): Promise<readonly Diagnostic[]> {
  const nodes = Object.entries(topology.nodes);
  for (let start = 0; start < nodes.length; start += nodesPerSlice) {
    const part = Object.fromEntries(nodes.slice(start, start + nodesPerSlice));
    validate({ ...topology, nodes: part, links: [], probes: [], canvas: { nodes: {} } });
    await turn();
  }
  return validate(topology);
}
