import { ChevronDown, Copy, Download, LayoutGrid, Pencil, Plus } from 'lucide-react';
import { useState } from 'react';
import { navigate } from '../app/route';
import { labActions, useLabStore } from '../lab';
import { createLab, duplicateLab, exportLab } from '../labs/lab-commands';
import { runEdit } from '../notices/tell-outcome';
import { Menu, MenuItem, MenuSeparator, NameField } from '../ui';

/** The name of the lab: a menu, and on double click a field. */
export function LabMenu(): React.JSX.Element {
  const labId = useLabStore((lab) => lab.labId);
  const name = useLabStore((lab) => lab.topology?.name ?? '');
  const [renaming, setRenaming] = useState(false);
  const rename = (next: string | null): void => {
    setRenaming(false);
    if (next !== null) void runEdit(labActions.edit({ type: 'set-lab-name', name: next }));
  };
  if (renaming) {
    return (
      <NameField label="Name of the lab" name={name} maxLength={100} onDone={rename} className="w-64 font-semibold" />
    );
  }
  return (
    <div className="flex min-w-0 items-center">
      <button
        type="button"
        aria-label="All labs"
        onClick={() => navigate({ screen: 'labs' })}
        className="inline-flex size-8 shrink-0 items-center justify-center rounded-md hover:bg-hover"
      >
        <img src="/vethlab.svg" alt="" className="size-5" />
      </button>
      <Menu
        trigger={
          <button
            type="button"
            onDoubleClick={() => setRenaming(true)}
            className="flex h-8 min-w-0 items-center gap-1 rounded-md px-2 text-sm font-semibold hover:bg-hover data-[state=open]:bg-hover"
          >
            <h1 className="max-w-56 truncate">{name === '' ? 'Lab' : name}</h1>
            <ChevronDown aria-hidden="true" className="size-3.5 shrink-0 text-muted" />
          </button>
        }
      >
        <MenuItem icon={<Pencil />} onSelect={() => setRenaming(true)}>
          Rename
        </MenuItem>
        <MenuItem icon={<Copy />} disabled={labId === null} onSelect={() => labId !== null && void duplicateLab(labId)}>
          Duplicate
        </MenuItem>
        <MenuItem
          icon={<Download />}
          disabled={labId === null}
          onSelect={() => labId !== null && void exportLab(labId, name)}
        >
          Export the lab file
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Plus />} onSelect={() => void createLab({ name: 'Untitled lab' })}>
          New lab
        </MenuItem>
        <MenuItem icon={<LayoutGrid />} onSelect={() => navigate({ screen: 'labs' })}>
          All labs
        </MenuItem>
      </Menu>
    </div>
  );
}
