import type { FeatureName } from '@vethlab/observed';
import type { Interface, PortVlan } from '@vethlab/topology';
import { possibleNode } from '../features/without-missing.js';
import { portVlanOf, sameVlans, untouchedVlans, vlansOf, vlansText } from '../vlans/port-vlans.js';
import type { AdoptionWork } from './adoption-work.js';

/** The VLANs of switch ports in view. What the kernel cannot do is not missing from it: the document keeps it. */
export function adoptVlans(work: AdoptionWork, missing: ReadonlySet<FeatureName>): void {
  for (const { name, node, namespace } of work.members()) {
    const { interfaces } = possibleNode(node, missing);
    for (const ifname of Object.keys(node.interfaces)) {
      const record = work.record(name, ifname);
      if (record === null) continue;
      if (node.kind !== 'switch') {
        // It was a port until now.
        if (record.vlan !== undefined) work.put(name, ifname, withVlan(record, null));
        continue;
      }
      const found = Object.hasOwn(namespace.interfaces, ifname) ? namespace.interfaces[ifname] : undefined;
      const able = Object.hasOwn(interfaces, ifname) ? interfaces[ifname] : undefined;
      if (found === undefined || able === undefined) continue;
      const vlans = found.vlans ?? untouchedVlans;
      if (sameVlans(vlans, vlansOf(able.vlan ?? null))) continue;
      const isNew = work.freshEnds.has(`${name}:${ifname}`) || !Object.hasOwn(work.topology.nodes, name);
      if (!(isNew || work.choice.vlan(name, ifname))) continue;
      const vlan = portVlanOf(vlans);
      if (vlan === undefined)
        work.leave(name, ifname, `the VLANs ${vlansText(vlans)} of ${ifname}`, 'A port of a lab is access or trunk.');
      else work.put(name, ifname, withVlan(record, vlan));
    }
  }
}

function withVlan(record: Interface, vlan: PortVlan | null): Interface {
  const { vlan: _, ...rest } = record;
  return vlan === null ? rest : { ...rest, vlan };
}
