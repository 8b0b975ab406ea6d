import { Play } from 'lucide-react';
import { RevertAll } from '../drift';
import { labActions, useLabStore } from '../lab';
import { Button, EmptyState } from '../ui';
import { StepList } from './step-list';
import { countText } from './step-words';
import { usePlan } from './use-plan';

/** Held: what Apply would do. Live: what reverting all drift would do, since edits do not wait. */
export function PlanPanel(): React.JSX.Element {
  const mode = useLabStore((lab) => lab.mode);
  const run = useLabStore((lab) => lab.run.state);
  const applying = useLabStore((lab) => lab.progress !== null);
  const { steps, problem } = usePlan();
  if (run !== 'running') {
    return (
      <EmptyState
        title="The lab is not running"
        command="npx vethlab plan FILE.lab.yaml"
        action={
          run === 'stopped' || run === 'failed' ? (
            <Button size="small" variant="primary" onClick={() => void labActions.start()}>
              <Play aria-hidden="true" className="size-3" /> Start
            </Button>
          ) : undefined
        }
      >
        A plan is the difference between the document and the kernel; there is no kernel side now.
      </EmptyState>
    );
  }
  if (problem !== null) return <EmptyState title="No plan could be made">{problem}</EmptyState>;
  if (steps === null) return <p className="p-4 text-center text-muted">Comparing the document with the kernel…</p>;
  if (steps.length === 0) {
    return (
      <EmptyState title="Nothing to do: kernel and document agree" command="npx vethlab plan FILE.lab.yaml">
        {mode === 'held'
          ? 'Edits are held: draw something and its steps are listed here, with the reason and the command of each.'
          : 'Edits act at once. To see the plan before it runs, hold the edits.'}
        {mode === 'held' ? null : (
          <div className="mt-2">
            <Button size="small" onClick={() => void labActions.setMode('held')}>
              Hold edits
            </Button>
          </div>
        )}
      </EmptyState>
    );
  }
  return (
    <div>
      <div className="sticky top-0 z-[1] flex items-center gap-3 border-b border-line bg-surface px-3 py-1.5">
        <p className="flex-1 tabular-nums">
          <span className="font-medium">{mode === 'held' ? 'Apply would do:' : 'Revert all would do:'}</span>{' '}
          {countText(steps)}
        </p>
        {mode === 'held' ? (
          <Button size="small" variant="primary" disabled={applying} onClick={() => void labActions.applyHeld()}>
            <Play aria-hidden="true" className="size-3" /> Apply
          </Button>
        ) : (
          <RevertAll />
        )}
      </div>
      <StepList steps={steps} />
    </div>
  );
}
