import { outsideAddresses, UPLINK } from '@vethlab/topology';
import type { WayOutWish } from '../plan.js';

/** The namespaces that a way out joins, as files. */
export interface WayOutPlace {
  readonly network: string;
  /** The user namespace that owns it; null: that of whoever starts it. */
  readonly user: string | null;
}

/**
 * What pasta is told, passt(1), to be the way out of a namespace. Closed are the machine's loopback (`--no-map-gw`; `--tcp-ns` opens single ports on
 * the loopback of the namespace), and everything that would let somebody in.
 */
export function wayOutArguments(wish: Omit<WayOutWish, 'namespace'>, place: WayOutPlace): readonly string[] {
  const { gateway, node, nameServer, prefixLength, gateway6, node6 } = outsideAddresses(wish.subnet);
  return [
    '--quiet',
    '--config-net',
    '--no-map-gw',
    '--no-netns-quit',
    ...['--ns-ifname', UPLINK],
    ...['--address', node, '--netmask', String(prefixLength), '--gateway', gateway],
    ...['--address', node6, '--gateway', gateway6],
    ...['--dns-forward', nameServer],
    ...['--tcp-ports', 'none', '--udp-ports', 'none', '--udp-ns', 'none'],
    ...['--tcp-ns', wish.hostPorts.length === 0 ? 'none' : wish.hostPorts.join(',')],
    // Root becomes nobody otherwise, who may not enter a namespace of root's.
    ...(place.user === null ? ['--runas', '0', '--netns-only'] : ['--userns', place.user]),
    ...['--netns', place.network],
  ];
}
