import type { LiveProblem } from './live-reading.js';

/** Packet filters and address translation of a namespace, whoever made them. For reading only: the texts are never replayed. */
export interface LiveFirewall {
  readonly tables: readonly FirewallTable[];
  /** How many rules there are; at most `liveRowsMax` are sent. */
  readonly total: number;
  readonly problem: LiveProblem | null;
}

export interface FirewallTable {
  /** Who keeps it: nftables, or one of the iptables that are told in their own words. */
  readonly source: 'nft' | 'iptables' | 'ip6tables' | 'iptables-legacy' | 'ip6tables-legacy';
  /** `inet`, `ip`, `ip6`, `bridge`, `arp`, `netdev`. */
  readonly family: string;
  readonly name: string;
  readonly chains: readonly FirewallChain[];
  readonly sets: readonly FirewallSet[];
}

export interface FirewallChain {
  readonly name: string;
  /** `nat postrouting, priority 100`; null for a chain that only others jump to. */
  readonly hook: string | null;
  readonly policy: string | null;
  readonly rules: readonly FirewallRule[];
}

export interface FirewallRule {
  /** Unique in its chain and steady while the rule is there: nft's handle, or the place in the list. */
  readonly key: string;
  /** As nft or iptables writes it, without its counter. */
  readonly text: string;
  readonly comment: string | null;
  /** Null: the rule does not count. */
  readonly packets: number | null;
  readonly bytes: number | null;
}

/** A named set, map or counter that rules refer to. */
export interface FirewallSet {
  readonly name: string;
  readonly kind: 'set' | 'map' | 'counter';
  /** `ipv4_addr`, `3 packets, 180 bytes`. */
  readonly what: string;
  /** Elements in it; null for a counter. */
  readonly size: number | null;
}
