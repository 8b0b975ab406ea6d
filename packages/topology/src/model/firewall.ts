import type { Ifname, IpAddress, Network, RuleIfname } from './names.js';

/** The hooks of packets that a node receives itself, passes on, and sends itself (netfilter's input, forward, output). */
export const firewallChainNames = ['input', 'forward', 'output'] as const;
export type FirewallChainName = (typeof firewallChainNames)[number];

/** Drop says nothing to the sender; reject answers that the port is closed. */
export type FirewallAction = 'accept' | 'drop' | 'reject';

export type Protocol = 'tcp' | 'udp' | 'icmp' | 'icmpv6';

/** What conntrack knows of the connection that a packet belongs to, in the order in which a document lists them. */
export const connectionStates = ['new', 'established', 'related', 'invalid', 'untracked'] as const;
export type ConnectionState = (typeof connectionStates)[number];

export type IpFamily = 'ipv4' | 'ipv6';

/** What a packet must be for a rule to act on it: everything that is named. Without addresses it is of both families. */
export interface FirewallRule {
  /** The interface that it came in by. */
  readonly in?: RuleIfname;
  /** The interface that it leaves by. */
  readonly out?: RuleIfname;
  readonly family?: IpFamily;
  readonly from?: Network;
  readonly to?: Network;
  readonly protocol?: Protocol;
  /** Destination port. */
  readonly port?: number;
  /** One of these; never empty. */
  readonly state?: readonly ConnectionState[];
  readonly action: FirewallAction;
}

/** The first rule that fits decides; when none does, the policy. */
export interface FirewallChain {
  readonly policy: 'accept' | 'drop';
  readonly rules: readonly FirewallRule[];
}

export type Firewall = Readonly<Record<FirewallChainName, FirewallChain>>;

/** Packets that leave by an interface get its address as their source. */
export interface Masquerade {
  readonly out: Ifname;
  readonly family?: IpFamily;
  readonly from?: Network;
}

/** Packets that leave by an interface get this address as their source. */
export interface SourceNat {
  readonly out: Ifname;
  readonly from?: Network;
  readonly to: IpAddress;
}

/** What arrives at a port of the node goes on to another node (DNAT). */
export interface PortForward {
  readonly in?: Ifname;
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  readonly to: IpAddress;
  /** Absent: the same port. */
  readonly toPort?: number;
}

export interface Nat {
  readonly masquerade: readonly Masquerade[];
  readonly source: readonly SourceNat[];
  readonly forwards: readonly PortForward[];
}

/** A firewall that lets everything pass. */
export const openFirewall: Firewall = Object.freeze({
  input: { policy: 'accept', rules: [] },
  forward: { policy: 'accept', rules: [] },
  output: { policy: 'accept', rules: [] },
});

export const emptyNat: Nat = Object.freeze({ masquerade: [], source: [], forwards: [] });

/** Rules of a firewall, and entries of its NAT. */
export function countRules(firewall: Firewall | undefined, nat: Nat | undefined): number {
  const rules =
    firewall === undefined ? 0 : firewallChainNames.reduce((sum, name) => sum + firewall[name].rules.length, 0);
  return rules + (nat === undefined ? 0 : nat.masquerade.length + nat.source.length + nat.forwards.length);
}
