import { commandsOf, type Step } from '@vethlab/planner';
import { memo } from 'react';
import { CopyButton, classNames } from '../ui';
import { actionLooks, groupSteps } from './step-words';

/** More is not read but scrolled past; the commands panel has the whole script. */
const maxShown = 300;

/** Steps by namespace: what, why, and the command that means the same. */
export const StepList = memo(function StepList({ steps }: { readonly steps: readonly Step[] }): React.JSX.Element {
  const shown = steps.slice(0, maxShown);
  return (
    <div className="flex flex-col pb-2">
      {groupSteps(shown).map((group) => (
        <section key={group.namespace} aria-label={group.namespace}>
          <h3 className="border-b border-line bg-sunken px-3 py-1 font-mono text-xs font-medium">{group.namespace}</h3>
          <ol>
            {group.steps.map((step) => (
              <StepRow key={step.id} step={step} />
            ))}
          </ol>
        </section>
      ))}
      {steps.length > maxShown ? (
        <p className="px-3 py-2 text-muted">and {steps.length - maxShown} more steps</p>
      ) : null}
    </div>
  );
});

function StepRow({ step }: { readonly step: Step }): React.JSX.Element {
  const look = actionLooks[step.action];
  const commands = commandsOf(step.operation).join('\n');
  return (
    <li className="flex items-center gap-3 border-b border-line px-3 py-1 last:border-b-0">
      <span
        role="img"
        aria-label={look.word}
        className={classNames('w-3 text-center font-mono font-bold', look.colour)}
      >
        {look.sign}
      </span>
      <div className="min-w-0 flex-1 basis-0">
        <p className="truncate">{step.object}</p>
        <p className="truncate text-xs text-muted" title={step.reason}>
          {step.reason}
        </p>
      </div>
      <code className="min-w-0 flex-1 basis-0 font-mono text-xs break-words whitespace-pre-wrap">{commands}</code>
      <CopyButton text={commands} label="Copy command" />
    </li>
  );
}
