import { type ReactNode, useState } from 'react';
import type { EditOutcome } from '../../lab';
import { Button, type FieldProblem, ProblemNote } from '../../ui';
import { problemOfRefusal } from './problems';

export interface RecordDraft<Draft> {
  readonly draft: Draft;
  /** Somebody asked for it to be added: from then on an empty field can be a mistake. */
  readonly asked: boolean;
  /** Why it was refused as a whole. */
  readonly refusal: FieldProblem | null;
  readonly change: (changed: Partial<Draft>) => void;
  /** `send` null: something in the draft is wrong, and its field says so. */
  readonly submit: (send: (() => Promise<EditOutcome>) | null) => void;
}

/** The draft of one record of a node (a rule, a command, an interface). What is refused stays in the form, with the reason. */
export function useRecordDraft<Draft extends object>(
  initial: Draft | (() => Draft),
  onDone: () => void,
): RecordDraft<Draft> {
  const [draft, setDraft] = useState<Draft>(initial);
  const [asked, setAsked] = useState(false);
  const [refusal, setRefusal] = useState<FieldProblem | null>(null);
  const send = async (edit: () => Promise<EditOutcome>): Promise<void> => {
    const outcome = await edit();
    if (outcome.ok) onDone();
    else setRefusal(problemOfRefusal(outcome));
  };
  return {
    draft,
    asked,
    refusal,
    change: (changed) => {
      setDraft({ ...draft, ...changed });
      setRefusal(null);
    },
    submit: (edit) => {
      setAsked(true);
      if (edit !== null) void send(edit);
    },
  };
}

export interface RecordFormProps {
  readonly label: string;
  readonly submitLabel: string;
  /** False: the fields say what is wrong already. */
  readonly canSubmit?: boolean;
  readonly problem: FieldProblem | null;
  /** What the record means in words, below its fields. */
  readonly summary?: ReactNode;
  readonly onSubmit: () => void;
  readonly onDone: () => void;
  readonly children: ReactNode;
}

/** A small form in the inspector: Enter sends it, Esc and Cancel leave it. */
export function RecordForm(props: RecordFormProps): React.JSX.Element {
  const { label, submitLabel, canSubmit = true, problem, summary, onSubmit, onDone, children } = props;
  return (
    <form
      aria-label={label}
      className="flex flex-col gap-2 rounded-lg border border-line bg-surface p-2"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onDone();
      }}
    >
      {children}
      <div aria-live="polite">{problem === null ? null : <ProblemNote problem={problem} />}</div>
      {summary}
      <div className="flex justify-end gap-2">
        <Button size="small" variant="quiet" onClick={onDone}>
          Cancel
        </Button>
        <Button size="small" variant="primary" type="submit" disabled={!canSubmit}>
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}
