import { memo } from 'react';
import { Button, Tooltip } from '../ui';
import { viewActions } from '../view';
import { adopt, revert } from './adopt';
import { differenceWords } from './difference-words';
import type { Difference } from './differences';
import { selectionOf } from './selection-of';

/** One difference: what, where, the command that reverts it, and the two ways out. */
export const DifferenceRow = memo(function DifferenceRow({
  difference,
  narrow = false,
}: {
  readonly difference: Difference;
  /** In the inspector: without the place, which is known there, and without the command. */
  readonly narrow?: boolean;
}): React.JSX.Element {
  const { id, kind, where, text, whyNot, commands } = difference;
  const words = differenceWords[kind];
  const what = `${where}: ${text}`;
  return (
    <li className={narrow ? 'flex flex-wrap items-center gap-x-2 gap-y-1' : rowClass}>
      <span role="img" aria-label={words.word} className="w-3 shrink-0 text-center font-mono font-bold text-drift">
        {words.sign}
      </span>
      <div className="min-w-0 flex-1 basis-40">
        {narrow ? null : (
          <button
            type="button"
            className="block max-w-full truncate text-left font-mono text-xs hover:underline"
            title={`Show ${where} on the canvas`}
            onClick={() => viewActions.reveal(selectionOf(difference))}
          >
            {where}
          </button>
        )}
        <p className="break-words">{text}</p>
        {whyNot === null ? null : <p className="text-xs break-words text-muted">Cannot be adopted. {whyNot}</p>}
      </div>
      {narrow || commands.length === 0 ? null : (
        <code className="hidden min-w-0 flex-1 basis-0 font-mono text-xs break-words whitespace-pre-wrap text-muted @3xl:block">
          {commands.join('\n')}
        </code>
      )}
      <div className="ml-auto flex shrink-0 gap-1">
        {whyNot === null ? (
          <Tooltip text={words.adopt}>
            <Button size="small" aria-label={`Adopt ${what}`} onClick={() => void adopt([id])}>
              Adopt
            </Button>
          </Tooltip>
        ) : null}
        <Tooltip text={words.revert}>
          <Button size="small" aria-label={`${words.revertLabel} ${what}`} onClick={() => void revert([id])}>
            {words.revertLabel}
          </Button>
        </Tooltip>
      </div>
    </li>
  );
});

const rowClass = 'flex items-center gap-3 border-b border-line px-3 py-1.5 last:border-b-0';
