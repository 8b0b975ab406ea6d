import { classNames } from '../../ui';
import { pointOnWire, type WirePath } from '../geometry/wire-path';
import { labelScale, useDetail } from '../hooks/use-detail';
import { arrowsAlong, fittingParts, textOf, widthOf } from '../labels/middle-text';
import type { LinkData } from './edge-data';

export interface MiddleLabelProps {
  readonly path: WirePath;
  readonly data: LinkData;
  /** Where on the wire, as a share of its length; null: no room but under the pointer. */
  readonly at: number | null;
}

/** One small label on the wire. */
export function MiddleLabel({ path, data, at }: MiddleLabelProps): React.JSX.Element | null {
  const scale = labelScale[useDetail()];
  const parts = fittingParts(data, path.length, scale, arrowsAlong(path));
  if (parts.length === 0) return null;
  const width = widthOf(parts);
  const middle = pointOnWire(path, path.length * (at ?? 0.5));
  return (
    <g
      className={classNames('vl-middle', at === null && 'vl-no-room')}
      transform={`translate(${middle.x} ${middle.y}) scale(${scale})`}
    >
      <rect className="vl-plate" x={-width / 2} y={-8} width={width} height={16} rx={8} />
      <text className="vl-plate-text" textAnchor="middle" dominantBaseline="central">
        {textOf(parts)}
      </text>
    </g>
  );
}
