import {
  type Command,
  type CommandName,
  type CommandRestart,
  type CommandStart,
  formatArguments,
  type Node,
  type NodeName,
  type VrfName,
} from '@vethlab/topology';
import { useId } from 'react';
import { labActions } from '../../../lab';
import { Field, Segmented } from '../../../ui';
import { problemOf } from '../../fields/problems';
import { RecordForm, useRecordDraft } from '../../fields/record-form';
import { SelectField } from '../../fields/select-field';
import { checkCommandName, checkNewCommandName, readCommandLine } from './command-draft';
import { commandEdit, vrfChoices } from './command-edit';

export interface CommandFormProps {
  readonly node: NodeName;
  readonly record: Node;
  /** Null: a new one. */
  readonly name: CommandName | null;
  readonly command: Command | null;
  readonly onDone: () => void;
}

const starts: readonly { readonly value: CommandStart; readonly label: string }[] = [
  { value: 'with-lab', label: 'With the lab' },
  { value: 'by-hand', label: 'By hand' },
];

const restarts: readonly { readonly value: CommandRestart; readonly label: string }[] = [
  { value: 'never', label: 'Never' },
  { value: 'on-failure', label: 'When it fails' },
  { value: 'always', label: 'Always' },
];

interface CommandDraft {
  /** The program and its arguments, as typed. */
  readonly line: string;
  readonly title: string;
  /** Null: in none. */
  readonly vrf: VrfName | null;
  readonly start: CommandStart;
  readonly restart: CommandRestart;
}

/** A command, new or changed. The line is split as it is typed, and it is shown into what: no shell reads it later. */
export function CommandForm({ node, record, name, command, onDone }: CommandFormProps): React.JSX.Element {
  const form = useRecordDraft<CommandDraft>(
    {
      line: command === null ? '' : formatArguments(command.run),
      title: name ?? '',
      vrf: command?.vrf ?? null,
      start: command?.start ?? 'with-lab',
      restart: command?.restart ?? 'never',
    },
    onDone,
  );
  const { draft, change } = form;
  const { line, title, vrf, start, restart } = draft;
  const read = readCommandLine(line);
  const lineComplaint = read.ok || (line === '' && !form.asked) ? null : read.complaint;
  const nameComplaint = (name === null ? checkNewCommandName : checkCommandName)(title);
  const edit =
    read.ok && nameComplaint === null ? commandEdit({ node, name, title, run: read.run, vrf, start, restart }) : null;
  const vrfs = vrfChoices(record, vrf);
  return (
    <RecordForm
      label={name === null ? `Add a command to ${node}` : `Change the command ${name}`}
      submitLabel={name === null ? 'Add command' : 'Save command'}
      problem={form.refusal}
      onSubmit={() => form.submit(edit === null ? null : () => labActions.edit(edit))}
      onDone={onDone}
    >
      <Field
        label="Program and arguments"
        mono
        autoFocus
        placeholder="python3 -m http.server 80"
        value={line}
        problem={problemOf(lineComplaint, (fix) => change({ line: fix }))}
        onChange={(event) => change({ line: event.target.value })}
      />
      {read.ok ? <SplitInto run={read.run} /> : null}
      <Field
        label="Name"
        mono
        placeholder="after the program"
        value={title}
        problem={problemOf(nameComplaint, (fix) => change({ title: fix }))}
        onChange={(event) => change({ title: event.target.value })}
      />
      {vrfs === null ? null : (
        <SelectField
          label="In VRF"
          value={vrf ?? ''}
          items={vrfs}
          onChange={(value) => change({ vrf: value === '' ? null : (value as VrfName) })}
        />
      )}
      <Choice label="Starts" value={start} items={starts} onChange={(value) => change({ start: value })} />
      <Choice label="Starts again" value={restart} items={restarts} onChange={(value) => change({ restart: value })} />
    </RecordForm>
  );
}

function SplitInto({ run }: { readonly run: readonly string[] }): React.JSX.Element {
  const rest = run.length - 1;
  return (
    <div className="flex flex-col gap-1 text-xs text-muted">
      <span>
        {rest === 0 ? 'The program alone:' : `The program and ${rest === 1 ? 'one argument' : `${rest} arguments`}:`}
      </span>
      <ol aria-label="Arguments" className="flex flex-wrap gap-1">
        {run.map((argument, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: arguments have no other name than their place.
            key={index}
            className="max-w-full rounded border border-line bg-surface px-1.5 font-mono leading-5 break-all text-text"
          >
            {formatArguments([argument])}
          </li>
        ))}
      </ol>
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly items: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
}

function Choice<Value extends string>({ label, value, items, onChange }: ChoiceProps<Value>): React.JSX.Element {
  const id = useId();
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span id={id} className="w-20 text-xs text-muted">
        {label}
      </span>
      <Segmented label={label} value={value} items={items} onValueChange={onChange} />
    </div>
  );
}
