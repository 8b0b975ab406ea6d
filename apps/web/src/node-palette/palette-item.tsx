import type { NodeKind } from '@vethlab/topology';
import type { DragEvent } from 'react';
import { addNode } from '../canvas/acts/add-node';
import { kindDragType } from '../canvas/hooks/use-palette-drop';
import { kindIcons } from '../canvas/nodes/kind-icons';
import { SilhouetteShape } from '../canvas/nodes/silhouette';
import { lackOfWayOut, useLabStore } from '../lab';
import { Tooltip } from '../ui';

export interface PaletteItemProps {
  readonly kind: NodeKind;
  readonly keys: string;
  readonly what: string;
}

/** One kind, in the very silhouette it has on the canvas. */
export function PaletteItem({ kind, keys, what }: PaletteItemProps): React.JSX.Element {
  const open = useLabStore((lab) => lab.topology !== null);
  const missing = useLabStore((lab) => (kind === 'internet' ? lackOfWayOut(lab) : null));
  const Icon = kindIcons[kind];
  const word = kind.slice(0, 1).toUpperCase() + kind.slice(1);
  const onDragStart = (event: DragEvent<HTMLElement>): void => {
    event.dataTransfer.setData(kindDragType, kind);
    event.dataTransfer.effectAllowed = 'copy';
    const picture = event.currentTarget.querySelector('[data-drag-picture]');
    // The picture under the pointer is held by its middle: that is where the node's middle will be.
    if (picture instanceof HTMLElement) {
      event.dataTransfer.setDragImage(picture, picture.offsetWidth / 2, picture.offsetHeight / 2);
    }
  };
  return (
    <Tooltip text={missing ?? `${what}. Drag it, or click.`} keys={keys} side="right">
      <button
        type="button"
        aria-label={`Add ${kind}`}
        disabled={!open}
        // It keeps the focus, and with it the tooltip, which says why.
        aria-disabled={missing === null ? undefined : true}
        draggable={open && missing === null}
        onDragStart={onDragStart}
        onClick={() => {
          if (missing === null) void addNode(kind);
        }}
        className="flex cursor-grab flex-col items-center gap-1 rounded-lg px-1 py-2 hover:bg-hover active:cursor-grabbing disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50"
      >
        <span data-drag-picture className="vl-node vl-palette-picture">
          <SilhouetteShape kind={kind} />
          <Icon size={26} strokeWidth={1.6} className="vl-icon" aria-hidden="true" />
        </span>
        <span className="text-xs">{word}</span>
      </button>
    </Tooltip>
  );
}
