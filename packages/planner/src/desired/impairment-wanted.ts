import type { Impairment, Interface } from '@vethlab/topology';
import { isNothing } from '../shaping/effect.js';

/** What is to be done to packets that leave an interface. A link that closes a loop of switches is never faster than its storm may be. */
export function impairmentWanted({ impairment }: Interface, loopRate: number | null): Impairment | null {
  if (loopRate === null) return impairment === undefined || isNothing(impairment) ? null : impairment;
  return { ...impairment, rateBitsPerSecond: Math.min(impairment?.rateBitsPerSecond ?? loopRate, loopRate) };
}
