import type { PublishedPort } from '@vethlab/topology';
import { Plus } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import type { EditOutcome } from '../../../lab';
import { Field, type FieldProblem, IconButton, ProblemNote } from '../../../ui';
import { problemOf, problemOfRefusal } from '../../fields/problems';
import { checkPort, proposedAt } from './ports';

export interface PublishRowProps {
  /** Ports of the machine that the lab publishes already. */
  readonly taken: ReadonlySet<number>;
  readonly commit: (port: PublishedPort) => Promise<EditOutcome>;
}

/** Adds a published port: of the node, and where on the machine; the second is proposed from the first. */
export function PublishRow({ taken, commit }: PublishRowProps): React.JSX.Element {
  const [port, setPort] = useState('');
  const [at, setAt] = useState('');
  const [refusal, setRefusal] = useState<FieldProblem | null>(null);
  const proposal = checkPort(port) === null ? `${proposedAt(Number(port), taken)}` : '';
  const chosen = at.trim() === '' ? proposal : at;

  const send = async (): Promise<void> => {
    if (checkPort(port) !== null || checkPort(chosen) !== null) return;
    const outcome = await commit({ port: Number(port), at: Number(chosen) });
    if (outcome.ok) {
      setPort('');
      setAt('');
      setRefusal(null);
      return;
    }
    setRefusal(problemOfRefusal(outcome, setAt));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') void send();
    if (event.key !== 'Escape' || (port === '' && at === '')) return;
    event.stopPropagation();
    setPort('');
    setAt('');
    setRefusal(null);
  };
  return (
    <fieldset aria-label="Publish a port" className="flex min-w-0 flex-col gap-1">
      <div className="grid grid-cols-[1fr_1fr_2rem] items-start gap-1">
        <Field
          label="Port of the node"
          labelHidden
          mono
          inputMode="numeric"
          placeholder="port: 80"
          value={port}
          problem={port.trim() === '' ? null : problemOf(checkPort(port), setPort)}
          onChange={(event) => setPort(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <Field
          label="Port of this machine"
          labelHidden
          mono
          inputMode="numeric"
          placeholder={`here: ${proposal === '' ? '8080' : proposal}`}
          value={at}
          problem={at.trim() === '' ? null : problemOf(checkPort(at), setAt)}
          onChange={(event) => setAt(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <IconButton label="Publish port" onClick={() => void send()}>
          <Plus />
        </IconButton>
      </div>
      {refusal === null ? null : <ProblemNote problem={refusal} />}
    </fieldset>
  );
}
