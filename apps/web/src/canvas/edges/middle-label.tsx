import { formatRate } from '../derive/rate';
import { pointOnWire, type WirePath } from '../geometry/wire-path';
import { labelScale, useDetail } from '../hooks/use-detail';
import type { LinkData } from './edge-data';

export interface MiddleLabelProps {
  readonly path: WirePath;
  readonly data: LinkData;
  /** Both directions together. */
  readonly rateBitsPerSecond: number;
}

/** Bare wire that must remain beside the label for it to be seen as a label of this wire. */
const bareWire = 24;

/** One small label in the middle of the wire: drift, the word of a state that is not up, the rate, the person's own text. */
export function MiddleLabel({ path, data, rateBitsPerSecond }: MiddleLabelProps): React.JSX.Element | null {
  const scale = labelScale[useDetail()];
  const parts = labelParts(data, rateBitsPerSecond);
  // What matters least comes last, and is left out first where the wire is too short.
  while (parts.length > 0 && widthOf(parts) * scale > path.length - bareWire) parts.pop();
  if (parts.length === 0) return null;
  const width = widthOf(parts);
  const middle = pointOnWire(path, path.length / 2);
  return (
    <g className="vl-middle" transform={`translate(${middle.x} ${middle.y}) scale(${scale})`}>
      <rect className="vl-plate" x={-width / 2} y={-8} width={width} height={16} rx={8} />
      <text className="vl-plate-text" textAnchor="middle" dominantBaseline="central">
        {textOf(parts)}
      </text>
    </g>
  );
}

function labelParts({ state, link }: LinkData, rateBitsPerSecond: number): string[] {
  const parts: string[] = [];
  if (state.drift) parts.push('Δ drift');
  if (state.appearance === 'admin-down') parts.push('down');
  if (state.appearance === 'no-carrier') parts.push('no carrier');
  if (state.appearance === 'up' && rateBitsPerSecond >= 1) parts.push(formatRate(rateBitsPerSecond));
  if (link.label !== undefined) parts.push(link.label);
  return parts;
}

const textOf = (parts: readonly string[]): string => parts.join(' · ');

/** A character of the 11 px face is 5.9 wide on average. */
const widthOf = (parts: readonly string[]): number => textOf(parts).length * 5.9 + 12;
