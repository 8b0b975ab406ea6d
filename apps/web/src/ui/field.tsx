import { type ComponentProps, type ReactNode, useId } from 'react';
import { Button } from './button';
import { classNames } from './class-names';

export interface FieldProblem {
  readonly severity: 'error' | 'warning' | 'info';
  readonly text: string;
  /** A mending that is one step. */
  readonly fix?: { readonly label: string; readonly run: () => void };
}

export interface FieldProps extends Omit<ComponentProps<'input'>, 'id'> {
  readonly label: string;
  /** Names stay visible unless the place itself says what the field is. */
  readonly labelHidden?: boolean;
  readonly problem?: FieldProblem | null;
  readonly hint?: ReactNode;
  /** Monospace: names, addresses and commands. */
  readonly mono?: boolean;
}

/** A labelled text field that says what is wrong, why, and mends it in one step, right below itself. */
export function Field({
  label,
  labelHidden = false,
  problem = null,
  hint,
  mono = false,
  className,
  ...rest
}: FieldProps): React.JSX.Element {
  const id = useId();
  const noteId = `${id}-note`;
  const hasNote = problem !== null || hint !== undefined;
  return (
    <div className={classNames('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={id} className={labelHidden ? 'sr-only' : 'text-xs text-muted'}>
        {label}
      </label>
      <input
        id={id}
        aria-invalid={problem?.severity === 'error' ? true : undefined}
        aria-describedby={hasNote ? noteId : undefined}
        spellCheck={false}
        autoComplete="off"
        className={classNames(
          'h-8 w-full min-w-0 rounded-md border bg-surface px-2 text-ui text-text outline-offset-0 disabled:opacity-60',
          mono && 'font-mono',
          problem?.severity === 'error' ? 'border-failing' : 'border-line-strong',
        )}
        {...rest}
      />
      {hasNote ? (
        <div id={noteId} aria-live="polite">
          {problem === null ? <div className="text-xs text-muted">{hint}</div> : <ProblemNote problem={problem} />}
        </div>
      ) : null}
    </div>
  );
}

const problemColours = { error: 'text-failing', warning: 'text-drift', info: 'text-muted' } as const;

/** The sentence below a field, with its mending. */
export function ProblemNote({ problem }: { readonly problem: FieldProblem }): React.JSX.Element {
  return (
    <div
      className={classNames('flex flex-wrap items-center gap-x-2 gap-y-1 text-xs', problemColours[problem.severity])}
    >
      <span>
        <span aria-hidden="true">
          {problem.severity === 'error' ? '✕ ' : problem.severity === 'warning' ? '△ ' : ''}
        </span>
        {problem.text}
      </span>
      {problem.fix === undefined ? null : (
        <Button size="small" onClick={problem.fix.run}>
          {problem.fix.label}
        </Button>
      )}
    </div>
  );
}
