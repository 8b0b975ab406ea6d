import type { GhostPair } from '@vethlab/planner';
import type { Edge } from '@xyflow/react';
import type { Appearance } from '../derive/endpoint-state';
import type { EndText } from '../edges/edge-data';
import type { Silhouette } from '../geometry/silhouette';

/** A veth pair that the document does not have. */
export type GhostEdgeData = {
  readonly pair: GhostPair;
  readonly appearances: readonly [Appearance, Appearance];
  /** Interface name, made visible already, and addresses of each end. */
  readonly labels: readonly [EndText, EndText];
  readonly shapes: readonly [Silhouette, Silhouette];
  /** Sideways offset among the wires that join the same two nodes. */
  readonly offset: number;
};

export type GhostFlowEdge = Edge<GhostEdgeData, 'ghost'>;
