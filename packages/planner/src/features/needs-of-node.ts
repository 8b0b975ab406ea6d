import type { Node } from '@vethlab/topology';
import { deviceNeeds, vrfNeeds } from './device-needs.js';
import type { FeatureNeed } from './feature-need.js';
import { impairmentNeeds } from './impairment-needs.js';
import { rulesNeeds } from './rules-needs.js';
import { vlanNeeds } from './vlan-needs.js';
import { wayOutNeeds } from './way-out-needs.js';

/** Every part of a node that not every kernel can do says here what it needs. */
const rules: readonly ((node: Node) => FeatureNeed[])[] = [
  impairmentNeeds,
  deviceNeeds,
  vrfNeeds,
  rulesNeeds,
  vlanNeeds,
  wayOutNeeds,
];

const none: readonly FeatureNeed[] = [];
/** Documents share the nodes that an edit did not touch. */
const remembered = new WeakMap<Node, readonly FeatureNeed[]>();

/** What a node asks of kernel and machine beyond what every kernel has; in most labs nothing. */
export function needsOfNode(node: Node): readonly FeatureNeed[] {
  let needs = remembered.get(node);
  if (needs === undefined) {
    const found = rules.flatMap((rule) => rule(node));
    needs = found.length === 0 ? none : found;
    remembered.set(node, needs);
  }
  return needs;
}
