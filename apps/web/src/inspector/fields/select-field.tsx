import { useId } from 'react';
import { classNames, type FieldProblem, ProblemNote } from '../../ui';

export interface SelectFieldProps {
  readonly label: string;
  readonly value: string;
  readonly items: readonly (readonly [value: string, label: string])[];
  readonly problem?: FieldProblem | null;
  readonly onChange: (value: string) => void;
}

/** One of several, with what is wrong below it. A value that is no longer one of them stays to be seen. */
export function SelectField({ label, value, items, problem = null, onChange }: SelectFieldProps): React.JSX.Element {
  const id = useId();
  const all = items.some(([known]) => known === value) ? items : [...items, [value, `${value} (gone)`] as const];
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-xs text-muted">
        {label}
      </label>
      <select
        id={id}
        value={value}
        aria-invalid={problem === null ? undefined : true}
        aria-describedby={problem === null ? undefined : `${id}-note`}
        onChange={(event) => onChange(event.currentTarget.value)}
        className={classNames(
          'h-8 w-full min-w-0 rounded-md border bg-surface px-1.5 text-ui text-text',
          problem === null ? 'border-line-strong' : 'border-failing',
        )}
      >
        {all.map(([known, text]) => (
          <option key={known} value={known}>
            {text}
          </option>
        ))}
      </select>
      {problem === null ? null : (
        <div id={`${id}-note`} aria-live="polite">
          <ProblemNote problem={problem} />
        </div>
      )}
    </div>
  );
}
