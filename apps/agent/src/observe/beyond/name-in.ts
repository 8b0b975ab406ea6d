import type { ObservedInterface } from '@vethlab/observed';

/** LOOPBACK_IFINDEX (include/net/net_namespace.h); that of the root namespace is not among what is told. */
export const loopbackIfindex = 1;

/** `if7` for an interface that is not there any more, as iproute2 writes it. */
export function nameIn(interfaces: readonly ObservedInterface[], ifindex: number): string {
  const name = interfaces.find((one) => one.ifindex === ifindex)?.ifname;
  return name ?? (ifindex === loopbackIfindex ? 'lo' : `if${ifindex}`);
}
