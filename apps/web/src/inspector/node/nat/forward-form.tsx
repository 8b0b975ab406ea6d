import type { PortForward } from '@vethlab/topology';
import { type FormEvent, useState } from 'react';
import type { EditOutcome } from '../../../lab';
import { Button, Field, type FieldProblem, ProblemNote, Segmented } from '../../../ui';
import { SelectField } from '../firewall/select-field';
import { emptyForward, type ForwardDraft, parseForward } from './forward-draft';

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
  const [draft, setDraft] = useState<ForwardDraft>(emptyForward);
  const [asked, setAsked] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const parsed = parseForward(draft);
  const change = (changed: Partial<ForwardDraft>): void => {
    setDraft({ ...draft, ...changed });
    setRefusal(null);
  };
  const problemOf = (field: 'port' | 'to' | 'toPort'): FieldProblem | null => {
    // An empty field is no mistake until one asks for the forward to be added.
    const complaint = parsed.ok || (!asked && draft[field].trim() === '') ? undefined : parsed.complaints[field];
    if (complaint === undefined) return null;
    const { text, fix } = complaint;
    return {
      severity: 'error',
      text,
      ...(fix === undefined ? {} : { fix: { label: `Use ${fix}`, run: () => change({ [field]: fix }) } }),
    };
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setAsked(true);
    if (!parsed.ok) return;
    const outcome = await commit(parsed.forward);
    if (outcome.ok) onDone();
    else {
      const [first] = outcome.diagnostics;
      setRefusal(first === undefined ? 'It was refused.' : `${first.summary} ${first.detail}`);
    }
  };
  const field = (key: 'port' | 'to' | 'toPort', label: string, placeholder: string): React.JSX.Element => (
    <Field
      label={label}
      mono
      placeholder={placeholder}
      value={draft[key]}
      problem={problemOf(key)}
      onChange={(event) => change({ [key]: event.target.value })}
    />
  );
  return (
    <form
      aria-label="New port forward"
      className="flex flex-col gap-2 rounded-lg border border-line bg-sunken p-2"
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onDone();
      }}
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
      {refusal === null ? null : <ProblemNote problem={{ severity: 'error', text: refusal }} />}
      <div className="flex justify-end gap-2">
        <Button size="small" variant="quiet" onClick={onDone}>
          Cancel
        </Button>
        <Button size="small" variant="primary" type="submit">
          Add forward
        </Button>
      </div>
    </form>
  );
}
