import type { EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { classNames } from '../../ui';
import { probeLabel } from '../derive/probe-state';
import { probePath } from '../geometry/probe-path';
import { labelScale, useDetail } from '../hooks/use-detail';
import type { ProbeFlowEdge } from './edge-data';
import { useEnds } from './use-ends';

/** Longer reasons are cut; the whole sentence is in the accessible name and in the Pings panel. */
const longestLabel = 44;

/** A ping as a thin dashed arc with its round-trip time, or in red with ✕ and the reason. */
export const ProbeEdge = memo(function ProbeEdge(props: EdgeProps<ProbeFlowEdge>): React.JSX.Element | null {
  const { source, target, data, selected } = props;
  const ends = useEnds(source, target, data?.shapes);
  const detail = useDetail();
  if (ends === null || data === undefined) return null;
  const path = probePath(ends[0], ends[1], data.rank, data.side);
  const label = probeLabel(data.state);
  const text = label.length > longestLabel ? `${label.slice(0, longestLabel - 1)}…` : label;
  const width = text.length * 6.1 + 14;
  const scale = labelScale[detail];
  // Beside a steep wire a label stands next to its arc, not across it.
  const labelX = path.label.x + path.outward.x * Math.abs(path.outward.x) * ((width * scale) / 2);
  return (
    <g className={classNames('vl-probe', `vl-${data.state.verdict}`, selected && 'vl-selected')}>
      <path className="react-flow__edge-interaction vl-hit" d={path.d} strokeWidth={14} fill="none" strokeOpacity={0} />
      <path className="vl-probe-line" d={path.d} />
      <path
        className="vl-probe-head"
        d="M-7 -3.5L0 0L-7 3.5"
        transform={`translate(${path.end.x} ${path.end.y}) rotate(${path.angle})`}
      />
      {detail === 'far' ? null : (
        <g className="vl-probe-label" transform={`translate(${labelX} ${path.label.y}) scale(${scale})`}>
          <title>{label}</title>
          <rect className="vl-plate" x={-width / 2} y={-9} width={width} height={18} rx={9} />
          <text className="vl-plate-text" textAnchor="middle" dominantBaseline="central">
            {text}
          </text>
        </g>
      )}
    </g>
  );
});
