import { Triangle } from 'lucide-react';
import { formatQuantity } from '../format/numbers';
import { livenessOf, useLabStore } from '../lab';
import { Badge, Tooltip } from '../ui';
import { viewActions } from '../view';
import { useDifferences } from './use-differences';

/** How many differences there are between kernel and document that nobody drew; opens the panel that lists them. */
export function DriftBadge(): React.JSX.Element | null {
  const count = useDifferences().length;
  const live = useLabStore((lab) => livenessOf(lab) === 'live');
  if (count === 0 || !live) return null;
  return (
    <Tooltip text="The kernel is not as the lab says. See what, adopt it or revert it.">
      <button type="button" className="flex shrink-0 rounded-full" onClick={() => viewActions.openDock('drift')}>
        <Badge tone="drift">
          <Triangle aria-hidden="true" className="size-3" />
          {formatQuantity(count, 'difference')}
        </Badge>
      </button>
    </Tooltip>
  );
}
