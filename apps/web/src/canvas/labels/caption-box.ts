import type { Position } from '@vethlab/topology';
import type { LabelSide } from '../geometry/label-side';
import type { Silhouette } from '../geometry/silhouette';
import type { Detail } from '../hooks/use-detail';
import type { Box } from './boxes';

/** Width of a character of the monospace face, as a share of its size. */
const monospace = 0.6;
const lineHeight = 16;
const padding = 4;
/** Longer free text is cut by the style sheet. */
const longestLine = 160;

/** Sizes of the texts of a caption in pixels at life size; the same numbers as in nodes.css. */
const sizes: Readonly<Record<Detail, { readonly name: number; readonly small: number }>> = {
  near: { name: 13, small: 11 },
  middle: { name: 15, small: 13 },
  far: { name: 22, small: 11 },
};

export interface CaptionText {
  readonly name: string;
  /** What stands below the name: free text, first address. */
  readonly below: readonly string[];
}

/** What a caption covers, a box for each line: beside a short name there is room. The numbers are those of nodes.css. */
export function captionBoxes(
  center: Position,
  shape: Silhouette,
  side: LabelSide,
  text: CaptionText,
  detail: Detail,
): readonly Box[] {
  const { name, small } = sizes[detail];
  const widths = [
    text.name.length * name * monospace,
    ...text.below.map((line) => Math.min(longestLine, line.length * small * monospace)),
  ].map((width) => width + 2 * padding);
  const height = lineHeight * widths.length;
  const top =
    side === 'below' || side === 'corner'
      ? center.y + shape.height / 2 + 5
      : side === 'above'
        ? center.y - shape.height / 2 - 5 - height
        : center.y - height / 2;
  return widths.map((width, line) => ({
    x: leftOf(center.x, shape.width, side, width),
    y: top + line * lineHeight,
    width,
    height: lineHeight,
  }));
}

function leftOf(center: number, shapeWidth: number, side: LabelSide, width: number): number {
  if (side === 'right') return center + shapeWidth / 2 + 8;
  if (side === 'left') return center - shapeWidth / 2 - 8 - width;
  if (side === 'corner') return center + 8;
  return center - width / 2;
}
