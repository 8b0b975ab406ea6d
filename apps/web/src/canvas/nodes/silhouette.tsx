import { type SilhouetteKind, silhouettes } from '../geometry/silhouette';

/** The outline of a kind as SVG, in canvas units; colours come from the classes of the node around it. */
export function SilhouetteShape({ kind }: { readonly kind: SilhouetteKind }): React.JSX.Element {
  const { width, height, radius } = silhouettes[kind];
  return (
    <svg className="vl-silhouette" width={width} height={height} aria-hidden="true">
      <rect x="1" y="1" width={width - 2} height={height - 2} rx={radius - 1} />
    </svg>
  );
}
