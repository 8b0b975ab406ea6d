import type { EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { classNames } from '../../ui';
import { wireWidth } from '../derive/rate';
import { pointOnWire, type WirePath, wirePath } from '../geometry/wire-path';
import { useDetail } from '../hooks/use-detail';
import { usualLink } from '../labels/label-plan';
import { StateMarker } from '../nodes/state-marker';
import { useLabelStore } from '../state/label-store';
import type { LinkData, LinkFlowEdge } from './edge-data';
import { EndLabels } from './end-labels';
import { MiddleLabel } from './middle-label';
import { useEnds } from './use-ends';

/** A wire: style by state, a marker at each end, traffic as thickness and moving dashes, labels when near or selected. */
export const LinkEdge = memo(function LinkEdge(props: EdgeProps<LinkFlowEdge>): React.JSX.Element | null {
  const { id, source, target, data, selected } = props;
  const choice = useLabelStore((plan) => plan.links.get(id)) ?? usualLink;
  const ends = useEnds(source, target, data?.shapes);
  const detail = useDetail();
  if (ends === null || data === undefined) return null;
  const path = wirePath(ends[0], ends[1], data.offset);
  const d = `M${path.start.x} ${path.start.y}L${path.end.x} ${path.end.y}`;
  const labelled = selected === true || (detail === 'near' && !data.crowded);
  const rate = data.state.forwardBitsPerSecond + data.state.backwardBitsPerSecond;
  return (
    <g
      className={classNames(
        'vl-link',
        `vl-${data.state.appearance}`,
        data.state.drift && 'vl-drift',
        selected && 'vl-selected',
      )}
    >
      <path className="react-flow__edge-interaction vl-hit" d={d} strokeWidth={18} />
      {detail !== 'far' || selected === true || data.state.drift ? <path className="vl-link-halo" d={d} /> : null}
      <path className="vl-wire" d={d} strokeWidth={wireWidth(data.state.appearance === 'up' ? rate : 0)} />
      {rate >= 1 && data.state.appearance === 'up' && (detail !== 'far' || selected === true) ? (
        <Traffic d={d} data={data} />
      ) : null}
      {detail === 'far' ? null : (
        <>
          <StateMarker appearance={data.state.ends[0].appearance} x={path.start.x} y={path.start.y} />
          <StateMarker appearance={data.state.ends[1].appearance} x={path.end.x} y={path.end.y} />
          <PortBars path={path} data={data} />
        </>
      )}
      {labelled ? <EndLabels path={path} labels={data.labels} choices={choice.ends} /> : null}
      {detail === 'far' ? null : <MiddleLabel path={path} data={data} at={choice.middle} />}
    </g>
  );
});

/** How far from its end, and how long: beside the marker, and across the wire. */
const bar = { along: 11, half: 7 };

/** A port that spanning tree blocks has a bar across its wire; one that waits a thin one. */
function PortBars({ path, data }: { readonly path: WirePath; readonly data: LinkData }): React.JSX.Element {
  return (
    <>
      {data.state.ends.map(({ endpoint, held }, index) => {
        if (held === null) return null;
        const along = index === 0 ? bar.along : -bar.along;
        const [a, b] = [pointOnWire(path, along, bar.half), pointOnWire(path, along, -bar.half)];
        return <path key={endpoint} className={`vl-port-bar vl-${held}`} d={`M${a.x} ${a.y}L${b.x} ${b.y}`} />;
      })}
    </>
  );
}

/** Dashes run the way most of the traffic flows. */
function Traffic({ d, data }: { readonly d: string; readonly data: LinkData }): React.JSX.Element {
  const backward = data.state.backwardBitsPerSecond > data.state.forwardBitsPerSecond;
  return <path className={classNames('vl-traffic', backward && 'vl-backward')} d={d} />;
}
