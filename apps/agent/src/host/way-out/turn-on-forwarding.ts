import { readdirSync } from 'node:fs';
import { NetlinkError, readSysctl, writeSysctl } from '@vethlab/netlink';
import type { ForwardingJournal } from './forwarding-journal.js';

const ipv6Folder = '/proc/sys/net/ipv6/conf';

/**
 * Lets the machine forward between a way out and the interfaces that lead to the world, and nowhere else as far as the kernel can tell them apart: IPv4 has a
 * switch for each interface, IPv6 from Linux 6.17 on (`force_forwarding`). Before that, IPv6 has one for all, by which the machine becomes a router that
 * takes its own default route from no router any more, unless `accept_ra` is 2 (ip-sysctl.rst): that is set first.
 * @param ours the interface of the way out, which ends with it
 */
export function turnOnForwarding(
  journal: ForwardingJournal,
  ours: string,
  outward: readonly string[],
  { ipv6 }: { readonly ipv6: boolean },
): void {
  writeSysctl(null, `net/ipv4/conf/${ours}/forwarding`, '1');
  for (const ifname of outward) journal.turn(`net/ipv4/conf/${ifname}/forwarding`, '1');
  if (!ipv6) return;
  if (has(`net/ipv6/conf/${ours}/force_forwarding`)) {
    writeSysctl(null, `net/ipv6/conf/${ours}/force_forwarding`, '1');
    for (const ifname of outward) journal.turn(`net/ipv6/conf/${ifname}/force_forwarding`, '1');
    return;
  }
  if (readSysctl(null, 'net/ipv6/conf/all/forwarding') !== '0') return;
  for (const ifname of outward) {
    const key = `net/ipv6/conf/${ifname}/accept_ra`;
    if (readSysctl(null, key) === '1') journal.turn(key, '2');
  }
  for (const conf of readdirSync(ipv6Folder)) {
    const key = `net/ipv6/conf/${conf}/forwarding`;
    if (conf !== 'all' && readSysctl(null, key) === '1') journal.remember(key, '1');
  }
  journal.turn('net/ipv6/conf/all/forwarding', '1');
}

function has(key: string): boolean {
  try {
    readSysctl(null, key);
    return true;
  } catch (error) {
    if (error instanceof NetlinkError && error.code === 'ENOENT') return false;
    throw error;
  }
}
