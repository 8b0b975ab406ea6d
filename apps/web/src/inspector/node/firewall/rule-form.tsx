import {
  type ConnectionState,
  connectionStates,
  type FirewallChainName,
  type FirewallRule,
  type IpFamily,
  type Node,
  type Protocol,
} from '@vethlab/topology';
import type { EditOutcome } from '../../../lab';
import { Field, type FieldProblem, Segmented } from '../../../ui';
import { problemOf } from '../../fields/problems';
import { RecordForm, useRecordDraft } from '../../fields/record-form';
import { SelectField } from '../../fields/select-field';
import { emptyRule, parseRule, type RuleDraft, type RuleField, ruleDraftOf } from './rule-draft';
import { ruleWords } from './rule-words';

export interface RuleFormProps {
  readonly chain: FirewallChainName;
  readonly node: Pick<Node, 'interfaces'>;
  /** Null: a new one. */
  readonly rule: FirewallRule | null;
  readonly commit: (rule: FirewallRule) => Promise<EditOutcome>;
  readonly onDone: () => void;
}

const actions = [
  { value: 'accept', label: 'Accept' },
  { value: 'drop', label: 'Drop', title: 'Says nothing to the sender' },
  { value: 'reject', label: 'Reject', title: 'Answers that the port is closed' },
] as const;

const families: readonly (readonly [IpFamily | '', string])[] = [
  ['', 'IPv4 and IPv6'],
  ['ipv4', 'IPv4 only'],
  ['ipv6', 'IPv6 only'],
];

const protocols: readonly (readonly [Protocol | '', string])[] = [
  ['', 'any'],
  ['tcp', 'TCP'],
  ['udp', 'UDP'],
  ['icmp', 'ICMP'],
  ['icmpv6', 'ICMPv6'],
];

/** One rule in a form that needs no words of nft. What is wrong is said at its field, at every key. */
export function RuleForm({ chain, node, rule, commit, onDone }: RuleFormProps): React.JSX.Element {
  const form = useRecordDraft<RuleDraft>(rule === null ? emptyRule : ruleDraftOf(rule), onDone);
  const { draft, change } = form;
  const parsed = parseRule(draft, chain, node);
  const problemAt = (field: RuleField): FieldProblem | null =>
    parsed.ok ? null : problemOf(parsed.complaints[field], (fix) => change({ [field]: fix }));
  const text = (field: 'from' | 'to' | 'port', label: string, placeholder: string): React.JSX.Element => (
    <Field
      label={label}
      mono
      placeholder={placeholder}
      value={draft[field]}
      problem={problemAt(field)}
      inputMode={field === 'port' ? 'numeric' : undefined}
      onChange={(event) => change({ [field]: event.target.value })}
    />
  );
  const ifname = (field: 'in' | 'out', label: string): React.JSX.Element => (
    <SelectField
      label={label}
      value={draft[field]}
      problem={problemAt(field)}
      items={[['', 'any'], ...[...Object.keys(node.interfaces), 'lo'].map((name) => [name, name] as const)]}
      onChange={(value) => change({ [field]: value })}
    />
  );
  return (
    <RecordForm
      label={rule === null ? 'New rule' : `Change ${ruleWords(rule)}`}
      submitLabel={rule === null ? 'Add rule' : 'Save rule'}
      canSubmit={parsed.ok}
      problem={form.refusal}
      summary={parsed.ok ? <p className="text-xs text-muted">{ruleWords(parsed.rule)}</p> : null}
      onSubmit={() => form.submit(parsed.ok ? () => commit(parsed.rule) : null)}
      onDone={onDone}
    >
      <Segmented label="Action" value={draft.action} items={actions} onValueChange={(action) => change({ action })} />
      <div className="grid grid-cols-2 gap-2">
        {chain === 'output' ? null : ifname('in', 'Came in by')}
        {chain === 'input' ? null : ifname('out', 'Leaves by')}
      </div>
      <div className="grid grid-cols-2 gap-2">
        {text('from', 'From', 'any address')}
        {text('to', 'To', 'any address')}
      </div>
      <div className="grid grid-cols-2 gap-2">
        <SelectField
          label="Protocol"
          value={draft.protocol}
          problem={problemAt('protocol')}
          items={protocols}
          onChange={(protocol) => change({ protocol: protocol as Protocol | '' })}
        />
        {text('port', 'Port', 'any')}
      </div>
      <SelectField
        label="Family"
        value={draft.family}
        problem={problemAt('family')}
        items={families}
        onChange={(family) => change({ family: family as IpFamily | '' })}
      />
      <States chosen={draft.state} onChange={(state) => change({ state })} />
    </RecordForm>
  );
}

interface StatesProps {
  readonly chosen: readonly ConnectionState[];
  readonly onChange: (states: readonly ConnectionState[]) => void;
}

function States({ chosen, onChange }: StatesProps): React.JSX.Element {
  return (
    <fieldset className="min-w-0">
      <legend className="text-xs text-muted">Connection is (none chosen: any)</legend>
      <div className="flex flex-wrap gap-x-3 gap-y-1">
        {connectionStates.map((state) => (
          <label key={state} className="flex items-center gap-1 text-xs">
            <input
              type="checkbox"
              checked={chosen.includes(state)}
              onChange={(event) =>
                onChange(event.target.checked ? [...chosen, state] : chosen.filter((other) => other !== state))
              }
            />
            {state}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
