import type { ImportScriptReply } from '@vethlab/protocol';
import { formatQuantity } from '../format/numbers';
import { visibleText } from '../format/visible-text';
import { classNames } from '../ui';
import { failureWords } from './line-notes';
import { endWords, isEmpty } from './script-end';

const toneLooks = {
  good: { sign: '✓', colour: 'text-up' },
  warning: { sign: '△', colour: 'text-drift' },
  bad: { sign: '✕', colour: 'text-failing' },
} as const;

export interface ScriptResultProps {
  readonly reply: ImportScriptReply;
  readonly onShowLine: (line: number) => void;
}

/** What came of a script: how it ended, the lines that failed with the system's own words, and what no lab can hold. */
export function ScriptResult({ reply, onShowLine }: ScriptResultProps): React.JSX.Element {
  const { failures, moreFailures, leftOut, output, outputCut, topology } = reply;
  const words = endWords(reply);
  const { sign, colour } = toneLooks[words.tone];
  return (
    <section aria-label="What came of it" className="flex flex-col gap-3">
      <p role="status" className={classNames('font-medium', colour)}>
        <span aria-hidden="true">{sign} </span>
        {words.text}
      </p>
      <p>
        {isEmpty(reply)
          ? 'Nothing came to be that a lab could hold: no namespace was made.'
          : `Came to be: ${formatQuantity(Object.keys(topology.nodes).length, 'node')}, ${formatQuantity(topology.links.length, 'link')}.`}
      </p>
      {failures.length === 0 ? null : (
        <div className="flex flex-col gap-1">
          <h3 className="text-xs font-semibold text-muted">Lines that failed</h3>
          <ol aria-label="Lines that failed" className="flex flex-col gap-1.5">
            {failures.map((failure, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same line may fail twice in the same words.
              <li key={index} className="flex gap-3">
                <FailurePlace line={failure.line} onShowLine={onShowLine} />
                <div className="min-w-0 flex-1">
                  <p className="break-words text-failing">{visibleText(failureWords(failure))}</p>
                  <code className="block font-mono text-xs break-words whitespace-pre-wrap text-muted">
                    {visibleText(failure.command)}
                  </code>
                </div>
              </li>
            ))}
          </ol>
          {moreFailures > 0 ? <p className="text-muted">and {moreFailures} more</p> : null}
        </div>
      )}
      {leftOut.length === 0 ? null : (
        <div className="flex flex-col gap-1">
          <h3 className="text-xs font-semibold text-muted">Came to be, and cannot be part of a lab</h3>
          <ul aria-label="Cannot be part of a lab" className="flex flex-col gap-1.5">
            {leftOut.map(({ where, what, why }) => (
              <li key={`${where} ${what}`} className="break-words">
                <span className="font-mono text-xs">{visibleText(where)}</span>: {visibleText(what)}.{' '}
                <span className="text-muted">{visibleText(why)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {output === '' ? null : (
        <details>
          <summary className="w-fit cursor-pointer text-muted">What the commands printed</summary>
          <pre className="mt-1 max-h-48 overflow-auto rounded-md bg-sunken p-2 font-mono text-xs break-words whitespace-pre-wrap">
            {output.split('\n').map(visibleText).join('\n')}
          </pre>
          {outputCut ? <p className="text-xs text-muted">It printed more than is kept.</p> : null}
        </details>
      )}
    </section>
  );
}

function FailurePlace(props: {
  readonly line: number | null;
  readonly onShowLine: (line: number) => void;
}): React.JSX.Element {
  const { line, onShowLine } = props;
  if (line === null) return <span className="w-16 shrink-0 text-xs leading-5 text-muted">script</span>;
  return (
    <button
      type="button"
      className="w-16 shrink-0 self-start text-left text-xs leading-5 text-accent tabular-nums hover:underline"
      onClick={() => onShowLine(line)}
    >
      line {line}
    </button>
  );
}
