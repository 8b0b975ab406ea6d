import type { Appearance } from '../derive/endpoint-state';

const radius = 4;

/** The state of an interface by shape: filled dot up, hollow square down, hollow dot no carrier, small cross not there. SVG. */
export function StateMarker(props: {
  readonly appearance: Appearance;
  readonly x: number;
  readonly y: number;
}): React.JSX.Element {
  const { appearance, x, y } = props;
  if (appearance === 'admin-down') {
    return (
      <rect className="vl-marker vl-admin-down" x={x - radius} y={y - radius} width={2 * radius} height={2 * radius} />
    );
  }
  return <circle className={`vl-marker vl-${appearance}`} cx={x} cy={y} r={appearance === 'planned' ? 3 : radius} />;
}
