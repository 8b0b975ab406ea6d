import type { LabSummary } from '@vethlab/protocol';
import { Copy, Download, Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { type MouseEvent, useState } from 'react';
import { navigate, pathOf } from '../app/route';
import { formatAgo, formatQuantity } from '../format/numbers';
import { Badge, Menu, MenuItem, MenuSeparator, NameField, type Tone } from '../ui';
import { DeleteDialog } from './delete-dialog';
import { DiagnosticLines } from './diagnostic-lines';
import { duplicateLab, exportLab, renameLab } from './lab-commands';

export interface LabTableProps {
  readonly labs: readonly LabSummary[];
  readonly onChanged: () => Promise<void>;
}

/** All labs, the newest first, broken files among them with their reasons. */
export function LabTable({ labs, onChanged }: LabTableProps): React.JSX.Element {
  const [deleting, setDeleting] = useState<LabSummary | null>(null);
  return (
    <>
      <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface">
        {labs.map((lab) => (
          <LabRow key={lab.id} lab={lab} onChanged={onChanged} onDelete={() => setDeleting(lab)} />
        ))}
      </ul>
      <DeleteDialog lab={deleting} onClose={() => setDeleting(null)} onDeleted={onChanged} />
    </>
  );
}

const states: Readonly<Record<LabSummary['run'], { readonly tone: Tone; readonly text: string }>> = {
  running: { tone: 'up', text: '● Running' },
  starting: { tone: 'waiting', text: '◔ Starting' },
  restarting: { tone: 'waiting', text: '◔ Restarting' },
  failed: { tone: 'failing', text: '✕ Not running' },
  stopped: { tone: 'neutral', text: '□ Stopped' },
};

interface LabRowProps {
  readonly lab: LabSummary;
  readonly onChanged: () => Promise<void>;
  readonly onDelete: () => void;
}

function LabRow({ lab, onChanged, onDelete }: LabRowProps): React.JSX.Element {
  const [renaming, setRenaming] = useState(false);
  const isBroken = lab.broken !== undefined;
  const act = (command: Promise<boolean>): void => {
    void command.then(onChanged);
  };
  const rename = (name: string | null): void => {
    setRenaming(false);
    if (name !== null) act(renameLab(lab.id, name));
  };
  const open = (event: MouseEvent): void => {
    // New tab and window stay with the browser.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    navigate({ screen: 'lab', labId: lab.id });
  };
  return (
    <li className="flex flex-col px-4 py-2.5 hover:bg-hover">
      <div className="flex min-h-8 items-center gap-3">
        {renaming ? (
          <NameField
            label="Name of the lab"
            name={lab.name}
            maxLength={100}
            onDone={rename}
            className="min-w-0 flex-1 font-medium"
          />
        ) : isBroken ? (
          <span className="min-w-0 flex-1 truncate text-sm font-medium">{lab.name || lab.id}</span>
        ) : (
          <a
            href={pathOf({ screen: 'lab', labId: lab.id })}
            onClick={open}
            className="min-w-0 flex-1 truncate text-sm font-medium hover:underline"
          >
            {lab.name}
          </a>
        )}
        {isBroken ? (
          <Badge tone="failing">✕ Cannot be read</Badge>
        ) : (
          <>
            <span className="text-xs text-muted tabular-nums">
              {formatQuantity(lab.nodes, 'node')}, {formatQuantity(lab.links, 'link')}
            </span>
            <span className="w-28 text-right">
              <Badge tone={states[lab.run].tone}>{states[lab.run].text}</Badge>
            </span>
          </>
        )}
        <span className="w-24 text-right text-xs text-muted tabular-nums">
          {formatAgo(lab.changedAtMs, Date.now())}
        </span>
        <Menu
          align="end"
          trigger={
            <button
              type="button"
              aria-label={`More for ${lab.name || lab.id}`}
              className="inline-flex size-8 items-center justify-center rounded-md text-muted hover:bg-pressed hover:text-text data-[state=open]:bg-pressed"
            >
              <Ellipsis aria-hidden="true" className="size-4" />
            </button>
          }
        >
          {isBroken ? null : (
            <>
              <MenuItem icon={<Pencil />} onSelect={() => setRenaming(true)}>
                Rename
              </MenuItem>
              <MenuItem icon={<Copy />} onSelect={() => act(duplicateLab(lab.id))}>
                Duplicate
              </MenuItem>
            </>
          )}
          <MenuItem icon={<Download />} onSelect={() => act(exportLab(lab.id, lab.name))}>
            Export the lab file
          </MenuItem>
          <MenuSeparator />
          <MenuItem danger icon={<Trash2 />} onSelect={onDelete}>
            Delete…
          </MenuItem>
        </Menu>
      </div>
      {lab.broken === undefined ? null : <DiagnosticLines diagnostics={lab.broken} />}
    </li>
  );
}
