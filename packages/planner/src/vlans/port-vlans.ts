import type { ObservedPortVlan } from '@vethlab/observed';
import { defaultVlan, type PortVlan } from '@vethlab/topology';

/** What a bridge gives to a port that joins it, and what one has that says nothing of VLANs (the bridge's default_pvid). */
export const untouchedVlans: readonly ObservedPortVlan[] = [{ id: defaultVlan, pvid: true, untagged: true }];

/** The VLANs that a document means. */
export function vlansOf(vlan: PortVlan | null): readonly ObservedPortVlan[] {
  if (vlan === null) return untouchedVlans;
  if ('access' in vlan) return [{ id: vlan.access, pvid: true, untagged: true }];
  const tagged = vlan.trunk.map((id) => ({ id, pvid: false, untagged: false }));
  return vlan.native === undefined ? tagged : [{ id: vlan.native, pvid: true, untagged: true }, ...tagged];
}

/** What a document would say of VLANs: null for what says nothing; undefined when it cannot say it. */
export function portVlanOf(vlans: readonly ObservedPortVlan[]): PortVlan | null | undefined {
  const [plain, ...more] = vlans.filter(({ pvid, untagged }) => pvid || untagged);
  if (more.length > 0 || (plain !== undefined && !(plain.pvid && plain.untagged))) return undefined;
  const trunk = vlans.filter((one) => one !== plain).map(({ id }) => id);
  trunk.sort((a, b) => a - b);
  if (plain === undefined) return { trunk };
  if (trunk.length > 0) return { trunk, native: plain.id };
  return plain.id === defaultVlan ? null : { access: plain.id };
}

export function sameVlans(a: readonly ObservedPortVlan[], b: readonly ObservedPortVlan[]): boolean {
  return a.length === b.length && changesTo(a, b).set.length === 0;
}

export interface VlanChanges {
  /** To add, or to change. */
  readonly set: readonly ObservedPortVlan[];
  readonly remove: readonly number[];
}

/** What to do to get from one to the other. */
export function changesTo(found: readonly ObservedPortVlan[], wanted: readonly ObservedPortVlan[]): VlanChanges {
  const before = new Map(found.map((one) => [one.id, one]));
  const after = new Set(wanted.map(({ id }) => id));
  return {
    set: wanted.filter(({ id, pvid, untagged }) => {
      const known = before.get(id);
      return known === undefined || known.pvid !== pvid || known.untagged !== untagged;
    }),
    remove: found.map(({ id }) => id).filter((id) => !after.has(id)),
  };
}

/** As people say it: `10 pvid untagged, 20`. */
export function vlansText(vlans: readonly ObservedPortVlan[]): string {
  if (vlans.length === 0) return 'none';
  return vlans
    .map(({ id, pvid, untagged }) => [id, ...(pvid ? ['pvid'] : []), ...(untagged ? ['untagged'] : [])].join(' '))
    .join(', ');
}
