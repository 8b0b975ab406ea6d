import { Trash2 } from 'lucide-react';
import { Button } from '../ui';
import { adopt, revert } from './adopt';

/** The two ways out of a ghost, and why there is only one when there is. */
export function GhostActions(props: {
  readonly id: string;
  readonly what: string;
  readonly whyNot: string | null;
}): React.JSX.Element {
  const { id, what, whyNot } = props;
  return (
    <>
      {whyNot === null ? null : <p className="break-words text-drift">△ It cannot be adopted. {whyNot}</p>}
      <div className="flex gap-2">
        {whyNot === null ? (
          <Button variant="primary" aria-label={`Adopt ${what}`} onClick={() => void adopt([id])}>
            Adopt
          </Button>
        ) : null}
        <Button aria-label={`Remove ${what}`} onClick={() => void revert([id])}>
          <Trash2 className="size-4" aria-hidden="true" /> Remove
        </Button>
      </div>
      <p className="text-xs text-muted">
        {whyNot === null ? 'Adopt makes it part of the lab; undo takes that back. ' : ''}Remove takes it out of the
        kernel, which undo cannot bring back.
      </p>
    </>
  );
}
