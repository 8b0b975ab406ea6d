import type { Position } from '@vethlab/topology';
import type { LabelSide } from '../geometry/label-side';
import type { Silhouette } from '../geometry/silhouette';
import type { Detail } from '../hooks/use-detail';
import type { Box } from './boxes';

/** Width of a character of the monospace face, as a share of its size. */
const monospace = 0.6;
const lineHeight = 16;
const padding = 4;

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

/** What a caption covers. The numbers are those of nodes.css. */
export function captionBox(
  center: Position,
  shape: Silhouette,
  side: LabelSide,
  text: CaptionText,
  detail: Detail,
): Box {
  const { name, small } = sizes[detail];
  const widest = Math.max(
    text.name.length * name * monospace,
    ...text.below.map((line) => Math.min(160, line.length * small * monospace)),
  );
  const width = widest + 2 * padding;
  const height = lineHeight * (1 + text.below.length);
  switch (side) {
    case 'below':
      return { x: center.x - width / 2, y: center.y + shape.height / 2 + 5, width, height };
    case 'above':
      return { x: center.x - width / 2, y: center.y - shape.height / 2 - 5 - height, width, height };
    case 'right':
      return { x: center.x + shape.width / 2 + 8, y: center.y - height / 2, width, height };
    case 'left':
      return { x: center.x - shape.width / 2 - 8 - width, y: center.y - height / 2, width, height };
  }
}
