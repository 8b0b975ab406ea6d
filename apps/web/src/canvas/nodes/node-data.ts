import type { NodeKind, Position } from '@vethlab/topology';
import { Position as HandlePosition, type Node } from '@xyflow/react';
import type { InnerLine } from '../derive/inner-interfaces';
import type { NodeState } from '../derive/node-state';
import type { LabelSide } from '../geometry/label-side';
import type { Silhouette } from '../geometry/silhouette';
import type { GhostNode } from '../ghosts/ghost-drawing';

/** What a node of the document shows. */
export type ManagedData = {
  readonly name: string;
  readonly kind: NodeKind;
  readonly label: string | null;
  /** `Firewall, 3 rules; NAT, 1 rule`; null: neither. */
  readonly rules: string | null;
  /** Its VRFs and devices, a line of dots each. */
  readonly inner: readonly InnerLine[];
  readonly state: NodeState;
  readonly side: LabelSide;
};

/** A namespace the kernel has and the document has not, or the root namespace while something is in there. */
export type UnmanagedData = Pick<GhostNode, 'namespace' | 'shape' | 'firstAddress' | 'chips'> & {
  readonly side: LabelSide;
};

export type ManagedNode = Node<ManagedData, 'managed'>;
export type UnmanagedNode = Node<UnmanagedData, 'unmanaged'>;
export type FlowNode = ManagedNode | UnmanagedNode;

/** React Flow would measure these from the page; a known size saves that for a thousand nodes, and lets wires exist off screen. */
export function fixedSize(shape: Silhouette): Pick<Node, 'width' | 'height' | 'measured' | 'handles'> {
  const center = { x: shape.width / 2, y: shape.height / 2, width: 1, height: 1, position: HandlePosition.Right };
  return {
    width: shape.width,
    height: shape.height,
    measured: { width: shape.width, height: shape.height },
    handles: [
      { ...center, type: 'source' },
      { ...center, type: 'target' },
    ],
  };
}

export type Places = ReadonlyMap<string, Position>;
