import type { LiveSysctl } from '@vethlab/protocol';

/** What a router is, and a lab says. */
const forwardingKeys: ReadonlySet<string> = new Set(['net.ipv4.ip_forward', 'net.ipv6.conf.all.forwarding']);

/** Duplicate address detection is switched off in every node of a lab, and so in the scripts that it exports (decision 0010). */
const ours = /^net\.ipv6\.conf\..*\.accept_dad$/;

/** Kernel: forwarding switches this off (inet_forward_change in net/ipv4/devinet.c). */
const goesWithForwarding = 'net.ipv4.conf.all.accept_redirects';

/**
 * Sysctls that are not as in a new namespace, but for forwarding, which a lab holds (of a node; the root namespace is none). What is set for
 * all interfaces is told once.
 */
export function sysctlsByHand(isRoot: boolean, rows: readonly LiveSysctl[]): readonly LiveSysctl[] {
  const values = new Map(rows.map(({ key, value }) => [key, value]));
  return rows.filter(({ key, ifname, value, fresh }) => {
    if (fresh === null || ours.test(key)) return false;
    // One that forwards and the others do not, or the other way round: what a new one has says nothing of it.
    if (ifname !== null && key.endsWith('.forwarding')) return values.get(forAll(key, ifname)) !== value;
    if (value === fresh) return false;
    if (key === goesWithForwarding && values.get('net.ipv4.ip_forward') === '1') return false;
    if (ifname === null) return isRoot || !forwardingKeys.has(key);
    return values.get(forAll(key, ifname)) !== value;
  });
}

/** The setting that the kernel passes on to the interface. */
function forAll(key: string, ifname: string): string {
  const all = key.replace(`.conf.${ifname.replaceAll('.', '/')}.`, '.conf.all.');
  return all === 'net.ipv4.conf.all.forwarding' ? 'net.ipv4.ip_forward' : all;
}
