import { Handle, Position } from '@xyflow/react';
import { Plus } from 'lucide-react';
import { setCanvas } from '../state/canvas-store';
import { asNodeName } from '../state/names';

/** Where a wire is drawn from: the small + at the corner, or the whole node with the wire tool. */
export function WireHandles({ name, wiring }: { readonly name: string; readonly wiring: boolean }): React.JSX.Element {
  return (
    <>
      {/* The whole node is a target; React Flow finds it through this handle. */}
      <Handle type="target" position={Position.Left} className="vl-target-handle" isConnectableStart={false} />
      <Handle
        type="source"
        position={Position.Right}
        className={wiring ? 'vl-wire-everywhere' : 'vl-wire-handle'}
        role="button"
        aria-label={`Wire from ${name}`}
        title={`Drag to another node to wire it, or click and choose · L`}
        onClick={(event) => {
          event.stopPropagation();
          setCanvas({ picking: { purpose: 'wire', from: asNodeName(name) }, candidate: null, offer: null });
        }}
      >
        {wiring ? null : <Plus size={12} strokeWidth={2.5} aria-hidden="true" />}
      </Handle>
    </>
  );
}
