import type { ProbeSample } from '@vethlab/protocol';
import type { Probe } from '@vethlab/topology';
import { formatMs, formatShare } from '../format/numbers';
import { maxSamples } from '../lab/receive';
import { probeFigures, sparklineText } from './ping-words';
import { rttCurve } from './rtt-scale';

/** The units of the drawing; it is stretched to the room there is. */
const width = 1_000;
const height = 100;

/** The last answers of one ping, as large as the panel has room: what the sparkline in its row says, with a scale. */
export function RttChart({
  probe,
  samples,
}: {
  readonly probe: Probe;
  readonly samples: readonly ProbeSample[];
}): React.JSX.Element {
  const { runs, lost, topMs } = rttCurve(samples, maxSamples);
  const figures = probeFigures(samples);
  const at = ({ across, up }: { readonly across: number; readonly up: number }): string =>
    `${(across * width).toFixed(1)} ${((1 - up) * height).toFixed(1)}`;
  return (
    <figure className="m-0 flex min-h-0 flex-1 flex-col px-3 pt-2 pb-1">
      <figcaption className="flex flex-wrap gap-x-4 text-xs text-muted">
        <span>
          <span className="font-mono text-text">
            {probe.from} → {probe.to}
          </span>
          , last {maxSamples} pings
        </span>
        <span className="ml-auto tabular-nums">
          average {figures.averageRttMs === null ? '–' : formatMs(figures.averageRttMs)}
        </span>
        <span className="tabular-nums">
          {figures.lost} of {figures.sent} lost{figures.loss === null ? '' : ` (${formatShare(figures.loss)})`}
        </span>
      </figcaption>
      <div className="relative mt-2 mr-16 min-h-0 flex-1">
        <svg
          role="img"
          aria-label={`RTT of ${probe.from} to ${probe.to}, ${sparklineText(samples)}`}
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          className="absolute inset-0 size-full overflow-visible"
        >
          {[0, 0.5, 1].map((share) => (
            <line
              key={share}
              x1={0}
              x2={width}
              y1={share * height}
              y2={share * height}
              vectorEffect="non-scaling-stroke"
              className="stroke-line"
            />
          ))}
          {lost.map((across) => (
            <rect
              key={across}
              x={across * width - width / maxSamples / 2 + 1}
              y={0}
              width={width / maxSamples - 2}
              height={height}
              className="fill-failing-soft"
            />
          ))}
          {lost.map((across) => (
            <line
              key={across}
              x1={across * width - width / maxSamples / 2 + 1}
              x2={across * width + width / maxSamples / 2 - 1}
              y1={height}
              y2={height}
              vectorEffect="non-scaling-stroke"
              strokeWidth={3}
              className="stroke-failing"
            />
          ))}
          {runs.map((run) => (
            <g key={run[0]?.across}>
              <path
                d={`M${at({ across: run[0]?.across ?? 0, up: 0 })}L${run.map(at).join('L')}L${at({ across: run.at(-1)?.across ?? 0, up: 0 })}Z`}
                className="fill-up-soft"
              />
              {/* A single answer between losses is a line without length: the round ends make it a dot. */}
              <path
                d={`M${run.map(at).join('L')}${run.length === 1 ? 'h0' : ''}`}
                fill="none"
                strokeWidth={run.length === 1 ? 4 : 1.5}
                strokeLinecap="round"
                strokeLinejoin="round"
                vectorEffect="non-scaling-stroke"
                className="stroke-up"
              />
            </g>
          ))}
        </svg>
        <div
          aria-hidden="true"
          className="absolute inset-y-0 left-full flex flex-col justify-between pl-2 text-xs leading-none whitespace-nowrap text-muted tabular-nums"
        >
          <span className="-mt-0.5">{formatMs(topMs)}</span>
          <span className="-mb-1">0</span>
        </div>
      </div>
      <div aria-hidden="true" className="mt-1.5 mr-16 flex justify-between text-xs leading-none text-muted">
        <span>{maxSamples} pings ago</span>
        <span>now</span>
      </div>
    </figure>
  );
}
