import type { ObservedInterface, Operstate } from '@vethlab/observed';
import type { LiveFirewall } from './live-firewall.js';

/** Why a section could not be read, and what helps: nft is not installed, say. */
export interface LiveProblem {
  readonly reason: string;
  readonly remedy: string;
}

/** Rows of a section. At most `liveRowsMax` are sent; `total` says how many there are. */
export interface LiveList<Row> {
  readonly total: number;
  readonly rows: readonly Row[];
  readonly problem: LiveProblem | null;
}

/** Rows of one section that are sent: more than a person reads, and few enough for one message. */
export const liveRowsMax = 500;

/** Characters of one text of the kernel or of nft; longer ones end in an ellipsis. */
export const liveTextMax = 1_000;

/** A network device, with its three states apart. */
export interface LiveInterface {
  readonly ifindex: number;
  readonly ifname: string;
  /** `veth`, `bridge`, `loopback` …; `other` for what has no kind. */
  readonly type: string;
  readonly up: boolean;
  readonly carrier: boolean;
  readonly operstate: Operstate;
  /** Bytes. */
  readonly mtu: number;
  readonly mac: string | null;
  readonly master: string | null;
  readonly portState: ObservedInterface['portState'];
  /** The other end of a veth pair, as `namespace:ifname`. */
  readonly peer: string | null;
  readonly qdisc: string | null;
}

/** Totals of an interface since it was made, and its rates over the last reading (null in the first one). */
export interface LiveCounters {
  readonly ifindex: number;
  readonly ifname: string;
  readonly rxBytes: number;
  readonly txBytes: number;
  readonly rxPackets: number;
  readonly txPackets: number;
  readonly rxErrors: number;
  readonly txErrors: number;
  readonly rxDropped: number;
  readonly txDropped: number;
  readonly rxBitsPerSecond: number | null;
  readonly txBitsPerSecond: number | null;
  readonly rxPacketsPerSecond: number | null;
  readonly txPacketsPerSecond: number | null;
}

export interface LiveAddress {
  readonly ifname: string;
  readonly family: 4 | 6;
  /** With prefix length. */
  readonly address: string;
  readonly peer: string | null;
  readonly scope: string;
  readonly tentative: boolean;
  readonly dadFailed: boolean;
  /** Link-local and loopback addresses, and those of router advertisements. */
  readonly kernelMade: boolean;
  /** Not learnt with a lifetime. */
  readonly permanent: boolean;
}

export interface LiveNexthop {
  readonly via: string | null;
  readonly dev: string | null;
  readonly weight: number;
  readonly linkDown: boolean;
}

export interface LiveRoute {
  readonly family: 4 | 6;
  readonly table: number;
  /** As `ip route` writes it: `main`, `local`, or the number. */
  readonly tableName: string;
  /** `unicast`, `local`, `broadcast`, `blackhole` … */
  readonly type: string;
  /** `default` or with prefix length. */
  readonly to: string;
  readonly via: string | null;
  readonly dev: string | null;
  readonly metric: number;
  /** As `ip route` writes it: `kernel`, `boot`, `static`, or the number. */
  readonly protocol: string;
  readonly scope: string;
  /** Preferred source address. */
  readonly source: string | null;
  /** The ways out of a multipath route; empty for all others. */
  readonly nexthops: readonly LiveNexthop[];
  /** Made by the kernel by itself: connected routes, the local table. */
  readonly kernelMade: boolean;
  /** It exists and is not used: the interface has no carrier. */
  readonly linkDown: boolean;
}

export interface LiveRule {
  readonly family: 4 | 6;
  readonly priority: number;
  /** Which packets, as `ip rule` writes it: `from 10.0.0.0/24 fwmark 0x1`. */
  readonly selector: string;
  /** What with them: `lookup main`, `blackhole`. */
  readonly action: string;
  /** One of those that every namespace begins with. */
  readonly kernelMade: boolean;
}

export interface LiveNeighbour {
  readonly family: 4 | 6;
  readonly address: string;
  readonly ifname: string;
  readonly mac: string | null;
  /** `reachable`, `stale`, `failed` … */
  readonly state: string;
  /** It announced itself as a router. */
  readonly router: boolean;
}

export interface LiveSysctl {
  /** As sysctl(8) takes it, with dots; dots in an interface's name are written as slashes. */
  readonly key: string;
  /** Null for those of the namespace as a whole. */
  readonly ifname: string | null;
  readonly value: string;
  /** What a new namespace on this machine has; null when it has no such key. */
  readonly fresh: string | null;
}

export interface LiveSocket {
  /** `tcp`, `tcp6`, `udp`, `udp6`, `raw`, `raw6`, `icmp`, `icmp6`, `packet`, `unix`. */
  readonly protocol: string;
  /** `listen`, `established` …; `open` for what has no connections. */
  readonly state: string;
  /** `10.0.0.1:80`, `[::]:80`, `*:80`; a path or `@name` for unix sockets; an interface for packet sockets. */
  readonly local: string;
  readonly remote: string | null;
  readonly uid: number;
  /** Bytes that wait: received and not read, or sent and not acknowledged. */
  readonly rxQueueBytes: number;
  readonly txQueueBytes: number;
  readonly inode: number;
  /** Null when nobody was found, or nobody holds it any more. */
  readonly owner: { readonly pid: number; readonly name: string } | null;
}

/** An entry of a bridge's forwarding table. */
export interface LiveFdbEntry {
  readonly mac: string;
  readonly ifname: string;
  /** The bridge it belongs to; null for an interface's own list of addresses it listens to. */
  readonly bridge: string | null;
  readonly vlan: number | null;
  /** `learned`, `permanent`, `static`. */
  readonly state: string;
}

/** What a rule of the lab's own table has counted. */
export interface LiveCount {
  readonly chain: string;
  /** Place in its chain, from 0. */
  readonly index: number;
  readonly packets: number;
  readonly bytes: number;
}

/** A connection that conntrack knows, and what becomes of its addresses. */
export interface LiveConnection {
  /** `tcp`, `udp`, `icmp`, or a number. */
  readonly protocol: string;
  /** Who began it, with the port: `10.1.0.2:40000`, `[2001:db8::1]:80`. */
  readonly from: string;
  readonly to: string;
  /** Who answers, and whom: the other way round, unless addresses are translated. */
  readonly replyFrom: string;
  readonly replyTo: string;
  readonly translated: 'source' | 'destination' | 'both' | null;
  /** `ESTABLISHED` …, `answered` or `not answered`. */
  readonly state: string;
}

/** Sections by their names; those that were not asked for, or have not changed, are absent. */
export interface LivePieces {
  readonly interfaces?: LiveList<LiveInterface>;
  readonly counters?: LiveList<LiveCounters>;
  readonly addresses?: LiveList<LiveAddress>;
  readonly routes?: LiveList<LiveRoute>;
  readonly rules?: LiveList<LiveRule>;
  readonly neighbours?: LiveList<LiveNeighbour>;
  readonly firewall?: LiveFirewall;
  readonly sysctls?: LiveList<LiveSysctl>;
  readonly sockets?: LiveList<LiveSocket>;
  readonly fdb?: LiveList<LiveFdbEntry>;
  readonly counted?: LiveList<LiveCount>;
  readonly connections?: LiveList<LiveConnection>;
}

/** One look at a namespace. */
export interface LiveReading {
  readonly node: string;
  /** False: there is no namespace of this name now, and no pieces. */
  readonly present: boolean;
  readonly pieces: LivePieces;
}
