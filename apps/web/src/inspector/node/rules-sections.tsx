import type { Node, NodeName } from '@vethlab/topology';
import { FirewallSection } from './firewall/firewall-section';
import { useRuleCounters } from './firewall/use-rule-counters';
import { NatSection } from './nat/nat-section';

/** Firewall and NAT, with what their rules count while the lab runs. */
export function RulesSections({ name, node }: { readonly name: NodeName; readonly node: Node }): React.JSX.Element {
  const packetsOf = useRuleCounters(name, node);
  return (
    <>
      <FirewallSection name={name} node={node} packetsOf={packetsOf} />
      <NatSection name={name} node={node} packetsOf={packetsOf} />
    </>
  );
}
