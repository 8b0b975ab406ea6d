import { livenessOf, useLabStore } from '../lab';
import { followWords } from './follow-words';

/** Says, for as long as the lab follows, what becomes of what is typed. */
export function FollowNote(): React.JSX.Element | null {
  const follow = useLabStore((lab) => lab.follow && livenessOf(lab) === 'live');
  if (!follow) return null;
  return (
    <p className="flex items-center gap-1.5 rounded-full border border-accent bg-surface px-3 py-1 text-xs text-accent">
      <span aria-hidden="true">●</span>
      {followWords.on}
    </p>
  );
}
