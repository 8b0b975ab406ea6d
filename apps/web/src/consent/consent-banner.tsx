import { commandKey, formatArguments } from '@vethlab/topology';
import { ShieldQuestion } from 'lucide-react';
import { useState } from 'react';
import { allowCommands } from '../inspector/node/commands/command-acts';
import { useLabStore } from '../lab';
import { Button } from '../ui';

/**
 * Commands that came with a file run only after somebody has seen every one of them in full and agreed. "Not now" puts the question
 * away until others come; each node still says which of its commands wait.
 */
export function ConsentBanner(): React.JSX.Element | null {
  const waiting = useLabStore((lab) => lab.commandsWaiting);
  const isReady = useLabStore((lab) => lab.connection === 'open');
  const [putAway, setPutAway] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);
  const asked = JSON.stringify(waiting.map(commandKey));
  if (waiting.length === 0 || asked === putAway) return null;
  const allow = async (): Promise<void> => {
    setSending(true);
    await allowCommands(waiting);
    setSending(false);
  };
  return (
    <section
      aria-label="Commands that wait for consent"
      className="flex max-h-[40vh] shrink-0 flex-col gap-2 border-b border-line bg-drift-soft px-4 py-2"
    >
      <div className="flex flex-wrap items-center gap-2">
        <ShieldQuestion aria-hidden="true" className="size-4 shrink-0 text-drift" />
        <p className="min-w-60 flex-1">
          <strong className="font-medium">
            {waiting.length === 1
              ? 'This lab came with a command that wants to run.'
              : `This lab came with ${waiting.length} commands that want to run.`}
          </strong>{' '}
          Read them first: they run with the rights of this lab, in its sandbox or, with the host runtime, on the
          server's machine.
        </p>
        <Button size="small" onClick={() => setPutAway(asked)}>
          Not now
        </Button>
        <Button size="small" variant="primary" disabled={isSending || !isReady} onClick={() => void allow()}>
          {waiting.length === 1 ? 'Allow it' : `Allow all ${waiting.length}`}
        </Button>
      </div>
      <ul
        aria-label="Commands"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard.
        tabIndex={0}
        className="flex min-h-0 flex-col gap-1 overflow-auto"
      >
        {waiting.map(({ node, name, run, vrf }) => (
          <li key={`${node}:${name}`} className="rounded border border-line bg-surface px-2 py-1 text-xs">
            <span className="text-muted">
              {node} · {name}
              {vrf === undefined ? null : <> · in the VRF {vrf}</>}
            </span>
            <p className="font-mono break-all text-text">{formatArguments(run)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
