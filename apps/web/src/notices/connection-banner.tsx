import { CircleCheck, PlugZap } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { formatQuantity } from '../format/numbers';
import { useLabStore } from '../lab';

/** "Restored" stays long enough to be read in passing; it asks for nothing. */
const restoredShownMs = 4_000;

const pill = 'flex items-center gap-2 rounded-full border border-current/30 px-4 py-1.5 font-medium shadow-raised';

/** Connection lost, and restored: calm, and exact about what is kept. It floats, so that nothing on the page jumps. */
export function ConnectionBanner(): React.JSX.Element | null {
  const connection = useLabStore((lab) => lab.connection);
  const waiting = useLabStore((lab) => lab.pendingEdits);
  const saveError = useLabStore((lab) => lab.saveError);
  const wasLost = useRef(false);
  const [restored, setRestored] = useState(false);
  useEffect(() => {
    if (connection === 'lost') wasLost.current = true;
    if (connection !== 'open' || !wasLost.current) return;
    wasLost.current = false;
    setRestored(true);
    const timer = setTimeout(() => setRestored(false), restoredShownMs);
    return () => {
      clearTimeout(timer);
      setRestored(false);
    };
  }, [connection]);
  return (
    <div
      aria-live="polite"
      className="pointer-events-none absolute inset-x-0 top-14 z-20 flex flex-col items-center gap-2 px-4"
    >
      {connection === 'lost' ? (
        <p className={`${pill} bg-drift-soft text-drift`}>
          <PlugZap aria-hidden="true" className="size-4" />
          <span>
            Connection lost.{' '}
            {waiting === 0
              ? 'What you edit now is kept.'
              : `Your edits are kept (${formatQuantity(waiting, 'edit')} waiting).`}{' '}
            Trying again…
          </span>
        </p>
      ) : restored ? (
        <p className={`${pill} bg-up-soft text-up`}>
          <CircleCheck aria-hidden="true" className="size-4" />
          <span>
            Connection restored. {waiting === 0 ? 'Everything is sent.' : `Sending ${formatQuantity(waiting, 'edit')}…`}
          </span>
        </p>
      ) : null}
      {saveError === null ? null : (
        <p className={`${pill} bg-failing-soft text-failing`}>
          <span>✕ Not saved to disk: {saveError} Your edits are kept in memory and saving is tried again.</span>
        </p>
      )}
    </div>
  );
}
