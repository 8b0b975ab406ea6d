import { Command } from 'cmdk';
import { useState } from 'react';
import type { Action } from '../app/actions';
import { isEnabled, labelOf, useActions } from '../app/actions';
import { Dialog, Kbd } from '../ui';
import { useViewStore, viewActions } from '../view';
import { foundGroups } from './found-groups';

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
  const [typed, setTyped] = useState('');
  const actions = useActions().filter((action) => action.hiddenInPalette !== true && isEnabled(action));
  const run = (action: Action): void => {
    viewActions.setCommandPaletteOpen(false);
    // The dialog gives the focus back first; then the action may take it somewhere else.
    requestAnimationFrame(() => setTimeout(() => action.run()));
  };
  return (
    <Command label="Command palette" loop shouldFilter={false}>
      <Command.Input
        autoFocus
        value={typed}
        onValueChange={setTyped}
        placeholder="What do you want to do?"
        className="h-11 w-full border-b border-line bg-transparent px-4 text-sm outline-none"
      />
      <Command.List className="max-h-[50vh] overflow-auto p-1">
        <Command.Empty className="p-4 text-center text-muted">No action has these words.</Command.Empty>
        {foundGroups(actions, actionGroups, typed).map(({ group, found }) => (
          <Command.Group
            key={group}
            heading={group}
            className="[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted"
          >
            {found.map((action) => (
              <Command.Item
                key={action.id}
                value={action.id}
                onSelect={() => run(action)}
                className="flex h-9 cursor-default items-center gap-2 rounded-md px-3 data-[selected=true]:bg-hover"
              >
                <span className="flex-1 truncate">{labelOf(action)}</span>
                {action.keys?.[0] === undefined ? null : <Kbd keys={action.keys[0]} />}
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  );
}
