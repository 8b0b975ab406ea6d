interface Words {
  readonly meaning: string;
  /** Words for its values. */
  readonly values?: Readonly<Record<string, string>>;
}

const switched = { '0': 'off', '1': 'on' } as const;

/** What each does, in a sentence (Documentation/networking/ip-sysctl.rst). Found by the last part of the key, with its family where the two differ. */
const words: ReadonlyMap<string, Words> = new Map<string, Words>([
  ['ip_forward', { meaning: 'Passes IPv4 packets on: makes a router', values: switched }],
  ['ipv4 forwarding', { meaning: 'Passes on IPv4 packets that come in here', values: switched }],
  ['ipv6 forwarding', { meaning: 'Passes IPv6 packets on: makes a router', values: switched }],
  [
    'rp_filter',
    {
      meaning: 'Drops packets whose sender would be answered another way; the larger of all and the interface counts',
      values: { '0': 'off', '1': 'strict', '2': 'loose' },
    },
  ],
  [
    'arp_ignore',
    {
      meaning: 'Which ARP questions are answered',
      values: { '0': 'for any local address', '1': 'for addresses of that interface', '2': 'same, and same subnet' },
    },
  ],
  [
    'arp_announce',
    {
      meaning: 'Which own address stands in ARP questions',
      values: { '0': 'any', '1': 'of the subnet, if possible', '2': 'the best for the target' },
    },
  ],
  ['arp_filter', { meaning: 'Answers ARP only where the answer would be routed', values: switched }],
  ['proxy_arp', { meaning: 'Answers ARP for addresses behind it', values: switched }],
  ['proxy_ndp', { meaning: 'Answers NDP for addresses behind it', values: switched }],
  ['accept_redirects', { meaning: 'Takes shorter routes from ICMP redirects', values: switched }],
  ['send_redirects', { meaning: 'Tells hosts of a shorter way', values: switched }],
  ['accept_local', { meaning: 'Takes packets that come from an own address', values: switched }],
  ['route_localnet', { meaning: 'Routes 127.0.0.0/8 as any other network', values: switched }],
  ['log_martians', { meaning: 'Logs packets with impossible addresses', values: switched }],
  ['disable_ipv6', { meaning: 'Switches IPv6 off', values: { '0': 'IPv6 on', '1': 'IPv6 off' } }],
  [
    'accept_ra',
    {
      meaning: 'Takes addresses and routes from router advertisements',
      values: { '0': 'off', '1': 'unless it forwards', '2': 'always' },
    },
  ],
  [
    'accept_dad',
    {
      meaning: 'Asks whether somebody has an IPv6 address before using it',
      values: { '-1': 'off', '0': 'off', '1': 'on', '2': 'on, and IPv6 off if so' },
    },
  ],
  ['autoconf', { meaning: 'Makes addresses from advertised prefixes', values: switched }],
  ['icmp_echo_ignore_all', { meaning: 'Answers no ping', values: switched }],
  ['echo_ignore_all', { meaning: 'Answers no ping over IPv6', values: switched }],
  ['icmp_echo_ignore_broadcasts', { meaning: 'Answers no ping to a broadcast address', values: switched }],
  ['ip_default_ttl', { meaning: 'Hops that a packet may make' }],
  ['ip_nonlocal_bind', { meaning: 'Programs may use addresses that are not there', values: switched }],
  ['ip_unprivileged_port_start', { meaning: 'Ports from here on need no privileges' }],
  ['ip_local_port_range', { meaning: 'Ports for outgoing connections' }],
  ['ping_group_range', { meaning: 'Groups that may ping without privileges' }],
  [
    'fib_multipath_hash_policy',
    {
      meaning: 'What decides the way among several',
      values: { '0': 'addresses', '1': 'addresses and ports', '2': 'inner addresses', '3': 'chosen fields' },
    },
  ],
  [
    'tcp_syncookies',
    { meaning: 'Keeps listening during a flood of SYNs', values: { '0': 'off', '1': 'when needed', '2': 'always' } },
  ],
  ['tcp_congestion_control', { meaning: 'How TCP finds its speed' }],
  ['nf_conntrack_count', { meaning: 'Connections that are tracked now' }],
  ['nf_conntrack_max', { meaning: 'Connections that can be tracked' }],
]);

function wordsOf(key: string): Words | undefined {
  const parts = key.split('.');
  const last = parts.at(-1) ?? '';
  return words.get(last) ?? words.get(`${parts[1] ?? ''} ${last}`);
}

export function meaningOf(key: string): string {
  return wordsOf(key)?.meaning ?? '';
}

export function valueWord(key: string, value: string): string {
  const values = wordsOf(key)?.values;
  return values !== undefined && Object.hasOwn(values, value) ? (values[value] ?? '') : '';
}
