import type { TerminalSession } from '@vethlab/protocol';
import { Play, RotateCcw } from 'lucide-react';
import { labActions, livenessOf, useLabStore } from '../../lab';
import { Button } from '../../ui';
import { closeNow } from '../acts/close-terminal';
import { reopenTerminal } from '../acts/open-terminal';
import { endSentence } from '../words';

/** How the shell ended, and what to do now. What it wrote stays above. */
export function EndBar({ session }: { readonly session: TerminalSession }): React.JSX.Element {
  const liveness = useLabStore(livenessOf);
  const canStart = useLabStore((lab) => lab.run.state === 'stopped' || lab.run.state === 'failed');
  const isThere = useLabStore(
    (lab) => session.node === null || (lab.topology !== null && Object.hasOwn(lab.topology.nodes, session.node)),
  );
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-t border-line bg-raised px-3 py-1.5">
      <p role="status" className="min-w-0 flex-1">
        <span aria-hidden="true">○ </span>
        {endSentence(session)}
      </p>
      {liveness === 'live' && isThere ? (
        <Button size="small" variant="primary" onClick={() => void reopenTerminal(session)}>
          <RotateCcw aria-hidden="true" className="size-3" /> Open again
        </Button>
      ) : null}
      {liveness === 'idle' && canStart ? (
        <Button size="small" variant="primary" onClick={() => void labActions.start()}>
          <Play aria-hidden="true" className="size-3" /> Start the lab
        </Button>
      ) : null}
      <Button size="small" onClick={() => void closeNow(session.id)}>
        Close
      </Button>
    </div>
  );
}
