import { X } from 'lucide-react';
import { IconButton } from '../ui';
import { DiagnosticLines } from './diagnostic-lines';
import type { ImportProblem } from './import-lab';

export interface ImportProblemsProps {
  readonly problems: readonly ImportProblem[];
  readonly onDismiss: () => void;
}

/** Files that are no labs, each with all of its reasons by line and column. */
export function ImportProblems({ problems, onDismiss }: ImportProblemsProps): React.JSX.Element | null {
  if (problems.length === 0) return null;
  return (
    <section role="alert" className="flex gap-2 rounded-xl border border-failing bg-surface p-3">
      <div className="flex min-w-0 flex-1 flex-col gap-3">
        {problems.map((problem) => (
          <div key={problem.fileName}>
            <h2 className="font-medium text-failing">
              ✕ <span className="font-mono">{problem.fileName}</span> was not imported
            </h2>
            <p className="text-muted">{problem.text} Nothing was changed; mend the file and import it again.</p>
            <DiagnosticLines diagnostics={problem.diagnostics} />
          </div>
        ))}
      </div>
      <IconButton label="Dismiss" onClick={onDismiss}>
        <X />
      </IconButton>
    </section>
  );
}
