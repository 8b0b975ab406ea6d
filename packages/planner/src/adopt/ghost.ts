import type { NodeKind } from '@vethlab/topology';

/**
 * What is in the kernel and not in the document, to be drawn with dashed lines. Names come from the kernel and may be any
 * text. `id` names the thing in `adopt` and `repair` (which removes it); `whyNot` is null when it can be adopted, and
 * otherwise one sentence for people.
 */
export interface Ghosts {
  readonly namespaces: readonly GhostNamespace[];
  /** Veth pairs, both ends of which are seen. */
  readonly pairs: readonly GhostPair[];
  /** Everything else that is an interface: bridges, tunnels, veth ends whose other end is nowhere to be seen. */
  readonly interfaces: readonly GhostInterface[];
}

export interface GhostNamespace {
  readonly id: string;
  readonly name: string;
  /** What it would be as a node. */
  readonly kind: NodeKind;
  readonly whyNot: string | null;
}

export interface GhostEnd {
  /** '' is the lab's root namespace (`ROOT_NAMESPACE` of @vethlab/observed). */
  readonly namespace: string;
  readonly ifname: string;
}

export interface GhostPair {
  readonly id: string;
  readonly ends: readonly [GhostEnd, GhostEnd];
  readonly whyNot: string | null;
}

export interface GhostInterface extends GhostEnd {
  readonly id: string;
  /** `bridge`, `vxlan`, `tun`, `veth` …: what the kernel calls it. */
  readonly type: string;
  readonly whyNot: string | null;
}
