import { visibleText } from '../../format/visible-text';
import { lineText } from '../derive/inner-interfaces';
import type { LabelSide } from '../geometry/label-side';
import { silhouettes } from '../geometry/silhouette';
import type { Detail } from '../hooks/use-detail';
import type { FlowNode, ManagedNode, UnmanagedData } from '../nodes/node-data';
import { captionBoxes } from './caption-box';
import type { CaptionChoice } from './label-plan';
import type { Room } from './room';

const sides: readonly LabelSide[] = ['below', 'above', 'right', 'left'];

/** Puts every caption where it covers no other node and no other caption; where that is nowhere, the name stays and the rest goes. */
export function planCaptions(
  nodes: readonly FlowNode[],
  room: Room,
  detail: Detail,
): ReadonlyMap<string, CaptionChoice> {
  const choices = new Map<string, CaptionChoice>();
  for (const node of nodes) {
    if (node.type !== 'managed') {
      const { shape, side } = node.data;
      const boxes = captionBoxes(node.position, silhouettes[shape], side, ghostText(node.data), detail);
      for (const box of boxes) room.take(node.id, box);
      continue;
    }
    const choice = chooseCaption(node, room, detail);
    choices.set(node.id, choice);
    for (const box of boxesOf(node, choice, detail)) room.take(node.id, box);
  }
  return choices;
}

function chooseCaption(node: ManagedNode, room: Room, detail: Detail): CaptionChoice {
  const usual = node.data.side;
  const others = sides.filter((side) => side !== usual);
  const below = belowName(node, detail);
  for (const full of below.length === 0 ? [true] : [true, false]) {
    const boxes = (side: LabelSide) => boxesOf(node, { side, full }, detail);
    const isFree = (side: LabelSide) => boxes(side).every((box) => room.isFree(box, node.id));
    const isClear = (side: LabelSide) => isFree(side) && boxes(side).every((box) => !room.isCrossed(box, null));
    // With wires on every side there may still be room between two of them.
    if (isFree(usual)) return { side: !isClear(usual) && isClear('corner') ? 'corner' : usual, full };
    const other = others.find(isClear);
    if (other !== undefined) return { side: other, full };
  }
  return { side: usual, full: false };
}

function boxesOf(node: ManagedNode, { side, full }: CaptionChoice, detail: Detail) {
  const text = { name: node.data.name, below: full ? belowName(node, detail) : [] };
  return captionBoxes(node.position, silhouettes[node.data.kind], side, text, detail);
}

function belowName({ data }: ManagedNode, detail: Detail): readonly string[] {
  if (detail === 'far') return [];
  const lines = [data.label, data.state.firstAddress, ...data.inner.map(lineText), data.state.beyond];
  return lines.filter((line) => line !== null);
}

/** As ghost-view.tsx shows it. */
function ghostText({ namespace, shape, firstAddress, chips }: UnmanagedData) {
  const below = [firstAddress, shape === 'root' ? null : 'unmanaged', ...chips.slice(0, 3)];
  return { name: shape === 'root' ? '' : visibleText(namespace), below: below.filter((line) => line !== null) };
}
