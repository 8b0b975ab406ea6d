import type { EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { classNames } from '../../ui';
import { pointOnArc, probePath } from '../geometry/probe-path';
import { labelScale, useDetail } from '../hooks/use-detail';
import { usualArc } from '../labels/label-plan';
import { tunnelText } from '../labels/tunnel-text';
import { useLabelStore } from '../state/label-store';
import type { TunnelFlowEdge } from './edge-data';
import { useEnds } from './use-ends';

/** A VXLAN or GRE tunnel as a dashed arc over the wires that carry it. */
export const TunnelEdge = memo(function TunnelEdge(props: EdgeProps<TunnelFlowEdge>): React.JSX.Element | null {
  const { id, source, target, data } = props;
  const choice = useLabelStore((plan) => plan.arcs.get(id)) ?? usualArc;
  const ends = useEnds(source, target, data?.shapes);
  const detail = useDetail();
  if (ends === null || data === undefined) return null;
  const path = probePath(ends[0], ends[1], data.rank, data.side);
  const scale = labelScale[detail];
  const { text, width } = tunnelText(data.tunnel.label);
  const label = pointOnArc(path, choice.at, width * scale);
  return (
    <g className={classNames('vl-tunnel', `vl-${data.appearance}`)}>
      <title>{`${data.tunnel.label} between ${data.tunnel.ends[0]} and ${data.tunnel.ends[1]}, ${data.word}`}</title>
      <path className="vl-hit" d={path.d} strokeWidth={14} />
      <path className="vl-tunnel-line" d={path.d} />
      {detail === 'far' ? null : (
        <g transform={`translate(${label.x} ${label.y}) scale(${scale})`}>
          <rect className="vl-plate" x={-width / 2} y={-9} width={width} height={18} rx={4} />
          <text className="vl-plate-text" textAnchor="middle" dominantBaseline="central">
            {text}
          </text>
        </g>
      )}
    </g>
  );
});
