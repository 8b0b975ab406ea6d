import type { EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { classNames } from '../../ui';
import { pointOnArc, probePath } from '../geometry/probe-path';
import { labelScale, useDetail } from '../hooks/use-detail';
import { usualArc } from '../labels/label-plan';
import { tunnelText } from '../labels/tunnel-text';
import { useLabelStore } from '../state/label-store';
import { ArcLabel } from './arc-label';
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
  const look = classNames('vl-tunnel', `vl-${data.appearance}`);
  return (
    <>
      <g className={look}>
        <title>{`${data.tunnel.label} between ${data.tunnel.ends[0]} and ${data.tunnel.ends[1]}, ${data.word}`}</title>
        <path className="vl-hit" d={path.d} strokeWidth={18} />
        <path className="vl-tunnel-line" d={path.d} />
      </g>
      {detail === 'far' ? null : (
        <ArcLabel className={look} text={text} at={label} width={width} scale={scale} corner={4} />
      )}
    </>
  );
});
