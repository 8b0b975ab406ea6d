import { useLabStore } from '../lab';
import { Button } from '../ui';
import { viewActions } from '../view';
import { ConflictActions } from './conflict-actions';
import { conflictsNow } from './conflicts-now';

/** Nothing of the lab is applied while a name of it is somebody else's on the machine: that is not left to a panel. */
export function ConflictBanner(): React.JSX.Element | null {
  const conflicts = useLabStore(conflictsNow);
  const isRunning = useLabStore((lab) => lab.run.state !== 'failed');
  const [first, ...others] = conflicts;
  if (first === undefined) return null;
  return (
    <section
      aria-label="Names that are taken on this machine"
      className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line bg-failing-soft px-4 py-2"
    >
      <p role="alert" className="min-w-60 flex-1">
        <strong className="font-medium text-failing">
          ✕ <span className="font-mono">{String(first.path[1] ?? '')}</span>: {first.summary}
        </strong>{' '}
        {isRunning
          ? 'Edits wait until this is settled; nothing was changed.'
          : 'The lab was not started; nothing was changed.'}
      </p>
      <ConflictActions conflict={first} />
      {others.length === 0 ? null : (
        <Button size="small" onClick={() => viewActions.openDock('problems')}>
          All {conflicts.length} names
        </Button>
      )}
    </section>
  );
}
