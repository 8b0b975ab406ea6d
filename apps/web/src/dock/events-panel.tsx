import { useState } from 'react';
import { formatClock } from '../format/numbers';
import { useLabStore } from '../lab';
import { classNames, EmptyState } from '../ui';

const looks = {
  info: { shape: '·', colour: 'text-muted', word: 'info' },
  warning: { shape: '△', colour: 'text-drift', word: 'warning' },
  error: { shape: '✕', colour: 'text-failing', word: 'error' },
} as const;

/** Everything that happened since this page opened the lab, the newest first. */
export function EventsPanel(): React.JSX.Element {
  const events = useLabStore((lab) => lab.events);
  const [onlyTrouble, setOnlyTrouble] = useState(false);
  const shown = events.filter((event) => !onlyTrouble || event.level !== 'info').toReversed();
  return (
    <div className="flex min-h-full flex-col">
      <label className="sticky top-0 z-[1] flex items-center gap-2 border-b border-line bg-surface px-3 py-1.5 text-xs text-muted">
        <input
          type="checkbox"
          className="accent-accent"
          checked={onlyTrouble}
          onChange={(event) => setOnlyTrouble(event.currentTarget.checked)}
        />
        Only warnings and errors
      </label>
      {shown.length === 0 ? (
        <EmptyState
          title={onlyTrouble ? 'No warnings and no errors' : 'Nothing happened yet'}
          command="ip -all monitor"
        >
          Edits, applied steps, failures and changes in the kernel are listed here as they happen.
        </EmptyState>
      ) : (
        <ol className="py-1">
          {shown.map((event) => {
            const look = looks[event.level];
            return (
              <li key={event.id} className="flex gap-3 px-3 py-0.5">
                <time
                  dateTime={new Date(event.atMs).toISOString()}
                  className="shrink-0 text-xs leading-5 text-muted tabular-nums"
                >
                  {formatClock(event.atMs)}
                </time>
                <span role="img" aria-label={look.word} className={classNames('w-3 shrink-0 text-center', look.colour)}>
                  {look.shape}
                </span>
                <span className={classNames('min-w-0 break-words', event.level !== 'info' && look.colour)}>
                  {event.text}
                </span>
              </li>
            );
          })}
        </ol>
      )}
    </div>
  );
}
