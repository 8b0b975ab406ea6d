import { labActions, useLabStore } from '../lab';
import { classNames, Tooltip } from '../ui';
import { followWords } from './follow-words';

/** Follow or not: what becomes of the things that are typed. */
export function FollowSwitch(): React.JSX.Element {
  const follow = useLabStore((lab) => lab.follow);
  const known = useLabStore((lab) => lab.topology !== null);
  return (
    <Tooltip text={`${followWords.on}\n${followWords.off}`}>
      <button
        type="button"
        role="switch"
        aria-checked={follow}
        aria-label="Follow what is typed"
        onClick={() => void labActions.setFollow(!follow)}
        className={classNames(
          'inline-flex h-7 shrink-0 items-center gap-1.5 rounded-md border px-2 text-xs font-medium',
          follow ? 'border-accent bg-accent-soft text-accent' : 'border-line bg-sunken text-muted hover:text-text',
          !known && 'invisible',
        )}
      >
        <span
          aria-hidden="true"
          className={classNames(
            'relative h-3.5 w-6 rounded-full border transition-colors',
            follow ? 'border-accent bg-accent' : 'border-line-strong',
          )}
        >
          <span
            className={classNames(
              'absolute top-1/2 size-2 -translate-y-1/2 rounded-full transition-[left]',
              follow ? 'left-3 bg-on-accent' : 'left-0.5 bg-line-strong',
            )}
          />
        </span>
        Follow
      </button>
    </Tooltip>
  );
}
