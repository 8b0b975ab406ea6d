/**
 * Rules of nf_tables as the kernel has them, whoever made them: Vethlab, nft or iptables. Only what a rule says, not how it is
 * written, and not what it has counted.
 */
export interface ObservedTable {
  /** `inet`, `ip`, `ip6`, `bridge` … */
  readonly family: string;
  readonly name: string;
  readonly chains: readonly ObservedChain[];
}

export interface ObservedChain {
  readonly name: string;
  /** Null: packets come to it from other chains only, or from a place that is none of these. */
  readonly base: {
    readonly type: 'filter' | 'nat';
    readonly hook: 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting';
    readonly priority: number;
    readonly policy: 'accept' | 'drop';
  } | null;
  /** Null: a rule that says more than `ObservedRule` can. */
  readonly rules: readonly (ObservedRule | null)[];
}

export interface ObservedRule {
  readonly match: {
    readonly in?: string;
    readonly out?: string;
    readonly family?: 'ipv4' | 'ipv6';
    /** An address, or a network as `address/prefix`. */
    readonly from?: string;
    readonly to?: string;
    readonly protocol?: 'tcp' | 'udp' | 'icmp' | 'icmpv6';
    readonly port?: number;
    readonly state?: readonly ('new' | 'established' | 'related' | 'invalid' | 'untracked')[];
  };
  readonly action:
    | { readonly kind: 'accept' | 'drop' | 'masquerade' }
    | { readonly kind: 'reject' }
    | { readonly kind: 'snat'; readonly to: string }
    | { readonly kind: 'dnat'; readonly to: string; readonly port?: number };
}

/** Whether two looks at the tables of a namespace say the same. */
export function sameTables(a: readonly ObservedTable[], b: readonly ObservedTable[]): boolean {
  // Both were read by the same reader, so their keys are in the same order.
  return a === b || (a.length === b.length && JSON.stringify(a) === JSON.stringify(b));
}
