import type { Position } from '@vethlab/topology';
import { EdgeLabelRenderer } from '@xyflow/react';

export interface ArcLabelProps {
  /** Classes of the arc: its label has the same colours. */
  readonly className: string;
  readonly text: string;
  readonly at: Position;
  readonly width: number;
  readonly scale: number;
  /** Radius of the corners of its plate. */
  readonly corner: number;
}

/** The label of a ping or tunnel, in front of all wires and arcs. A click goes through it to the arc. */
export function ArcLabel({ className, text, at, width, scale, corner }: ArcLabelProps): React.JSX.Element {
  return (
    <EdgeLabelRenderer>
      <svg className="vl-arc-label" aria-hidden="true">
        <g className={className} transform={`translate(${at.x} ${at.y}) scale(${scale})`}>
          <rect className="vl-plate" x={-width / 2} y={-9} width={width} height={18} rx={corner} />
          <text className="vl-plate-text" textAnchor="middle" dominantBaseline="central">
            {text}
          </text>
        </g>
      </svg>
    </EdgeLabelRenderer>
  );
}
