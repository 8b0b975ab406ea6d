import type { LiveProblem } from '@vethlab/protocol';
import { visibleText } from '../../format/visible-text';

/** Why a section is not all there, and what helps. */
export function ProblemOfSection({ problem }: { readonly problem: LiveProblem }): React.JSX.Element {
  return (
    <p className="rounded-md bg-drift-soft px-2 py-1 text-xs text-drift">
      <span aria-hidden="true">△ </span>
      {visibleText(problem.reason)}{' '}
      <span className="font-mono [overflow-wrap:anywhere]">{visibleText(problem.remedy)}</span>
    </p>
  );
}
