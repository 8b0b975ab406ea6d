import type { ObservedBeyond, ObservedInterface } from '@vethlab/observed';
import type { LabNamespace } from '../../kernel/namespaces.js';
import { hasForeignMac, lookAtFdb } from './fdb.js';
import { lookAtNeighbours } from './neighbours.js';
import { type BeyondPart, beyondParts, partsOf } from './parts.js';
import { lookAtPolicy } from './policy.js';
import { lookAtSysctls } from './sysctls.js';
import { lookAtTables } from './tables.js';

/** Of each part; more would not be read, and the live tab has all. */
const mostTold = 50;
/** One object, so that what is remembered by identity stays. */
const nothing: readonly ObservedBeyond[] = [];

export interface BeyondWish {
  /** What was known of the namespace. */
  readonly known: readonly ObservedBeyond[];
  /** Of what there is a sign. */
  readonly parts: ReadonlySet<BeyondPart>;
  /** Of entries that a forwarding table was given to last. */
  readonly lastingMacs: ReadonlySet<string>;
  /** All interfaces of the namespace; only asked for when something is to be read. */
  readonly interfaces: () => readonly ObservedInterface[];
}

/**
 * What somebody made in a namespace that no document can say: what there is a sign of, and with every look what is known, since the kernel
 * drops it in silence with an interface or an address.
 */
export function lookBeyond(namespace: LabNamespace, wish: BeyondWish): readonly ObservedBeyond[] {
  const parts = new Set([...wish.parts, ...partsOf(wish.known)]);
  if (parts.size === 0 && wish.lastingMacs.size === 0) return nothing;
  const interfaces = wish.interfaces();
  if (!parts.has('fdb') && hasForeignMac(wish.lastingMacs, interfaces)) parts.add('fdb');
  const look: Readonly<Record<BeyondPart, () => readonly ObservedBeyond[]>> = {
    policy: () => lookAtPolicy(namespace, interfaces),
    neighbours: () => lookAtNeighbours(namespace, interfaces),
    fdb: () => lookAtFdb(namespace, interfaces),
    tables: () => lookAtTables(namespace),
    sysctls: () => lookAtSysctls(namespace),
  };
  return beyondParts.filter((part) => parts.has(part)).flatMap((part) => look[part]().slice(0, mostTold));
}
