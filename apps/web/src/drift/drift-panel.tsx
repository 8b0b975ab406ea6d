import { Play } from 'lucide-react';
import { useState } from 'react';
import { formatQuantity } from '../format/numbers';
import { labActions, livenessOf, useLabStore } from '../lab';
import { Button, EmptyState } from '../ui';
import { adopt } from './adopt';
import { BeyondList, useBeyond } from './beyond-section';
import { DifferenceRow } from './difference-row';
import { RevertAll } from './revert-all';
import { useDifferences } from './use-differences';

/** More is not read but scrolled past; "all" means all nevertheless. */
const maxShown = 200;

/** Where kernel and document differ without an edit: each with both ways out, and all at once. */
export function DriftPanel(): React.JSX.Element {
  const liveness = useLabStore(livenessOf);
  const run = useLabStore((lab) => lab.run.state);
  const follow = useLabStore((lab) => lab.follow);
  const differences = useDifferences();
  const beyond = useBeyond();
  const [adopting, setAdopting] = useState(false);
  if (liveness === 'idle') {
    return (
      <EmptyState
        title="The lab is not running"
        action={
          run === 'stopped' || run === 'failed' ? (
            <Button size="small" variant="primary" onClick={() => void labActions.start()}>
              <Play aria-hidden="true" className="size-3" /> Start
            </Button>
          ) : undefined
        }
      >
        There is no kernel side that could differ from the lab.
      </EmptyState>
    );
  }
  if (differences.length === 0) {
    if (beyond.length > 0) return <BeyondList entries={beyond} />;
    return (
      <EmptyState title="Kernel and lab agree" command="ip netns add ns1">
        {follow
          ? 'What you type in a terminal becomes part of the lab by itself, since the lab follows.'
          : 'What you make, change or remove in a terminal shows here. Adopt it into the lab, or revert it.'}
      </EmptyState>
    );
  }
  const adoptAll = async (): Promise<void> => {
    setAdopting(true);
    await adopt(null);
    setAdopting(false);
  };
  return (
    <div>
      <div className="sticky top-0 z-[1] flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-surface px-3 py-1.5">
        <p className="min-w-0 flex-1 tabular-nums">
          <span className="font-medium">{formatQuantity(differences.length, 'difference')}</span>{' '}
          <span className="text-muted">
            between lab and kernel. Adopt: the lab becomes like the kernel. Revert: the kernel becomes like the lab.
          </span>
        </p>
        <Button
          size="small"
          variant="primary"
          disabled={adopting || differences.every(({ whyNot }) => whyNot !== null)}
          onClick={() => void adoptAll()}
        >
          Adopt all
        </Button>
        <RevertAll />
      </div>
      <ul aria-label="Differences" className="@container">
        {differences.slice(0, maxShown).map((difference) => (
          <DifferenceRow key={difference.id} difference={difference} />
        ))}
      </ul>
      {differences.length > maxShown ? (
        <p className="px-3 py-2 text-muted">and {differences.length - maxShown} more</p>
      ) : null}
      <BeyondList entries={beyond} />
    </div>
  );
}
