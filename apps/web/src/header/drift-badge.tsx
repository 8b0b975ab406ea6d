import { Triangle, Wrench } from 'lucide-react';
import { formatQuantity } from '../format/numbers';
import { labActions, useLabStore } from '../lab';
import { Badge, Button, classNames, Menu, MenuItem, MenuSeparator } from '../ui';

/** More would not fit a menu; the plan panel lists all. */
const shownItems = 8;

const words = { missing: 'missing', changed: 'changed', unexpected: 'unmanaged' } as const;

/** Where kernel and document differ without an edit, and the way back. */
export function DriftBadge(): React.JSX.Element | null {
  const drift = useLabStore((lab) => lab.drift);
  if (drift.length === 0) return null;
  return (
    <Menu
      trigger={
        <button type="button" className="flex shrink-0 rounded-full">
          <Badge tone="drift">
            <Triangle aria-hidden="true" className="size-3" />
            {formatQuantity(drift.length, 'difference')}
          </Badge>
        </button>
      }
    >
      <p className="max-w-96 px-2 py-1 text-xs text-muted">
        The kernel is not as the document says. Choose one to repair it.
      </p>
      {drift.slice(0, shownItems).map((item) => (
        <MenuItem key={item.repair.id} icon={<Wrench />} onSelect={() => void labActions.repair([item.repair.id])}>
          {item.description} <span className="text-muted">({words[item.kind]})</span>
        </MenuItem>
      ))}
      {drift.length > shownItems ? (
        <p className="px-2 py-1 text-xs text-muted">and {drift.length - shownItems} more, in the plan panel</p>
      ) : null}
      <MenuSeparator />
      <MenuItem icon={<Wrench />} onSelect={() => void labActions.repair()}>
        Repair all
      </MenuItem>
    </Menu>
  );
}

/** The same offer as a plain button, for panels. */
export function RepairAllButton({ className }: { readonly className?: string }): React.JSX.Element {
  return (
    <Button size="small" className={classNames(className)} onClick={() => void labActions.repair()}>
      <Wrench aria-hidden="true" className="size-3.5" />
      Repair all
    </Button>
  );
}
