import {
  type Firewall,
  type FirewallChainName,
  firewallChainNames,
  type Node,
  type NodeName,
  openFirewall,
} from '@vethlab/topology';
import { Plus, Trash2 } from 'lucide-react';
import { type EditOutcome, labActions } from '../../../lab';
import { Button, IconButton } from '../../../ui';
import { Section } from '../../fields/section';
import { ChainEditor } from './chain-editor';
import { MissingRules, useMissingRules } from './missing-rules';
import type { PacketsOf } from './use-rule-counters';

export interface FirewallSectionProps {
  readonly name: NodeName;
  readonly node: Node;
  readonly packetsOf: PacketsOf;
}

/** A router is asked about what it passes on first, a host about what is for itself. */
const order: Readonly<Record<'router' | 'host', readonly FirewallChainName[]>> = {
  router: ['forward', 'input', 'output'],
  host: ['input', 'output', 'forward'],
};

/** The firewall of a node, for people who need not know nft. */
export function FirewallSection({ name, node, packetsOf }: FirewallSectionProps): React.JSX.Element {
  const { firewall } = node;
  const missing = useMissingRules();
  const set = (next: Firewall | null): Promise<EditOutcome> =>
    labActions.edit({ type: 'set-firewall', node: name, firewall: next });
  const count =
    firewall === undefined ? undefined : firewallChainNames.reduce((sum, one) => sum + firewall[one].rules.length, 0);
  return (
    <Section
      title="Firewall"
      {...(count === undefined ? {} : { count })}
      action={
        firewall === undefined ? (
          <Button
            size="small"
            variant="quiet"
            disabled={missing !== null}
            title={missing ?? undefined}
            onClick={() => void set(openFirewall)}
          >
            <Plus className="size-3.5" aria-hidden="true" /> Add firewall
          </Button>
        ) : (
          <IconButton size="small" label={`Remove the firewall of ${name}`} onClick={() => void set(null)}>
            <Trash2 />
          </IconButton>
        )
      }
    >
      <MissingRules why={missing} />
      {firewall === undefined ? (
        <p className="text-xs text-muted">None: everything passes.</p>
      ) : (
        order[node.kind === 'router' ? 'router' : 'host']
          // A host passes nothing on; rules for that are shown if there are some.
          .filter((chain) => chain !== 'forward' || node.kind === 'router' || firewall.forward.rules.length > 0)
          .map((chain) => (
            <ChainEditor
              key={chain}
              name={chain}
              chain={firewall[chain]}
              node={node}
              set={(changed) => set({ ...firewall, [chain]: changed })}
              packetsOf={(rule) => packetsOf(chain, rule)}
            />
          ))
      )}
    </Section>
  );
}
