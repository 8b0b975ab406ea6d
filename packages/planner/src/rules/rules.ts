import { emptyNat, type Firewall, type Nat, type Node, openFirewall } from '@vethlab/topology';

/** Firewall and NAT of a node, with what is left out filled in. */
export interface Rules {
  readonly firewall: Firewall;
  readonly nat: Nat;
}

export const noRules: Rules = { firewall: openFirewall, nat: emptyNat };

/** Our table: one per namespace, of the family `inet`, so for IPv4 and IPv6 alike. */
export const OUR_TABLE = 'vethlab';

export function rulesOfNode({ firewall, nat }: Pick<Node, 'firewall' | 'nat'>): Rules {
  if (firewall === undefined && nat === undefined) return noRules;
  return { firewall: firewall ?? openFirewall, nat: nat ?? emptyNat };
}
