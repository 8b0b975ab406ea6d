import { type Appearance, appearanceWord } from '../../canvas/derive/endpoint-state';
import { StateMarker } from '../../canvas/nodes/state-marker';

/** The marker of the canvas, with its word for those who do not see it. */
export function StateGlyph({ appearance }: { readonly appearance: Appearance }): React.JSX.Element {
  return (
    <svg width="14" height="14" role="img" aria-label={appearanceWord[appearance]} className="shrink-0">
      <StateMarker appearance={appearance} x={7} y={7} />
    </svg>
  );
}
