import { type Appearance, stateWord } from '../../canvas/derive/endpoint-state';
import { StateMarker } from '../../canvas/nodes/state-marker';
import { livenessOf, useLabStore } from '../../lab';

/** The marker of the canvas, with its word for those who do not see it. */
export function StateGlyph({ appearance }: { readonly appearance: Appearance }): React.JSX.Element {
  const liveness = useLabStore(livenessOf);
  return (
    <svg width="14" height="14" role="img" aria-label={stateWord(appearance, liveness)} className="shrink-0">
      <StateMarker appearance={appearance} x={7} y={7} />
    </svg>
  );
}
