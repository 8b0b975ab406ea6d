import { type OutsideAddresses, outsideAddresses, UPLINK } from '@vethlab/topology';
import type { WayOutWish } from '../plan.js';

/** The namespaces that a way out joins, as files. */
export interface WayOutPlace {
  readonly network: string;
  /** The user namespace that pasta becomes a part of; null: that of whoever starts it. */
  readonly user: string | null;
}

/** A namespace with an interface of pasta's. */
export interface PastaEnd {
  readonly place: WayOutPlace;
  readonly ifname: string;
  readonly addresses: Omit<OutsideAddresses, 'nameServer'>;
}

/** What pasta is told where it is the way out of a node by itself, as a person would type it. */
export function wayOutArguments(wish: Omit<WayOutWish, 'namespace'>, place: WayOutPlace): readonly string[] {
  const addresses = outsideAddresses(wish.subnet);
  return pastaArguments(wish, { place, ifname: UPLINK, addresses });
}

/**
 * What pasta is told, passt(1), to connect a namespace to the machine's network. Closed are the machine's loopback (`--no-map-gw`; `--tcp-ns` opens
 * single ports on the loopback of the namespace), and everything that would let somebody in.
 */
export function pastaArguments(
  { subnet, hostPorts }: Omit<WayOutWish, 'namespace'>,
  { place, ifname, addresses }: PastaEnd,
): readonly string[] {
  const { gateway, node, prefixLength, gateway6, node6 } = addresses;
  return [
    '--quiet',
    '--config-net',
    '--no-map-gw',
    '--no-netns-quit',
    ...['--ns-ifname', ifname],
    ...['--address', node, '--netmask', String(prefixLength), '--gateway', gateway],
    ...['--address', node6, '--gateway', gateway6],
    ...['--dns-forward', outsideAddresses(subnet).nameServer],
    ...['--tcp-ports', 'none', '--udp-ports', 'none', '--udp-ns', 'none'],
    ...['--tcp-ns', hostPorts.length === 0 ? 'none' : hostPorts.join(',')],
    // Root becomes nobody otherwise, who may not enter a namespace of root's.
    ...(place.user === null ? ['--runas', '0', '--netns-only'] : ['--userns', place.user]),
    ...['--netns', place.network],
  ];
}
