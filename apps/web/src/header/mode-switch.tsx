import { labActions, useLabStore } from '../lab';
import { Segmented, Tooltip } from '../ui';

const items = [
  { value: 'live', label: <Choice shape="●" word="Live" /> },
  { value: 'held', label: <Choice shape="◌" word="Held" /> },
] as const;

/** Live or held, in words: what becomes of the next edit. */
export function ModeSwitch(): React.JSX.Element {
  const mode = useLabStore((lab) => lab.mode);
  const known = useLabStore((lab) => lab.topology !== null);
  return (
    <Tooltip text={'Live: every edit acts in the kernel at once.\nHeld: edits collect; you see the plan and apply it.'}>
      <div className={known ? undefined : 'invisible'}>
        <Segmented
          label="What becomes of an edit"
          value={mode}
          onValueChange={(next) => void labActions.setMode(next)}
          items={items}
        />
      </div>
    </Tooltip>
  );
}

function Choice({ shape, word }: { readonly shape: string; readonly word: string }): React.JSX.Element {
  return (
    <>
      <span aria-hidden="true">{shape}</span>
      {word}
    </>
  );
}
