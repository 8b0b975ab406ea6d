import { existsSync } from 'node:fs';
import { type NamespaceHandle, writeSysctl } from '@vethlab/netlink';

/** False on a kernel that runs without IPv6 (ipv6.disable=1): there is nothing to detect. */
const hasIpv6 = existsSync('/proc/sys/net/ipv6');

/** Switches duplicate address detection off for the interfaces to come and for these (accept_dad, ip-sysctl). */
export function skipDad(namespace: NamespaceHandle, ifnames: readonly string[]): void {
  if (!hasIpv6) return;
  for (const name of ['default', ...ifnames]) writeSysctl(namespace, `net/ipv6/conf/${name}/accept_dad`, '0');
}
