import type { Node } from '@vethlab/topology';
import type { FeatureNeed } from './feature-need.js';

/** A way out is a program of the machine, and rules of nf_tables in the node. Without one of them the node is the router that it is besides. */
export function wayOutNeeds(node: Node): FeatureNeed[] {
  if (node.kind !== 'internet') return [];
  return (['way-out', 'nft'] as const).map((feature) => ({
    feature,
    path: ['kind'],
    what: 'the way out',
    without: asRouter,
  }));
}

function asRouter({ subnet: _, hostPorts: __, ...rest }: Node): Node {
  return { ...rest, kind: 'router' };
}
