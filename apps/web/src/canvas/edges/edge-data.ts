import type { Link, Probe, Tunnel } from '@vethlab/topology';
import type { Edge } from '@xyflow/react';
import type { EndStateText } from '../derive/end-state-text';
import type { Appearance } from '../derive/endpoint-state';
import type { ImpairmentLook } from '../derive/impairment-look';
import type { LinkState } from '../derive/link-state';
import type { ProbeState } from '../derive/probe-state';
import type { BowSide } from '../geometry/probe-path';
import type { Silhouette } from '../geometry/silhouette';
import type { GhostFlowEdge } from '../ghosts/ghost-data';

export type LinkData = {
  readonly link: Link;
  readonly state: LinkState;
  /** Interface name, states, VLANs and addresses of each end. */
  readonly labels: readonly [EndText, EndText];
  readonly shapes: readonly [Silhouette, Silhouette];
  /** Sideways offset among the links that join the same two nodes. */
  readonly offset: number;
  /** With very many wires at one node, labels show only for the selected wire. */
  readonly crowded: boolean;
  /** What is done to packets that leave each end; null: nothing. */
  readonly impairments: readonly [ImpairmentLook | null, ImpairmentLook | null];
};

export interface EndText {
  readonly ifname: string;
  /** Admin state, carrier and operstate; null: nothing to say of them. */
  readonly state: EndStateText | null;
  /** VLANs and addresses. */
  readonly addresses: readonly string[];
}

export type ProbeData = {
  readonly probe: Probe;
  readonly state: ProbeState;
  readonly shapes: readonly [Silhouette, Silhouette];
  /** Several probes between the same two nodes bow one above the other. */
  readonly rank: number;
  readonly side: BowSide;
};

export type TunnelData = {
  readonly tunnel: Tunnel;
  readonly appearance: Appearance;
  readonly word: string;
  readonly shapes: readonly [Silhouette, Silhouette];
  readonly rank: number;
  readonly side: BowSide;
};

export type LinkFlowEdge = Edge<LinkData, 'link'>;
export type ProbeFlowEdge = Edge<ProbeData, 'probe'>;
export type TunnelFlowEdge = Edge<TunnelData, 'tunnel'>;
export type FlowEdge = LinkFlowEdge | ProbeFlowEdge | TunnelFlowEdge | GhostFlowEdge;
