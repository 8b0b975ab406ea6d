import { Command } from 'cmdk';
import type { Action } from '../app/actions';
import { isEnabled, labelOf, useActions } from '../app/actions';
import { Dialog, Kbd } from '../ui';
import { useViewStore, viewActions } from '../view';

/** Groups in the order a person looks for them. */
export const actionGroups: readonly Action['group'][] = [
  'Add',
  'Edit',
  'Select',
  'Lab',
  'Terminal',
  'Panels',
  'View',
  'Help',
];

/** Every action of the app, found by its name. */
export function CommandPalette(): React.JSX.Element {
  const open = useViewStore((view) => view.commandPaletteOpen);
  return (
    <Dialog bare open={open} onOpenChange={viewActions.setCommandPaletteOpen} title="Command palette" width="wide">
      <PaletteList />
    </Dialog>
  );
}

function PaletteList(): React.JSX.Element {
  const actions = useActions().filter((action) => action.hiddenInPalette !== true && isEnabled(action));
  const run = (action: Action): void => {
    viewActions.setCommandPaletteOpen(false);
    // The dialog gives the focus back first; then the action may take it somewhere else.
    requestAnimationFrame(() => setTimeout(() => action.run()));
  };
  return (
    <Command label="Command palette" loop filter={score}>
      <Command.Input
        autoFocus
        placeholder="What do you want to do?"
        className="h-11 w-full border-b border-line bg-transparent px-4 text-sm outline-none"
      />
      <Command.List className="max-h-[50vh] overflow-auto p-1">
        <Command.Empty className="p-4 text-center text-muted">No action has these words.</Command.Empty>
        {actionGroups.map((group) => {
          const inGroup = actions.filter((action) => action.group === group);
          return inGroup.length === 0 ? null : (
            <Command.Group
              key={group}
              heading={group}
              className="[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted"
            >
              {inGroup.map((action) => (
                <Command.Item
                  key={action.id}
                  value={action.id}
                  keywords={[labelOf(action), group, ...(action.keywords ?? [])]}
                  onSelect={() => run(action)}
                  className="flex h-9 cursor-default items-center gap-2 rounded-md px-3 data-[selected=true]:bg-hover"
                >
                  <span className="flex-1 truncate">{labelOf(action)}</span>
                  {action.keys?.[0] === undefined ? null : <Kbd keys={action.keys[0]} />}
                </Command.Item>
              ))}
            </Command.Group>
          );
        })}
      </Command.List>
    </Command>
  );
}

/**
 * How well an action fits what is typed, 0 to 1: each typed word begins one of its words. Letters that are only strewn over
 * them do not count, for the groups keep their order and Enter takes the first: "lab shell" must not stop the lab.
 */
function score(id: string, typed: string, keywords: readonly string[] = []): number {
  const wanted = typed.toLowerCase().trim();
  const label = (keywords[0] ?? '').toLowerCase();
  if (label.startsWith(wanted)) return 1;
  if (label.includes(wanted)) return 0.9;
  const words = [id, ...keywords].flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u));
  return wanted.split(/\s+/).every((part) => words.some((word) => word.startsWith(part))) ? 0.5 : 0;
}
