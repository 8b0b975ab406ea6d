import type { EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { classNames } from '../../ui';
import { formatRate, wireWidth } from '../derive/rate';
import { endLabel } from '../geometry/end-label';
import { pointOnWire, type WirePath, wirePath } from '../geometry/wire-path';
import { useDetail } from '../hooks/use-detail';
import { StateMarker } from '../nodes/state-marker';
import type { LinkData, LinkFlowEdge } from './edge-data';
import { useEnds } from './use-ends';

/** A wire: style by state, a marker at each end, traffic as thickness and moving dashes, labels when near or selected. */
export const LinkEdge = memo(function LinkEdge(props: EdgeProps<LinkFlowEdge>): React.JSX.Element | null {
  const { source, target, data, selected } = props;
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
      <path className="react-flow__edge-interaction vl-hit" d={d} strokeWidth={18} fill="none" strokeOpacity={0} />
      {detail !== 'far' || selected === true || data.state.drift ? <path className="vl-link-halo" d={d} /> : null}
      <path className="vl-wire" d={d} strokeWidth={wireWidth(data.state.appearance === 'up' ? rate : 0)} />
      {rate >= 1 && data.state.appearance === 'up' ? <Traffic d={d} data={data} /> : null}
      {detail === 'far' ? null : (
        <>
          <StateMarker appearance={data.state.ends[0].appearance} x={path.start.x} y={path.start.y} />
          <StateMarker appearance={data.state.ends[1].appearance} x={path.end.x} y={path.end.y} />
        </>
      )}
      {labelled ? <EndLabels path={path} data={data} /> : null}
      {detail === 'far' ? null : <MiddleLabel path={path} data={data} rate={rate} />}
    </g>
  );
});

/** Dashes run the way most of the traffic flows. */
function Traffic({ d, data }: { readonly d: string; readonly data: LinkData }): React.JSX.Element {
  const backward = data.state.backwardBitsPerSecond > data.state.forwardBitsPerSecond;
  return <path className={classNames('vl-traffic', backward && 'vl-backward')} d={d} />;
}

function EndLabels({ path, data }: { readonly path: WirePath; readonly data: LinkData }): React.JSX.Element {
  const ends = (['first', 'second'] as const).map((end, index) => {
    const text = data.labels[index === 0 ? 0 : 1];
    return { end, label: endLabel(path, end, text.ifname, text.addresses) };
  });
  return (
    <>
      {ends.map(({ end, label }) => (
        <g key={end} textAnchor={label.anchor}>
          {label.lines.map((line) => (
            <text key={line.text} className={line.name ? 'vl-end-name' : 'vl-end-address'} x={line.x} y={line.y}>
              {line.text}
            </text>
          ))}
        </g>
      ))}
    </>
  );
}

/** Rate, the person's own label, or the word of a state that is not up: one small label in the middle of the wire. */
function MiddleLabel(props: { readonly path: WirePath; readonly data: LinkData; readonly rate: number }) {
  const { path, data, rate } = props;
  const parts: string[] = [];
  if (data.state.drift) parts.push('Δ drift');
  if (data.link.label !== undefined) parts.push(data.link.label);
  if (data.state.appearance === 'admin-down') parts.push('down');
  if (data.state.appearance === 'no-carrier') parts.push('no carrier');
  if (data.state.appearance === 'up' && rate >= 1) parts.push(formatRate(rate));
  if (parts.length === 0) return null;
  const text = parts.join(' · ');
  const width = text.length * 5.9 + 12;
  if (width > path.length - 24) return null;
  const middle = pointOnWire(path, path.length / 2);
  return (
    <g className="vl-middle" transform={`translate(${middle.x} ${middle.y})`}>
      <rect className="vl-plate" x={-width / 2} y={-8} width={width} height={16} rx={8} />
      <text className="vl-plate-text" textAnchor="middle" dominantBaseline="central">
        {text}
      </text>
    </g>
  );
}
