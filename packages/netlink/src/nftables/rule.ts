/** What a packet must be for a rule to act on it: everything that is named. Text as people write it. */
export interface NftMatch {
  /** Interface that it came in by. */
  readonly in?: string;
  /** Interface that it leaves by. */
  readonly out?: string;
  readonly family?: 'ipv4' | 'ipv6';
  /** Source: an address, or a network as `address/prefix`. */
  readonly from?: string;
  /** Destination. */
  readonly to?: string;
  readonly protocol?: 'tcp' | 'udp' | 'icmp' | 'icmpv6';
  /** Destination port. */
  readonly port?: number;
  /** What conntrack knows of the connection: one of these. */
  readonly state?: readonly NftState[];
}

export type NftState = 'new' | 'established' | 'related' | 'invalid' | 'untracked';

export type NftAction =
  | { readonly kind: 'accept' | 'drop' | 'masquerade' }
  /** Answered as a closed port is. */
  | { readonly kind: 'reject' }
  | { readonly kind: 'snat'; readonly to: string }
  | { readonly kind: 'dnat'; readonly to: string; readonly port?: number };

export interface NftRule {
  readonly match: NftMatch;
  readonly action: NftAction;
}

/** A chain that hangs on a hook of netfilter. */
export interface NftBaseChain {
  readonly type: 'filter' | 'nat';
  readonly hook: NftHook;
  readonly priority: number;
  readonly policy: 'accept' | 'drop';
}

export type NftHook = 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting';

/** A chain to be made. */
export interface NftChainSpec extends NftBaseChain {
  readonly name: string;
  readonly rules: readonly NftRule[];
  /** What a refusal is to call each of them. Absent: `rule 3 of forward`, counted in this chain. */
  readonly names?: readonly string[];
}

/** A table of the family `inet`, for IPv4 and IPv6 alike. */
export interface NftTableSpec {
  readonly name: string;
  readonly chains: readonly NftChainSpec[];
}

/** A chain as the kernel has it. */
export interface NftChain {
  /** `ip`, `ip6`, `inet`, `bridge`, `arp`, `netdev`, or a number in text. */
  readonly family: string;
  readonly table: string;
  readonly name: string;
  /** Null: it hangs on no hook, or on one that is no `NftHook`. */
  readonly base: NftBaseChain | null;
  /** Whether it hangs on some hook. */
  readonly isBase: boolean;
  readonly rules: readonly NftFoundRule[];
}

/** A rule as the kernel has it. */
export interface NftFoundRule {
  readonly handle: number;
  /** Null: it does more than an `NftRule` can say. */
  readonly rule: NftRule | null;
  /** Null: it does not count. */
  readonly counter: { readonly packets: number; readonly bytes: number } | null;
}
