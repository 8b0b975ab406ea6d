import type { ObservedBeyond, ObservedInterface } from '@vethlab/observed';
import type { LookedInto } from '../look.js';
import { nameIn } from './name-in.js';

/** Entries of ARP and NDP that are for good (`ip neigh add`): the kernel makes none of these by itself. */
export function lookAtNeighbours(
  { socket }: LookedInto,
  interfaces: readonly ObservedInterface[],
): readonly ObservedBeyond[] {
  return socket
    .neighbours()
    .filter(({ state }) => state === 'permanent')
    .map(({ address, ifindex, mac }) => {
      const words = [address, 'dev', nameIn(interfaces, ifindex), ...(mac === null ? [] : ['lladdr', mac])];
      return { kind: 'neighbour', text: words.join(' ') };
    });
}
