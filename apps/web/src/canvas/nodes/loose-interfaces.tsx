import { appearanceWord, type EndpointState } from '../derive/endpoint-state';
import type { Silhouette } from '../geometry/silhouette';
import { StateMarker } from './state-marker';

/** More than this would run around the corner of the outline; the rest is in the inspector. */
const mostMarkers = 5;

/** Interfaces that no wire uses, as a row of state markers on the lower border. */
export function LooseInterfaces(props: {
  readonly ends: readonly EndpointState[];
  readonly shape: Silhouette;
}): React.JSX.Element | null {
  const ends = props.ends.slice(0, mostMarkers);
  if (ends.length === 0) return null;
  const { width, height } = props.shape;
  return (
    <svg className="vl-loose" width={width} height={height} aria-hidden="true">
      {ends.map((end, index) => (
        <g key={end.endpoint}>
          <title>{`${end.endpoint}, ${appearanceWord[end.appearance]}, no link`}</title>
          <StateMarker
            appearance={end.appearance}
            x={width / 2 + (index - (ends.length - 1) / 2) * 10}
            y={height - 1}
          />
        </g>
      ))}
    </svg>
  );
}
