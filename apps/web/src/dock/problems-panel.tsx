import type { StepFailure } from '@vethlab/protocol';
import type { Diagnostic, Topology } from '@vethlab/topology';
import { RotateCw, Wrench } from 'lucide-react';
import { formatQuantity } from '../format/numbers';
import { ConflictRow, conflictsNow } from '../host';
import { labActions, livenessOf, useLabStore } from '../lab';
import { runEdit } from '../notices/tell-outcome';
import { Button, CommandLine, classNames, EmptyState } from '../ui';
import { viewActions } from '../view';
import { mendingOf, placeText, selectionAt } from './problem-place';

const looks = {
  error: { shape: '✕', colour: 'text-failing', word: 'Error', order: 0 },
  warning: { shape: '△', colour: 'text-drift', word: 'Warning', order: 1 },
  info: { shape: '·', colour: 'text-muted', word: 'Note', order: 2 },
} as const;

/** What is wrong with the document, and what the kernel refused. */
export function ProblemsPanel(): React.JSX.Element | null {
  const topology = useLabStore((lab) => lab.topology);
  const diagnostics = useLabStore((lab) => lab.diagnostics);
  const failures = useLabStore((lab) => (livenessOf(lab) === 'live' ? lab.lastApply?.failures : undefined));
  const conflicts = useLabStore(conflictsNow);
  if (topology === null) return null;
  const refused = failures ?? [];
  if (diagnostics.length === 0 && refused.length === 0 && conflicts.length === 0) {
    return (
      <EmptyState title="No problems" command="npx vethlab validate FILE.lab.yaml">
        Addresses, routes and links are checked as you draw. What is wrong is listed here with a way to mend it.
      </EmptyState>
    );
  }
  const sorted = diagnostics.toSorted((one, other) => looks[one.severity].order - looks[other.severity].order);
  return (
    <ul className="divide-y divide-line">
      {conflicts.map((conflict) => (
        <ConflictRow key={`${conflict.code} ${conflict.path.join('/')}`} conflict={conflict} />
      ))}
      {refused.map((failure) => (
        <FailureRow key={failure.step.id} failure={failure} />
      ))}
      {sorted.map((diagnostic) => (
        <DiagnosticRow
          key={`${diagnostic.code} ${diagnostic.path.join('/')}`}
          diagnostic={diagnostic}
          topology={topology}
        />
      ))}
    </ul>
  );
}

interface DiagnosticRowProps {
  readonly diagnostic: Diagnostic;
  readonly topology: Topology;
}

function DiagnosticRow({ diagnostic, topology }: DiagnosticRowProps): React.JSX.Element {
  const look = looks[diagnostic.severity];
  const selection = selectionAt(topology, diagnostic.path);
  const mending = mendingOf(topology, diagnostic);
  return (
    <li className="flex items-start gap-3 px-3 py-1.5">
      <span role="img" aria-label={look.word} className={classNames('w-4 text-center', look.colour)}>
        {look.shape}
      </span>
      <div className="min-w-0 flex-1">
        <p>
          {selection === null ? null : (
            <button
              type="button"
              className="mr-2 font-mono text-xs text-accent hover:underline"
              onClick={() => viewActions.reveal(selection)}
            >
              {placeText(topology, diagnostic.path)}
            </button>
          )}
          <span className="font-medium">{diagnostic.summary}</span>
        </p>
        <p className="break-words text-muted">{diagnostic.detail}</p>
      </div>
      {mending === null ? null : (
        <Button size="small" onClick={() => void runEdit(labActions.edit(mending.edit))}>
          <Wrench aria-hidden="true" className="size-3.5" />
          {mending.label}
        </Button>
      )}
    </li>
  );
}

function FailureRow({ failure }: { readonly failure: StepFailure }): React.JSX.Element {
  return (
    <li className="flex items-start gap-3 px-3 py-1.5">
      <span role="img" aria-label="Error" className="w-4 text-center text-failing">
        ✕
      </span>
      <div className="flex min-w-0 flex-1 flex-col items-start gap-1">
        <p>
          <span className="font-medium">The kernel refused: {failure.step.object}</span>{' '}
          <span className="text-muted">
            {failure.message}
            {failure.errno === null ? '' : ` (${failure.errno})`}
            {failure.skipped.length === 0 ? '' : `. ${formatQuantity(failure.skipped.length, 'step')} not tried.`}
          </span>
        </p>
        {failure.commands.map((command) => (
          <CommandLine key={command} command={command} />
        ))}
      </div>
      <Button size="small" onClick={() => void labActions.applyHeld()}>
        <RotateCw aria-hidden="true" className="size-3.5" />
        Try again
      </Button>
    </li>
  );
}
