import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { rootWords } from '../../drift/place-words';
import { visibleText } from '../../format/visible-text';
import { classNames } from '../../ui';
import { useDetail } from '../hooks/use-detail';
import { EdgeAnchors } from '../nodes/edge-anchors';
import { kindIcons } from '../nodes/kind-icons';
import type { UnmanagedNode } from '../nodes/node-data';
import { SilhouetteShape } from '../nodes/silhouette';

/** More lines would reach into the next row of nodes; the inspector has all. */
const mostLines = 3;

/** A namespace that somebody typed, or the root namespace while something is in there: dashed, to be adopted or removed. */
export const GhostView = memo(function GhostView({ data, selected }: NodeProps<UnmanagedNode>): React.JSX.Element {
  const { namespace, shape, firstAddress, chips, side } = data;
  const far = useDetail() === 'far';
  const isRoot = shape === 'root';
  const shown = chips.length > mostLines ? mostLines - 1 : chips.length;
  const Icon = isRoot ? null : kindIcons[shape];
  return (
    <div className={classNames('vl-node vl-unmanaged', `vl-kind-${shape}`, selected && 'vl-selected')}>
      <SilhouetteShape kind={shape} />
      {Icon === null ? (
        <span className="vl-root-words">{rootWords}</span>
      ) : (
        <Icon className="vl-icon" size={26} strokeWidth={1.5} aria-hidden="true" />
      )}
      <EdgeAnchors />
      <div className={`vl-caption vl-caption-${side}`}>
        {isRoot ? null : <span className="vl-name vl-ghost-name">{visibleText(namespace)}</span>}
        {far ? null : (
          <>
            {firstAddress === null ? null : <span className="vl-address">{firstAddress}</span>}
            {isRoot ? null : <span className="vl-free-text">unmanaged</span>}
            {chips.slice(0, shown).map((chip, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two of the same text are two.
              <span key={`${chip} ${index}`} className="vl-chip">
                {chip}
              </span>
            ))}
            {chips.length > shown ? <span className="vl-chip">{chips.length - shown} more</span> : null}
          </>
        )}
      </div>
    </div>
  );
});
