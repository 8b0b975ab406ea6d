import type { FirewallChain, FirewallTable, LiveFirewall } from '@vethlab/protocol';
import { visibleText } from '../../../format/visible-text';
import { sectionCommands } from '../commands';
import { Foldable } from '../foldable';
import { toggleSection, useLiveView } from '../live-view-store';
import { ProblemOfSection } from '../problem-of-section';
import { LiveTable } from '../table/live-table';
import { ruleOfChainLook } from './firewall-rules';
import { firewallText } from './firewall-text';

export interface FirewallSectionProps {
  readonly node: string;
  readonly firewall: LiveFirewall | undefined;
}

const makers: Readonly<Record<FirewallTable['source'], string>> = {
  nft: 'nftables',
  iptables: 'iptables',
  ip6tables: 'ip6tables',
  'iptables-legacy': 'iptables (legacy)',
  'ip6tables-legacy': 'ip6tables (legacy)',
};

/** Filters and address translation, whoever made them. To be read only. */
export function FirewallSection({ node, firewall }: FirewallSectionProps): React.JSX.Element {
  const open = useLiveView((view) => view.open.has('firewall'));
  const command = sectionCommands.firewall(node);
  return (
    <Foldable
      title="Firewall and NAT"
      count={firewall?.total ?? null}
      open={open}
      onToggle={() => toggleSection('firewall')}
      command={command}
      text={firewall === undefined || firewall.tables.length === 0 ? null : () => firewallText(firewall, command)}
    >
      {firewall === undefined ? <p className="text-xs text-muted">Reading…</p> : <Tables firewall={firewall} />}
    </Foldable>
  );
}

function Tables({ firewall }: { readonly firewall: LiveFirewall }): React.JSX.Element {
  return (
    <>
      {firewall.problem === null ? null : <ProblemOfSection problem={firewall.problem} />}
      {firewall.tables.length === 0 && firewall.problem === null ? (
        <p className="text-xs text-muted">No rules: everything passes.</p>
      ) : null}
      {firewall.tables.map((table) => (
        <div key={`${table.source} ${table.family} ${table.name}`} className="flex flex-col gap-1.5">
          <h4 className="text-xs">
            <span className="font-mono font-semibold">
              {visibleText(table.family)} {visibleText(table.name)}
            </span>
            <span className="text-muted"> · {makers[table.source]}</span>
          </h4>
          {table.sets.map((set) => (
            <p key={`${set.kind} ${set.name}`} className="pl-2 text-xs text-muted">
              {set.kind} <span className="font-mono text-text">{visibleText(set.name)}</span>, {visibleText(set.what)}
              {set.size === null ? '' : `, ${set.size} in it`}
            </p>
          ))}
          {table.chains.map((chain) => (
            <Chain key={chain.name} chain={chain} />
          ))}
        </div>
      ))}
    </>
  );
}

function Chain({ chain }: { readonly chain: FirewallChain }): React.JSX.Element {
  const filter = useLiveView((view) => view.filter);
  const about = [
    ...(chain.hook === null ? [] : [chain.hook]),
    ...(chain.policy === null ? [] : [`policy ${chain.policy}`]),
  ];
  return (
    <div className="border-l-2 border-line pl-2">
      <p className="text-xs">
        <span className="font-mono font-medium">{visibleText(chain.name)}</span>
        <span className="text-muted"> {visibleText(about.join(', '))}</span>
      </p>
      {chain.rules.length === 0 ? null : (
        <LiveTable
          label={`Chain ${visibleText(chain.name)}`}
          rows={chain.rules}
          look={ruleOfChainLook}
          filter={filter}
        />
      )}
    </div>
  );
}
