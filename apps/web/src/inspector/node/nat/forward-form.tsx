import type { PortForward } from '@vethlab/topology';
import type { EditOutcome } from '../../../lab';
import { Field, type FieldProblem, Segmented } from '../../../ui';
import { problemOf } from '../../fields/problems';
import { RecordForm, useRecordDraft } from '../../fields/record-form';
import { SelectField } from '../../fields/select-field';
import { emptyForward, type ForwardDraft, type ForwardField, parseForward } from './forward-draft';

export interface ForwardFormProps {
  readonly ifnames: readonly string[];
  readonly commit: (forward: PortForward) => Promise<EditOutcome>;
  readonly onDone: () => void;
}

const protocols = [
  { value: 'tcp', label: 'TCP' },
  { value: 'udp', label: 'UDP' },
] as const;

/** A port of the node that leads to another one. */
export function ForwardForm({ ifnames, commit, onDone }: ForwardFormProps): React.JSX.Element {
  const form = useRecordDraft<ForwardDraft>(emptyForward, onDone);
  const { draft, asked, change } = form;
  const parsed = parseForward(draft);
  const problemAt = (field: ForwardField): FieldProblem | null => {
    // An empty field is no mistake until one asks for the forward to be added.
    if (parsed.ok || (!asked && draft[field].trim() === '')) return null;
    return problemOf(parsed.complaints[field], (fix) => change({ [field]: fix }));
  };
  const field = (key: ForwardField, label: string, placeholder: string): React.JSX.Element => (
    <Field
      label={label}
      mono
      placeholder={placeholder}
      value={draft[key]}
      problem={problemAt(key)}
      onChange={(event) => change({ [key]: event.target.value })}
    />
  );
  return (
    <RecordForm
      label="New port forward"
      submitLabel="Add forward"
      problem={form.refusal}
      onSubmit={() => form.submit(parsed.ok ? () => commit(parsed.forward) : null)}
      onDone={onDone}
    >
      <Segmented
        label="Protocol"
        value={draft.protocol}
        items={protocols}
        onValueChange={(protocol) => change({ protocol })}
      />
      <div className="grid grid-cols-2 gap-2">
        <SelectField
          label="Arriving at"
          value={draft.in}
          items={[['', 'any interface'], ...ifnames.map((name) => [name, name] as const)]}
          onChange={(ifname) => change({ in: ifname })}
        />
        {field('port', 'Port here', '8080')}
        {field('to', 'Goes to', '10.1.0.2')}
        {field('toPort', 'Port there', draft.port.trim() === '' ? 'the same' : draft.port.trim())}
      </div>
    </RecordForm>
  );
}
