import { NodeToolbar, Panel, Position } from '@xyflow/react';
import { X } from 'lucide-react';
import { IconButton, ProblemNote } from '../../ui';
import { perform } from '../acts/perform';
import { type CanvasState, type PlaceNote, setCanvas, useCanvasStore } from '../state/canvas-store';

const selectNote = (canvas: CanvasState) => canvas.note;

/** Why an act on the canvas was refused, at the place of the act. It stays until it is read away. */
export function PlaceNoteCard(): React.JSX.Element | null {
  const note = useCanvasStore(selectNote);
  if (note === null) return null;
  if (note.node === null) {
    return (
      <Panel position="top-center">
        <NoteBody note={note} />
      </Panel>
    );
  }
  return (
    <NodeToolbar nodeId={note.node} isVisible position={Position.Bottom} offset={36}>
      <NoteBody note={note} />
    </NodeToolbar>
  );
}

function NoteBody({ note }: { readonly note: PlaceNote }): React.JSX.Element {
  return (
    <div
      role="alert"
      className="nopan nowheel flex w-80 items-start gap-1 rounded-lg border border-failing bg-raised p-2 shadow-raised"
    >
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        {note.diagnostics.map((diagnostic) => {
          const edit = diagnostic.fix?.edit;
          return (
            <div key={`${diagnostic.summary} ${diagnostic.detail}`}>
              <p className="font-medium">{diagnostic.summary}</p>
              <ProblemNote
                problem={{
                  severity: diagnostic.severity,
                  text: diagnostic.detail,
                  ...(edit === undefined || diagnostic.fix === undefined
                    ? {}
                    : { fix: { label: diagnostic.fix.label, run: () => void perform(edit, note.node) } }),
                }}
              />
            </div>
          );
        })}
      </div>
      <IconButton label="Dismiss" size="small" onClick={() => setCanvas({ note: null })}>
        <X />
      </IconButton>
    </div>
  );
}
