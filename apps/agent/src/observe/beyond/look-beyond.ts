import type { ObservedBeyond, ObservedInterface } from '@vethlab/observed';
import type { LabNamespace } from '../../kernel/namespaces.js';
import { lookAtFdb } from './fdb.js';
import { lookAtNeighbours } from './neighbours.js';
import type { BeyondPart } from './parts.js';
import { lookAtPolicy } from './policy.js';
import { lookAtSysctls } from './sysctls.js';

/** Of each part; more would not be read, and the live tab has all. */
const mostTold = 50;

export interface BeyondWish {
  readonly parts: ReadonlySet<BeyondPart>;
  /** All of the namespace. */
  readonly interfaces: readonly ObservedInterface[];
}

/** What somebody made in a namespace that no document can say, as far as it is asked for. */
export function lookBeyond(namespace: LabNamespace, { parts, interfaces }: BeyondWish): readonly ObservedBeyond[] {
  const look: Readonly<Record<BeyondPart, () => readonly ObservedBeyond[]>> = {
    policy: () => lookAtPolicy(namespace, interfaces),
    neighbours: () => lookAtNeighbours(namespace, interfaces),
    fdb: () => lookAtFdb(namespace, interfaces),
    sysctls: () => lookAtSysctls(namespace),
  };
  const asked = (Object.keys(look) as BeyondPart[]).filter((part) => parts.has(part));
  return asked.flatMap((part) => look[part]().slice(0, mostTold));
}
