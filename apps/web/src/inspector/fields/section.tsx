import { type ReactNode, useId } from 'react';

export interface SectionProps {
  readonly title: string;
  readonly count?: number;
  readonly action?: ReactNode;
  readonly children?: ReactNode;
}

/** A part of the inspector with its heading. */
export function Section({ title, count, action, children }: SectionProps): React.JSX.Element {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-2 border-t border-line px-3 py-3 first:border-t-0">
      <div className="flex h-6 items-center gap-2">
        <h3 id={id} className="flex-1 text-xs font-semibold text-muted">
          {title}
          {count === undefined ? null : <span className="ml-1.5 font-normal tabular-nums">{count}</span>}
        </h3>
        {action}
      </div>
      {children}
    </section>
  );
}
