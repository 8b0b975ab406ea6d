import type { EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { classNames } from '../../ui';
import { EndLabels } from '../edges/end-labels';
import { useEnds } from '../edges/use-ends';
import { wirePath } from '../geometry/wire-path';
import { useDetail } from '../hooks/use-detail';
import { usualLink } from '../labels/label-plan';
import { StateMarker } from '../nodes/state-marker';
import { useLabelStore } from '../state/label-store';
import type { GhostFlowEdge } from './ghost-data';

/** A veth pair that somebody typed: dashed and pale, with the state of both ends as the kernel says it. */
export const GhostEdge = memo(function GhostEdge(props: EdgeProps<GhostFlowEdge>): React.JSX.Element | null {
  const { id, source, target, data, selected } = props;
  const choice = useLabelStore((plan) => plan.links.get(id)) ?? usualLink;
  const ends = useEnds(source, target, data?.shapes);
  const detail = useDetail();
  if (ends === null || data === undefined) return null;
  const path = wirePath(ends[0], ends[1], data.offset);
  const d = `M${path.start.x} ${path.start.y}L${path.end.x} ${path.end.y}`;
  const [first, second] = data.appearances;
  return (
    <g className={classNames('vl-link vl-ghost', selected && 'vl-selected')}>
      <path className="react-flow__edge-interaction vl-hit" d={d} strokeWidth={18} />
      <path className="vl-link-halo" d={d} />
      <path className="vl-wire" d={d} strokeWidth={1.5} />
      {detail === 'far' ? null : (
        <>
          <StateMarker appearance={first} x={path.start.x} y={path.start.y} />
          <StateMarker appearance={second} x={path.end.x} y={path.end.y} />
        </>
      )}
      {detail === 'near' || selected === true ? (
        <EndLabels path={path} labels={data.labels} choices={choice.ends} />
      ) : null}
    </g>
  );
});
