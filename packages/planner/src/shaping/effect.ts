import type { ObservedInterface } from '@vethlab/observed';
import { type Impairment, impairmentFields } from '@vethlab/topology';
import { impairmentOf, qdiscOf, shapingOf } from './qdisc.js';

/** What is done to packets that leave an interface, as far as a document can say it; null: nothing, or what no document can say. */
export function effectOf({ shaping }: Pick<ObservedInterface, 'shaping'>): Impairment | null {
  if (shaping === undefined) return null;
  const impairment = impairmentOf(shaping);
  return isNothing(impairment) ? null : impairment;
}

/** Whether two impairments do the same to packets, whichever way the kernel is asked for it. */
export function sameEffect(a: Impairment | null, b: Impairment | null): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  const [first, second] = [settled(a), settled(b)];
  return impairmentFields.every((field) => first[field] === second[field]);
}

export function isNothing(impairment: Impairment): boolean {
  return impairmentFields.every((field) => impairment[field] === undefined);
}

/** As it is read back. */
function settled(impairment: Impairment): Impairment {
  return impairmentOf(shapingOf(qdiscOf(impairment)));
}
