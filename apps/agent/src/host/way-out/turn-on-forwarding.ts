import { readdirSync } from 'node:fs';
import { NetlinkError, readSysctl, writeSysctl } from '@vethlab/netlink';
import type { TurnedOn } from '@vethlab/planner';
import type { ForwardingJournal } from './forwarding-journal.js';

const ipv6Folder = '/proc/sys/net/ipv6/conf';

/** Whoever has the machine forward IPv4 turns this one, ip-sysctl.rst: it sets those of all interfaces. */
const allIpv4 = 'net/ipv4/conf/all/forwarding';
const allIpv6 = 'net/ipv6/conf/all/forwarding';

/** `net/ipv4/conf/IFNAME/forwarding` and the like: the interface is the only part that differs. */
const keyPattern = /^net\/(ipv4|ipv6)\/conf\/([^/]+)\/(forwarding|force_forwarding)$/;

/**
 * Lets the machine forward what arrives by a way out and by the interfaces that lead to the world. IPv4 has a switch for each interface; IPv6 has from Linux
 * 6.17 on (`force_forwarding`). Before that it has one for all, by which the machine becomes a router that takes its own default route from no router
 * any more, unless `accept_ra` is 2 (ip-sysctl.rst): that is set first. What more this would let through, `lanChains` holds back.
 * @param ours the interface of the way out, which ends with it
 */
export function turnOnForwarding(
  journal: ForwardingJournal,
  ours: string,
  outward: readonly string[],
  { ipv6 }: { readonly ipv6: boolean },
): void {
  writeSysctl(null, `net/ipv4/conf/${ours}/forwarding`, '1');
  for (const ifname of outward) journal.turn(`net/ipv4/conf/${ifname}/forwarding`, '1', allIpv4);
  if (!ipv6) return;
  if (readIfThere(`net/ipv6/conf/${ours}/force_forwarding`) !== null) {
    writeSysctl(null, `net/ipv6/conf/${ours}/force_forwarding`, '1');
    for (const ifname of outward) journal.turn(`net/ipv6/conf/${ifname}/force_forwarding`, '1');
    return;
  }
  if (readSysctl(null, allIpv6) !== '0') return;
  for (const ifname of outward) {
    const key = `net/ipv6/conf/${ifname}/accept_ra`;
    if (readIfThere(key) === '1') journal.turn(key, '2');
  }
  for (const conf of readdirSync(ipv6Folder)) {
    const key = `net/ipv6/conf/${conf}/forwarding`;
    if (conf !== 'all' && conf !== ours && readIfThere(key) === '1') journal.remember(key, '1');
  }
  journal.turn(allIpv6, '1');
}

/** What the machine forwards because of us. */
export function turnedOn(journal: ForwardingJournal, ways: readonly string[]): TurnedOn {
  const ours = journal.ours();
  const named = (family: 'ipv4' | 'ipv6', isRemembered: boolean) =>
    ours.flatMap(({ key, was, set }) => {
      const [, of, ifname = ''] = keyPattern.exec(key) ?? [];
      return of === family && ifname !== 'all' && (was === set) === isRemembered ? [ifname] : [];
    });
  const isAllIpv6 = ours.some(({ key }) => key === allIpv6);
  const allBut = named('ipv6', true).filter((ifname) => ifname !== 'default');
  return { ways, ipv4: named('ipv4', false), ipv6: isAllIpv6 ? { allBut } : named('ipv6', false) };
}

/** Null where there is no such switch: an older kernel, an interface that is gone, or one whose name no key of ours can have. */
function readIfThere(key: string): string | null {
  try {
    return readSysctl(null, key);
  } catch (error) {
    if (error instanceof RangeError || (error instanceof NetlinkError && error.code === 'ENOENT')) return null;
    throw error;
  }
}
