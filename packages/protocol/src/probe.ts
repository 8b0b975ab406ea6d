import type { ProbeKey } from '@vethlab/topology';

/** What became of one echo request, and who said so. */
export type PingOutcome =
  | { readonly kind: 'reply'; readonly rttMs: number }
  /** Nothing came back in time. */
  | { readonly kind: 'timeout' }
  /** The sending node itself has no route (ENETUNREACH and the like). */
  | { readonly kind: 'no-route' }
  /** The sending node's own firewall does not let it out (EPERM). */
  | { readonly kind: 'refused' }
  /** ICMP destination unreachable; `from` is the node that said so, which may be the sender itself (ARP without answer). */
  | {
      readonly kind: 'unreachable';
      readonly from: string;
      readonly what: 'network' | 'host' | 'protocol' | 'port' | 'prohibited' | 'other';
    }
  /** ICMP time exceeded: usually a routing loop. */
  | { readonly kind: 'time-exceeded'; readonly from: string }
  /** The node is not in the kernel, or the send failed for another reason, in the kernel's words. */
  | { readonly kind: 'error'; readonly message: string };

export interface ProbeSample {
  readonly key: ProbeKey;
  /** Counted from 1, since the probe was started. */
  readonly sequence: number;
  readonly outcome: PingOutcome;
}

/** One cell of the reachability matrix: from a node to another node's address. */
export interface ReachCell {
  readonly from: string;
  readonly to: string;
  readonly address: string;
  readonly outcome: PingOutcome;
}

export interface ReachReport {
  /** Nodes in the order of rows and columns. */
  readonly nodes: readonly string[];
  readonly cells: readonly ReachCell[];
  readonly tookMs: number;
}
