import type { ReactNode } from 'react';
import { CommandLine } from './command-line';

export interface EmptyStateProps {
  readonly title: string;
  readonly children?: ReactNode;
  /** The shell line that means the same as the next step. */
  readonly command?: string;
  readonly action?: ReactNode;
}

/** Teaches one next step, with the matching command line beside it. */
export function EmptyState({ title, children, command, action }: EmptyStateProps): React.JSX.Element {
  return (
    <div className="flex h-full min-h-32 flex-col items-center justify-center gap-2 p-4 text-center">
      <p className="text-sm font-medium">{title}</p>
      {children === undefined ? null : <div className="max-w-prose text-muted">{children}</div>}
      {command === undefined ? null : <CommandLine command={command} />}
      {action}
    </div>
  );
}
