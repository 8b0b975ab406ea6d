import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { kindIcons } from './kind-icons';
import type { UnmanagedNode } from './node-data';
import { SilhouetteShape } from './silhouette';

/** A namespace that somebody made by typing: seen, never touched. */
export const UnmanagedView = memo(function UnmanagedView({ data }: NodeProps<UnmanagedNode>): React.JSX.Element {
  const Icon = kindIcons.unmanaged;
  return (
    <div className="vl-node vl-unmanaged">
      <SilhouetteShape kind="unmanaged" />
      <Icon className="vl-icon" size={24} strokeWidth={1.5} aria-hidden="true" />
      <div className="vl-caption vl-caption-below">
        <span className="vl-name">{data.name}</span>
        <span className="vl-free-text">unmanaged</span>
      </div>
    </div>
  );
});
