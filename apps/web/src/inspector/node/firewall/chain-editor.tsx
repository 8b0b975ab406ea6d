import type { FirewallChain, FirewallChainName, FirewallRule, Node } from '@vethlab/topology';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { EditOutcome } from '../../../lab';
import { Button, Menu, MenuItem, Segmented } from '../../../ui';
import { presets, withPreset } from './presets';
import { RuleForm } from './rule-form';
import { RuleRow } from './rule-row';
import { chainWords } from './rule-words';

export interface ChainEditorProps {
  readonly name: FirewallChainName;
  readonly chain: FirewallChain;
  readonly node: Pick<Node, 'interfaces'>;
  readonly set: (chain: FirewallChain) => Promise<EditOutcome>;
  /** Packets of a rule; null: it waits; undefined: not known. */
  readonly packetsOf: (rule: FirewallRule) => number | null | undefined;
}

const policies = [
  { value: 'accept', label: 'Accept' },
  { value: 'drop', label: 'Drop' },
] as const;

/** The ordered rules of one chain, and what happens to what none of them fits. */
export function ChainEditor({ name, chain, node, set, packetsOf }: ChainEditorProps): React.JSX.Element {
  /** Number of the rule that is changed; the number of rules: a new one. Null: none. */
  const [edited, setEdited] = useState<number | null>(null);
  const { title, what } = chainWords[name];
  const { policy, rules } = chain;
  const setRules = (next: readonly FirewallRule[]): Promise<EditOutcome> => set({ policy, rules: next });
  const move = (index: number, by: -1 | 1): void => {
    const other = rules[index + by];
    const one = rules[index];
    if (one === undefined || other === undefined) return;
    void setRules(rules.with(index, other).with(index + by, one)).then(() => focusRule(name, index + by));
  };
  return (
    <fieldset
      aria-label={title}
      data-chain={name}
      className="flex min-w-0 flex-col gap-1.5 rounded-lg border border-line bg-sunken p-2"
    >
      <div className="flex items-center gap-2">
        <h4 className="flex-1 text-xs font-medium" title={what}>
          {title} <span className="font-normal text-muted">({name})</span>
        </h4>
        <Menu
          trigger={
            <Button size="small" variant="quiet">
              Usual rules
            </Button>
          }
        >
          {presets
            .filter(({ chains }) => chains.includes(name))
            .map((preset) => (
              <MenuItem key={preset.label} onSelect={() => void setRules(withPreset(rules, preset))}>
                {preset.label}
              </MenuItem>
            ))}
        </Menu>
        <Button size="small" variant="quiet" onClick={() => setEdited(rules.length)}>
          <Plus className="size-3.5" aria-hidden="true" /> Rule
        </Button>
      </div>
      {rules.length === 0 ? null : (
        <ol aria-label={`Rules ${title.toLowerCase()}`} className="flex flex-col gap-1">
          {rules.map((rule, index) =>
            edited === index ? (
              <li key={`edited ${JSON.stringify(rule)}`}>
                <RuleForm
                  chain={name}
                  node={node}
                  rule={rule}
                  commit={(changed) => setRules(rules.with(index, changed))}
                  onDone={() => setEdited(null)}
                />
              </li>
            ) : (
              <RuleRow
                // biome-ignore lint/suspicious/noArrayIndexKey: two rules may be the same; their place tells them apart.
                key={`${index} ${JSON.stringify(rule)}`}
                rule={rule}
                number={index + 1}
                isLast={index === rules.length - 1}
                packets={packetsOf(rule)}
                onMove={(by) => move(index, by)}
                onChange={() => setEdited(index)}
                onRemove={() => void setRules(rules.filter((_, other) => other !== index))}
              />
            ),
          )}
        </ol>
      )}
      {edited === rules.length ? (
        <RuleForm
          chain={name}
          node={node}
          rule={null}
          commit={(rule) => setRules([...rules, rule])}
          onDone={() => setEdited(null)}
        />
      ) : null}
      <div className="flex items-center gap-2 text-xs text-muted">
        <span className="flex-1">{rules.length === 0 ? 'Everything' : 'Everything else'}</span>
        <Segmented
          label={`Policy ${title.toLowerCase()}`}
          value={policy}
          items={policies}
          onValueChange={(next) => void set({ policy: next, rules })}
        />
      </div>
    </fieldset>
  );
}

/** After a move the rule is another element: whoever moves it by keyboard goes along. */
function focusRule(chain: string, index: number): void {
  requestAnimationFrame(() => {
    const rows = document.querySelectorAll<HTMLElement>(`[data-chain="${chain}"] > ol > li`);
    rows.item(index)?.focus();
  });
}
