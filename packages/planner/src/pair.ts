import type { ObservedInterface } from '@vethlab/observed';

/**
 * Whether two interfaces are the ends of one veth pair. An end whose peer cannot be told (its namespace has no id there)
 * is believed when the other end names it.
 */
export function isPair(nearHome: string, near: ObservedInterface, farHome: string, far: ObservedInterface): boolean {
  if (near.type !== 'veth' || far.type !== 'veth' || (near.peer === null && far.peer === null)) return false;
  return leadsTo(near, farHome, far.ifname) && leadsTo(far, nearHome, near.ifname);
}

function leadsTo({ peer }: ObservedInterface, namespace: string, ifname: string): boolean {
  return peer === null || (peer.namespace === namespace && peer.ifname === ifname);
}
