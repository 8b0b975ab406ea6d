import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { classNames } from '../../ui';
import { silhouettes } from '../geometry/silhouette';
import { useDetail } from '../hooks/use-detail';
import { useCanvasStore } from '../state/canvas-store';
import { useLabelStore } from '../state/label-store';
import { CommandBadge } from './command-badge';
import { EdgeAnchors } from './edge-anchors';
import { InnerInterfaces } from './inner-interfaces';
import { kindIcons } from './kind-icons';
import { LooseInterfaces } from './loose-interfaces';
import { NameField } from './name-field';
import type { ManagedNode } from './node-data';
import { RulesBadge } from './rules-badge';
import { SilhouetteShape } from './silhouette';
import { WireHandles } from './wire-handles';

/** A host, router or switch: silhouette and icon, caption beside it, a wire handle on hover and focus. */
export const NodeView = memo(function NodeView({ data, selected }: NodeProps<ManagedNode>): React.JSX.Element {
  const { name, kind, state } = data;
  const caption = useLabelStore((plan) => plan.captions.get(name));
  const side = caption?.side ?? data.side;
  const detail = useDetail();
  const renaming = useCanvasStore((canvas) => canvas.renaming === name);
  const candidate = useCanvasStore((canvas) => canvas.candidate === name);
  const wiring = useCanvasStore((canvas) => canvas.tool === 'wire');
  const Icon = kindIcons[kind];
  const shape = silhouettes[kind];
  return (
    <div
      className={classNames(
        'vl-node',
        `vl-kind-${kind} vl-${state.presence}`,
        selected && 'vl-selected',
        candidate && 'vl-candidate',
        wiring && 'vl-wiring',
        (state.wayOut === 'closed' || state.wayOut === 'left-out') && 'vl-no-way-out',
        state.wayOut === 'left-out' && 'vl-left-out',
      )}
    >
      <SilhouetteShape kind={kind} />
      <Icon className="vl-icon" size={26} strokeWidth={1.6} aria-hidden="true" />
      {state.presence === 'drift' ? (
        <span className="vl-drift-badge" aria-hidden="true">
          Δ
        </span>
      ) : null}
      <CommandBadge name={name} />
      <RulesBadge text={data.rules} />
      {detail === 'far' ? null : <LooseInterfaces ends={state.loose} shape={shape} />}
      <div className={`vl-caption vl-caption-${side}`}>
        {renaming ? <NameField name={name} /> : <span className="vl-name">{name}</span>}
        {detail === 'far' || renaming ? null : (
          // Without room for it, what is below the name comes with the pointer or the selection.
          <span className={classNames('vl-below-name', caption?.full === false && 'vl-no-room')}>
            {data.label === null ? null : <span className="vl-free-text">{data.label}</span>}
            {state.firstAddress === null ? null : <span className="vl-address">{state.firstAddress}</span>}
            <InnerInterfaces lines={data.inner} />
            {state.beyond === null ? null : <span className="vl-chip">{state.beyond}</span>}
          </span>
        )}
      </div>
      {detail === 'far' && !wiring && !selected ? <EdgeAnchors /> : <WireHandles name={name} wiring={wiring} />}
    </div>
  );
});
