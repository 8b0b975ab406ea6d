import type { ProbeSample } from '@vethlab/protocol';
import { memo } from 'react';
import { maxSamples } from '../lab/receive';
import { sparklineText } from './ping-words';

const width = 180;
const height = 24;
const step = width / maxSamples;
const lostHeight = 9;

/** The last RTTs as a line, newest at the right; a lost one is a red tick. */
export const Sparkline = memo(function Sparkline({
  samples,
}: {
  readonly samples: readonly ProbeSample[];
}): React.JSX.Element {
  const start = maxSamples - samples.length;
  const rtts = samples.map((sample) => (sample.outcome.kind === 'reply' ? sample.outcome.rttMs : null));
  const highest = Math.max(0.001, ...rtts.map((rtt) => rtt ?? 0));
  const points: string[] = [];
  let pen: 'M' | 'L' = 'M';
  rtts.forEach((rtt, index) => {
    if (rtt === null) {
      pen = 'M';
      return;
    }
    const x = (start + index + 0.5) * step;
    const y = height - 3 - (rtt / highest) * (height - 6);
    points.push(`${pen}${x.toFixed(1)} ${y.toFixed(1)}`);
    pen = 'L';
  });
  return (
    <svg
      role="img"
      aria-label={sparklineText(samples)}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
    >
      <line x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} className="stroke-line" />
      {rtts.map((rtt, index) =>
        rtt === null ? (
          <rect
            key={samples[index]?.sequence}
            x={(start + index) * step + 0.5}
            y={height - lostHeight}
            width={step - 1}
            height={lostHeight}
            className="fill-failing"
          />
        ) : null,
      )}
      <path d={points.join('')} fill="none" strokeWidth={1.5} strokeLinecap="round" className="stroke-up" />
    </svg>
  );
});
