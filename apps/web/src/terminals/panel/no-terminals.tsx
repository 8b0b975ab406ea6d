import { Play, SquareTerminal } from 'lucide-react';
import { labActions, livenessOf, useLabStore } from '../../lab';
import { Button, EmptyState, Kbd } from '../../ui';
import { openTerminal } from '../acts/open-terminal';
import { useTerminals } from '../state/terminal-store';

/** Before the first terminal: how to get one, or why there is none. */
export function NoTerminals(): React.JSX.Element {
  const liveness = useLabStore(livenessOf);
  const runState = useLabStore((lab) => lab.run.state);
  const opening = useTerminals((state) => state.opening);
  if (opening !== undefined) return <EmptyState title="Opening a terminal…" />;
  if (liveness === 'live') {
    return (
      <EmptyState
        title="No terminal is open"
        command="ip netns exec h1 bash"
        action={
          <Button variant="primary" size="small" onClick={() => void openTerminal(null)}>
            <SquareTerminal aria-hidden="true" className="size-3" /> Open the lab shell
          </Button>
        }
      >
        Double-click a node, or select it and press <Kbd keys="t" />: a shell in its namespace. In the lab shell,{' '}
        <code className="font-mono text-xs">ip netns list</code> names all of them.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={liveness === 'unknown' ? 'The server does not answer' : 'The lab is not running'}
      action={
        runState === 'stopped' || runState === 'failed' ? (
          <Button size="small" variant="primary" onClick={() => void labActions.start()}>
            <Play aria-hidden="true" className="size-3" /> Start
          </Button>
        ) : undefined
      }
    >
      {liveness === 'unknown'
        ? 'Terminals are shown again once it does. What runs in them goes on.'
        : 'A terminal is a shell inside the running lab. Start it, and every node can have one.'}
    </EmptyState>
  );
}
