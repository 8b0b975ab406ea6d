import {
  type Command,
  type CommandName,
  type CommandRestart,
  type CommandStart,
  type Edit,
  formatArguments,
  type NodeName,
  parseCommandName,
} from '@vethlab/topology';
import { type FormEvent, useId, useState } from 'react';
import { labActions } from '../../../lab';
import { Button, Field, type FieldProblem, ProblemNote, Segmented } from '../../../ui';
import type { Complaint } from '../../fields/use-draft';
import { checkCommandName, checkNewCommandName, readCommandLine } from './command-draft';

export interface CommandFormProps {
  readonly node: NodeName;
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

/** A command, new or changed. The line is split as it is typed, and it is shown into what: no shell reads it later. */
export function CommandForm({ node, name, command, onDone }: CommandFormProps): React.JSX.Element {
  const [line, setLine] = useState(command === null ? '' : formatArguments(command.run));
  const [title, setTitle] = useState<string>(name ?? '');
  const [start, setStart] = useState<CommandStart>(command?.start ?? 'with-lab');
  const [restart, setRestart] = useState<CommandRestart>(command?.restart ?? 'never');
  const [isTried, setTried] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const read = readCommandLine(line);
  const lineComplaint = read.ok || (line === '' && !isTried) ? null : read.complaint;
  const nameComplaint = (name === null ? checkNewCommandName : checkCommandName)(title);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (!read.ok || nameComplaint !== null) return;
    const outcome = await labActions.edit(editFor({ node, name, title, run: read.run, start, restart }));
    if (outcome.ok) onDone();
    else setRefusal(outcome.diagnostics.map(({ summary, detail }) => `${summary} ${detail}`).join(' '));
  };

  return (
    <form
      aria-label={name === null ? `Add a command to ${node}` : `Change the command ${name}`}
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onDone();
      }}
      className="flex flex-col gap-2 rounded-lg border border-line bg-sunken p-2"
    >
      <Field
        label="Program and arguments"
        mono
        autoFocus
        placeholder="python3 -m http.server 80"
        value={line}
        problem={asProblem(lineComplaint, setLine)}
        onChange={(event) => {
          setLine(event.target.value);
          setRefusal(null);
        }}
      />
      {read.ok ? <SplitInto run={read.run} /> : null}
      <Field
        label="Name"
        mono
        placeholder="after the program"
        value={title}
        problem={asProblem(nameComplaint, setTitle)}
        onChange={(event) => {
          setTitle(event.target.value);
          setRefusal(null);
        }}
      />
      <Choice label="Starts" value={start} items={starts} onChange={setStart} />
      <Choice label="Starts again" value={restart} items={restarts} onChange={setRestart} />
      {refusal === null ? null : <ProblemNote problem={{ severity: 'error', text: refusal }} />}
      <div className="flex justify-end gap-2">
        <Button size="small" variant="quiet" onClick={onDone}>
          Cancel
        </Button>
        <Button size="small" variant="primary" type="submit">
          {name === null ? 'Add command' : 'Save command'}
        </Button>
      </div>
    </form>
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

function asProblem(complaint: Complaint | null, use: (text: string) => void): FieldProblem | null {
  if (complaint === null) return null;
  const { text, fix } = complaint;
  if (fix === undefined) return { severity: 'error', text };
  return { severity: 'error', text, fix: { label: `Use ${fix}`, run: () => use(fix) } };
}

interface Wanted extends Command {
  readonly node: NodeName;
  readonly name: CommandName | null;
  readonly title: string;
}

function editFor({ node, name, title, run, start, restart }: Wanted): Edit {
  const parsed = parseCommandName(title.trim());
  const to = parsed.ok ? parsed.value : null;
  if (name === null) return { type: 'add-command', node, ...(to === null ? {} : { name: to }), run, start, restart };
  const set: Edit = { type: 'set-command', node, name, run, start, restart };
  if (to === null || to === name) return set;
  return { type: 'batch', edits: [set, { type: 'rename-command', node, name, to }] };
}
