import { defaultVlan, type PortVlan } from './port-vlan.js';
import type { Node } from './topology.js';

const known = new WeakMap<Node['interfaces'], boolean>();

/** Whether a node is a switch that keeps VLANs apart: one of its ports says more than what all have by themselves. Looked for once, as a switch may have a thousand. */
export function keepsVlansApart({ kind, interfaces }: Node): boolean {
  if (kind !== 'switch') return false;
  let apart = known.get(interfaces);
  if (apart === undefined) {
    apart = Object.values(interfaces).some(({ vlan }) => vlan !== undefined && !isDefault(vlan));
    known.set(interfaces, apart);
  }
  return apart;
}

function isDefault(vlan: PortVlan): boolean {
  return untaggedVlanOf(vlan) === defaultVlan && taggedVlansOf(vlan).length === 0;
}

/** The VLAN of frames without a tag at a port of such a switch; null: they are dropped. */
export function untaggedVlanOf(vlan: PortVlan | undefined): number | null {
  if (vlan === undefined) return defaultVlan;
  return 'access' in vlan ? vlan.access : (vlan.native ?? null);
}

/** The VLANs whose frames carry their tag there. */
export function taggedVlansOf(vlan: PortVlan | undefined): readonly number[] {
  return vlan === undefined || 'access' in vlan ? [] : vlan.trunk;
}
