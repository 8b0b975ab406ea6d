import { readdirSync } from 'node:fs';
import { NetlinkError, readSysctl } from '@vethlab/netlink';
import type { TurnedOn } from '@vethlab/planner';
import type { ForwardingJournal, Switch } from './forwarding-journal.js';

const ipv6Folder = '/proc/sys/net/ipv6/conf';

/** Whoever has the machine forward IPv4 turns this one, ip-sysctl.rst: it sets those of all interfaces. */
const allIpv4 = 'net/ipv4/conf/all/forwarding';
const allIpv6 = 'net/ipv6/conf/all/forwarding';

/** `net/ipv4/conf/IFNAME/forwarding` and the like: the interface is the only part that differs. */
const keyPattern = /^net\/(ipv4|ipv6)\/conf\/([^/]+)\/(forwarding|force_forwarding)$/;

/**
 * What lets the machine forward that arrives by a way out and by the interfaces that lead to the world. IPv4 has a switch for each interface; IPv6 has from Linux
 * 6.17 on (`force_forwarding`). Before that it has one for all, by which the machine becomes a router that takes its own default route from no router
 * any more, unless `accept_ra` is 2 (ip-sysctl.rst): that is set first. What more this would let through, `lanChains` holds back.
 * @param ours the interface of the way out, whose switches end with it
 */
export function forwardingSwitches(
  ours: string,
  outward: readonly string[],
  { ipv6 }: { readonly ipv6: boolean },
): { readonly own: readonly Switch[]; readonly machine: readonly Switch[] } {
  const own: Switch[] = [on(`net/ipv4/conf/${ours}/forwarding`)];
  const machine = outward.map((ifname) => on(`net/ipv4/conf/${ifname}/forwarding`, allIpv4));
  if (!ipv6) return { own, machine };
  if (readIfThere(`net/ipv6/conf/${ours}/force_forwarding`) !== null) {
    own.push(on(`net/ipv6/conf/${ours}/force_forwarding`));
    machine.push(...outward.map((ifname) => on(`net/ipv6/conf/${ifname}/force_forwarding`)));
  } else if (readSysctl(null, allIpv6) === '0') machine.push(...ofAllIpv6(ours, outward));
  return { own, machine };
}

function ofAllIpv6(ours: string, outward: readonly string[]): readonly Switch[] {
  const listening = outward
    .map((ifname) => `net/ipv6/conf/${ifname}/accept_ra`)
    .filter((key) => readIfThere(key) === '1')
    .map((key): Switch => ({ key, value: '2', witness: null }));
  const forwarding = readdirSync(ipv6Folder)
    .filter((conf) => conf !== 'all' && conf !== ours)
    .map((conf) => `net/ipv6/conf/${conf}/forwarding`)
    .filter((key) => readIfThere(key) === '1')
    .map((key): Switch => ({ key, value: '1', witness: 'remembered' }));
  return [...listening, ...forwarding, on(allIpv6)];
}

function on(key: string, witness: string | null = null): Switch {
  return { key, value: '1', witness };
}

/** What the machine forwards because of us, or is about to. */
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
