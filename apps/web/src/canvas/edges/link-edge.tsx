import type { EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { classNames } from '../../ui';
import { wireWidth } from '../derive/rate';
import { endLabel } from '../geometry/end-label';
import { type WirePath, wirePath } from '../geometry/wire-path';
import { useDetail } from '../hooks/use-detail';
import { type LinkChoice, usualLink } from '../labels/label-plan';
import { StateMarker } from '../nodes/state-marker';
import { useLabelStore } from '../state/label-store';
import type { LinkData, LinkFlowEdge } from './edge-data';
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
        </>
      )}
      {labelled ? <EndLabels path={path} data={data} choices={choice.ends} /> : null}
      {detail === 'far' ? null : <MiddleLabel path={path} data={data} at={choice.middle} />}
    </g>
  );
});

/** Dashes run the way most of the traffic flows. */
function Traffic({ d, data }: { readonly d: string; readonly data: LinkData }): React.JSX.Element {
  const backward = data.state.backwardBitsPerSecond > data.state.forwardBitsPerSecond;
  return <path className={classNames('vl-traffic', backward && 'vl-backward')} d={d} />;
}

/** Lines without room are drawn for the pointer and the selection only. */
function EndLabels({
  path,
  data,
  choices,
}: {
  readonly path: WirePath;
  readonly data: LinkData;
  readonly choices: LinkChoice['ends'];
}): React.JSX.Element {
  const ends = (['first', 'second'] as const).map((end, index) => {
    const text = data.labels[index === 0 ? 0 : 1];
    const { flipped, lines } = choices[index === 0 ? 0 : 1];
    return { end, lines, label: endLabel(path, end, text.ifname, text.addresses, flipped) };
  });
  return (
    <>
      {ends.map(({ end, label, lines }) => (
        <g key={end} textAnchor={label.anchor}>
          {label.lines.map((line, index) => (
            <text
              key={line.text}
              className={classNames(line.name ? 'vl-end-name' : 'vl-end-address', index >= lines && 'vl-no-room')}
              x={line.x}
              y={line.y}
            >
              {line.text}
            </text>
          ))}
        </g>
      ))}
    </>
  );
}
