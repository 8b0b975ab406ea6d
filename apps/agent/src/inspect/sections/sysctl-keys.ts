/** A sysctl below /proc/sys/net, by the parts of its path. `*` stands for every interface. */
export type SysctlPath = readonly string[];

/** Those of the namespace as a whole (Documentation/networking/ip-sysctl.rst). */
export const namespaceKeys: readonly SysctlPath[] = [
  ['ipv4', 'ip_forward'],
  ['ipv6', 'conf', 'all', 'forwarding'],
  ['ipv4', 'conf', 'all', 'rp_filter'],
  ['ipv4', 'conf', 'all', 'arp_ignore'],
  ['ipv4', 'conf', 'all', 'arp_announce'],
  ['ipv4', 'conf', 'all', 'arp_filter'],
  ['ipv4', 'conf', 'all', 'proxy_arp'],
  ['ipv4', 'conf', 'all', 'accept_redirects'],
  ['ipv4', 'conf', 'all', 'send_redirects'],
  ['ipv4', 'conf', 'all', 'accept_local'],
  ['ipv4', 'conf', 'all', 'route_localnet'],
  ['ipv4', 'conf', 'all', 'log_martians'],
  ['ipv4', 'conf', 'default', 'rp_filter'],
  ['ipv6', 'conf', 'all', 'disable_ipv6'],
  ['ipv6', 'conf', 'default', 'disable_ipv6'],
  ['ipv6', 'conf', 'all', 'accept_ra'],
  ['ipv6', 'conf', 'default', 'accept_ra'],
  ['ipv6', 'conf', 'default', 'accept_dad'],
  ['ipv6', 'conf', 'all', 'proxy_ndp'],
  ['ipv4', 'icmp_echo_ignore_all'],
  ['ipv4', 'icmp_echo_ignore_broadcasts'],
  ['ipv6', 'icmp', 'echo_ignore_all'],
  ['ipv4', 'ip_default_ttl'],
  ['ipv4', 'ip_nonlocal_bind'],
  ['ipv4', 'ip_unprivileged_port_start'],
  ['ipv4', 'ip_local_port_range'],
  ['ipv4', 'ping_group_range'],
  ['ipv4', 'fib_multipath_hash_policy'],
  ['ipv4', 'tcp_syncookies'],
  ['ipv4', 'tcp_congestion_control'],
  ['netfilter', 'nf_conntrack_count'],
  ['netfilter', 'nf_conntrack_max'],
];

/** Those that every interface has for itself. */
export const interfaceKeys: readonly SysctlPath[] = [
  ['ipv4', 'conf', '*', 'forwarding'],
  ['ipv4', 'conf', '*', 'rp_filter'],
  ['ipv4', 'conf', '*', 'arp_ignore'],
  ['ipv4', 'conf', '*', 'arp_announce'],
  ['ipv4', 'conf', '*', 'proxy_arp'],
  ['ipv6', 'conf', '*', 'disable_ipv6'],
  ['ipv6', 'conf', '*', 'forwarding'],
  ['ipv6', 'conf', '*', 'accept_ra'],
  ['ipv6', 'conf', '*', 'accept_dad'],
  ['ipv6', 'conf', '*', 'autoconf'],
];

/** As sysctl(8) takes it: dots between the parts, and a slash for a dot inside one. */
export function keyOf(path: SysctlPath): string {
  return ['net', ...path.map((part) => part.replaceAll('.', '/'))].join('.');
}
