import type { Topology } from '@vethlab/topology';

/** What is drawn before the first snapshot has come. */
export const emptyLab: Topology = { vethlab: 1, name: '', nodes: {}, links: [], probes: [], canvas: { nodes: {} } };
