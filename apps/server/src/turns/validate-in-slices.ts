import { needsOfNode } from '@vethlab/planner';
import {
  type Diagnostic,
  linkAt,
  type Node,
  nodeOf,
  segmentsOf,
  switchLoopsOf,
  type Topology,
  validate,
  validateInParts,
} from '@vethlab/topology';
import { turn } from './turn.js';

/** Nodes and interfaces looked at before others may work: some 3 ms when the engine sees this for the first time, and a tenth later. */
const weightPerSlice = 60;

/**
 * `validate` of a large document without holding the event loop. What is said of each node and interface is kept with it,
 * and so are what it asks of a kernel and who is linked with whom: these are looked at in parts first, and the whole only has to
 * compare them.
 */
export async function validateInSlices(topology: Topology): Promise<readonly Diagnostic[]> {
  for (const slice of slicesOf(topology)) {
    // Also before the first: who asks has just read or received the document.
    await turn();
    validate({ ...topology, links: [], probes: [], canvas: { nodes: {} }, ...slice });
    for (const name of Object.keys(slice.nodes)) {
      const node = nodeOf(topology, name);
      if (node !== null) needsOfNode(node);
    }
  }
  await turn();
  // Any link will do: the first question makes the index of all.
  linkAt(topology, '', '');
  await turn();
  segmentsOf(topology);
  await turn();
  switchLoopsOf(topology);
  await turn();
  const parts = validateInParts(topology);
  for (let step = parts.next(); ; step = parts.next()) {
    if (step.done) return step.value;
    await turn();
  }
}

type Slice = Pick<Topology, 'nodes'> & Partial<Pick<Topology, 'name'>>;

/** All nodes in parts; a node of many interfaces in several, each with some of them, and then whole. */
function* slicesOf(topology: Topology): Generator<Slice> {
  let nodes: [string, Node][] = [];
  let weight = 0;
  for (const [name, node] of Object.entries(topology.nodes)) {
    const interfaces = Object.entries(node.interfaces);
    if (interfaces.length > weightPerSlice) {
      for (let start = 0; start < interfaces.length; start += weightPerSlice) {
        const some = Object.fromEntries(interfaces.slice(start, start + weightPerSlice));
        yield { nodes: Object.fromEntries([[name, { ...node, interfaces: some, routes: [] }]]) };
      }
      // What interfaces mean to each other is not asked of a document with a mistake in it, such as having no name.
      yield { name: '', nodes: Object.fromEntries([[name, node]]) };
      continue;
    }
    nodes.push([name, node]);
    weight += 1 + interfaces.length;
    if (weight < weightPerSlice) continue;
    yield { nodes: Object.fromEntries(nodes) };
    nodes = [];
    weight = 0;
  }
  if (nodes.length > 0) yield { nodes: Object.fromEntries(nodes) };
}
