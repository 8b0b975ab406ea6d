/**
 * What a port of a switch has to do with VLANs. Access: frames without a tag belong to this VLAN, and there are no others. Trunk: frames of
 * these VLANs carry their tag; those without one belong to the native VLAN, and without one they are dropped.
 */
export type PortVlan =
  | { readonly access: number }
  /** Ascending, each once, without the native one. */
  | { readonly trunk: readonly number[]; readonly native?: number };

/** The VLAN of every port that says nothing of VLANs, in a switch of which another port does (the bridge's default_pvid). */
export const defaultVlan = 1;
