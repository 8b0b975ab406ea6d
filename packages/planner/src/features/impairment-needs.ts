import type { Impairment, Node } from '@vethlab/topology';
import type { FeatureNeed } from './feature-need.js';

/** What netem alone can do, with its key in the lab file and its word. */
const byNetem = {
  delayMs: ['delay', 'delay'],
  jitterMs: ['jitter', 'jitter'],
  lossPercent: ['loss', 'loss'],
  duplicatePercent: ['duplicate', 'duplication'],
  reorderPercent: ['reorder', 'reordering'],
  corruptPercent: ['corrupt', 'corruption'],
} as const satisfies Partial<Record<keyof Impairment, readonly [string, string]>>;

type NetemField = keyof typeof byNetem;
const netemFields = Object.keys(byNetem) as readonly NetemField[];

/** A rate is held by a token bucket, so it works where netem is missing; everything else is netem's. */
export function impairmentNeeds(node: Node): FeatureNeed[] {
  const needs: FeatureNeed[] = [];
  for (const [ifname, { impairment }] of Object.entries(node.interfaces)) {
    if (impairment === undefined) continue;
    const path = ['interfaces', ifname, 'impairment'];
    for (const field of netemFields) {
      if (impairment[field] === undefined) continue;
      const [key, word] = byNetem[field];
      const without = (from: Node) => withoutFields(from, ifname, [field]);
      needs.push({ feature: 'netem', path: [...path, key], what: `the ${word} of ${ifname}`, without });
    }
    if (impairment.rateBitsPerSecond !== undefined) {
      const without = (from: Node) => withoutFields(from, ifname, ['rateBitsPerSecond', 'limitPackets']);
      needs.push({ feature: 'tbf', path: [...path, 'rate'], what: `the rate of ${ifname}`, without });
    } else if (impairment.limitPackets !== undefined) {
      const without = (from: Node) => withoutFields(from, ifname, ['limitPackets']);
      needs.push({ feature: 'netem', path: [...path, 'limit'], what: `the queue limit of ${ifname}`, without });
    }
  }
  return needs;
}

function withoutFields(node: Node, ifname: string, fields: readonly (keyof Impairment)[]): Node {
  const found = node.interfaces[ifname];
  if (found?.impairment === undefined) return node;
  const left = Object.entries(found.impairment).filter(([field]) => !fields.includes(field as keyof Impairment));
  const { impairment: _, ...rest } = found;
  const changed = left.length === 0 ? rest : { ...rest, impairment: Object.fromEntries(left) };
  return { ...node, interfaces: { ...node.interfaces, [ifname]: changed } };
}
