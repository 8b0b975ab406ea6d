import type { NodeProcess, NodeProcesses } from '@vethlab/protocol';
import { formatArguments } from '@vethlab/topology';
import { X } from 'lucide-react';
import { useState } from 'react';
import { rest } from '../../../connection/rest-client';
import { visibleText } from '../../../format/visible-text';
import { labStore } from '../../../lab';
import { Button, Dialog, Field, IconButton } from '../../../ui';
import { Section } from '../../fields/section';
import { signalProcess } from './command-acts';
import { type ShownProcess, shownProcesses } from './shown-processes';
import { usePolled } from './use-polled';

const everyMs = 2_000;

interface TwoLooks {
  readonly before: NodeProcesses | null;
  readonly now: NodeProcesses;
}

/** Every process in a namespace, whoever started it: looked at while this is on the page, and not otherwise. */
export function ProcessesSection({ node }: { readonly node: string }): React.JSX.Element {
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<NodeProcess | null>(null);
  const { value, problem, look } = usePolled<TwoLooks>(node, everyMs, async (last) => {
    const { labId } = labStore.getState();
    const now = labId === null ? { takenMs: 0, processes: [], total: 0 } : await rest.processes(labId, node);
    return { before: last?.now ?? null, now };
  });
  const shown = value === null ? [] : shownProcesses(value.now, value.before, search);
  const total = value?.now.total ?? 0;
  return (
    <Section title="Processes" {...(value === null ? {} : { count: total })}>
      {problem === null ? null : <p className="text-xs text-failing">✕ {problem}</p>}
      {value !== null && total === 0 ? (
        <p className="text-xs text-muted">Nothing runs in this namespace. A terminal or a command of the node would.</p>
      ) : null}
      {total > 0 ? (
        <>
          <Field
            label="Search processes"
            labelHidden
            placeholder="Search: a pid, a program, an argument"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
          <ul aria-label={`Processes of ${node}`} className="flex flex-col gap-1">
            {shown.map((process) => (
              <ProcessRow key={`${process.pid} ${process.startedTicks}`} process={process} onEnd={setChosen} />
            ))}
          </ul>
          {shown.length === 0 ? <p className="text-xs text-muted">None of them matches.</p> : null}
          {value !== null && total > value.now.processes.length ? (
            <p className="text-xs text-muted">The first {value.now.processes.length} of them.</p>
          ) : null}
        </>
      ) : null}
      <EndProcess node={node} process={chosen} onClose={() => setChosen(null)} onSent={look} />
    </Section>
  );
}

interface ProcessRowProps {
  readonly process: ShownProcess;
  readonly onEnd: (process: NodeProcess) => void;
}

function ProcessRow({ process, onEnd }: ProcessRowProps): React.JSX.Element {
  return (
    <li className="flex items-start gap-2 rounded border border-line px-2 py-1">
      <div className="min-w-0 flex-1">
        <p className="font-mono text-xs break-all">{process.line}</p>
        <p className="text-xs text-muted tabular-nums">
          pid {process.pid} · {process.memory} · CPU {process.cpu} · since {process.since}
          {process.command === null ? null : (
            <>
              {' '}
              · the command <span className="font-mono">{visibleText(process.command)}</span>
            </>
          )}
        </p>
      </div>
      <IconButton size="small" label={`End process ${process.pid}`} onClick={() => onEnd(process)}>
        <X />
      </IconButton>
    </li>
  );
}

interface EndProcessProps {
  readonly node: string;
  readonly process: NodeProcess | null;
  readonly onClose: () => void;
  readonly onSent: () => void;
}

/** Asked first, since what a program was doing cannot be brought back. */
function EndProcess({ node, process, onClose, onSent }: EndProcessProps): React.JSX.Element {
  const send = (signal: 'SIGTERM' | 'SIGKILL') => {
    if (process === null) return;
    onClose();
    void signalProcess(node, process, signal).then(onSent);
  };
  return (
    <Dialog
      open={process !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`End process ${process?.pid ?? ''} in ${node}?`}
      description="What it was doing is lost. A command with a restart policy is started again by it."
      footer={
        <>
          <Button data-first-choice onClick={onClose}>
            Keep it
          </Button>
          <Button onClick={() => send('SIGKILL')}>End it at once (SIGKILL)</Button>
          <Button variant="danger" onClick={() => send('SIGTERM')}>
            Ask it to end (SIGTERM)
          </Button>
        </>
      }
    >
      <p className="font-mono text-xs break-all">{process === null ? '' : formatArguments(process.arguments)}</p>
    </Dialog>
  );
}
