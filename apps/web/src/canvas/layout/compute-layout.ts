import type { Position, Topology } from '@vethlab/topology';
import ELK from 'elkjs/lib/elk-api';
import ElkWorker from 'elkjs/lib/elk-worker.min.js?worker';
import { elkGraph, positionsOf } from './elk-graph';
import { leafRings } from './leaf-rings';

let elk: InstanceType<typeof ELK> | null = null;

/** Places for all nodes, computed in a worker so that the page stays quick. Rejects when ELK cannot lay the graph out. */
export async function computeLayout(topology: Topology): Promise<ReadonlyMap<string, Position>> {
  // Made at the first use: the worker is larger than the rest of the canvas, and a small lab may never need it.
  elk ??= new ELK({ workerFactory: () => new ElkWorker() });
  const rings = leafRings(topology);
  return positionsOf(await elk.layout(elkGraph(topology, rings)), rings);
}
