import type { EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { classNames } from '../../ui';
import { probeLabel } from '../derive/probe-state';
import { pointOnArc, probePath } from '../geometry/probe-path';
import { labelScale, useDetail } from '../hooks/use-detail';
import { usualArc } from '../labels/label-plan';
import { probeText } from '../labels/probe-text';
import { useLabelStore } from '../state/label-store';
import { ArcLabel } from './arc-label';
import type { ProbeFlowEdge } from './edge-data';
import { useEnds } from './use-ends';

/** A ping as a thin dashed arc with its round-trip time, or in red with ✕ and the reason. */
export const ProbeEdge = memo(function ProbeEdge(props: EdgeProps<ProbeFlowEdge>): React.JSX.Element | null {
  const { id, source, target, data, selected } = props;
  const choice = useLabelStore((plan) => plan.arcs.get(id)) ?? usualArc;
  const ends = useEnds(source, target, data?.shapes);
  const detail = useDetail();
  if (ends === null || data === undefined) return null;
  const path = probePath(ends[0], ends[1], data.rank, data.side);
  const scale = labelScale[detail];
  const { text, width } = probeText(data.state, choice.short && selected !== true);
  const label = pointOnArc(path, choice.at, width * scale);
  const look = classNames('vl-probe', `vl-${data.state.verdict}`, selected && 'vl-selected');
  return (
    <>
      <g className={look}>
        <title>{probeLabel(data.state)}</title>
        <path className="react-flow__edge-interaction vl-hit" d={path.d} strokeWidth={18} />
        <path className="vl-probe-line" d={path.d} />
        <path
          className="vl-probe-head"
          d="M-7 -3.5L0 0L-7 3.5"
          transform={`translate(${path.end.x} ${path.end.y}) rotate(${path.angle})`}
        />
      </g>
      {detail === 'far' ? null : (
        <ArcLabel
          className={classNames('vl-probe-label', look)}
          text={text}
          at={label}
          width={width}
          scale={scale}
          corner={9}
        />
      )}
    </>
  );
});
