import type { GhostPair } from '@vethlab/planner';
import type { Edge } from '@xyflow/react';
import type { Appearance } from '../derive/endpoint-state';
import type { Silhouette } from '../geometry/silhouette';

/** A veth pair that the document does not have. */
export type GhostEdgeData = {
  readonly pair: GhostPair;
  readonly ends: readonly [GhostEndLook, GhostEndLook];
  readonly shapes: readonly [Silhouette, Silhouette];
  /** Sideways offset among the wires that join the same two nodes. */
  readonly offset: number;
};

export interface GhostEndLook {
  /** Made visible already. */
  readonly name: string;
  readonly addresses: readonly string[];
  readonly appearance: Appearance;
}

export type GhostFlowEdge = Edge<GhostEdgeData, 'ghost'>;
