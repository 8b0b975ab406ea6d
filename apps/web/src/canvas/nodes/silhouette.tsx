import { type SilhouetteKind, silhouettes } from '../geometry/silhouette';

/** A cloud in a box of 88 by 56, the silhouette of `internet`. */
export const cloudPath =
  'M22 54C10 54 2 46 2 36.5 2 27.5 9 20 18 19.5 20 9 30 2 42 2c10 0 18.5 5 22.5 13C77 14 86 22.5 86 34c0 11.5-9 20-20 20Z';

/** The outline of a kind as SVG, in canvas units; colours come from the classes of the node around it. */
export function SilhouetteShape({ kind }: { readonly kind: SilhouetteKind }): React.JSX.Element {
  const { width, height, radius } = silhouettes[kind];
  return (
    <svg className="vl-silhouette" width={width} height={height} aria-hidden="true">
      {kind === 'internet' ? (
        <path d={cloudPath} />
      ) : (
        <rect x="1" y="1" width={width - 2} height={height - 2} rx={radius - 1} />
      )}
    </svg>
  );
}
