import type { ObservedInterface } from '@vethlab/observed';

/** `if7` for an interface that is not there any more, as iproute2 writes it. */
export function nameIn(interfaces: readonly ObservedInterface[], ifindex: number): string {
  return interfaces.find((one) => one.ifindex === ifindex)?.ifname ?? `if${ifindex}`;
}
