import type { DesiredBridge, DesiredInterface, DesiredNamespace } from '../desired/desired.js';
import { dependencies, type Planning } from '../planning.js';
import type { WorkingInterface } from '../state/working-interface.js';
import type { WorkingNamespace } from '../state/working-namespace.js';
import { changesTo, sameVlans, untouchedVlans, vlansOf, vlansText } from '../vlans/port-vlans.js';

/**
 * Spanning tree and VLANs of a switch. What keeps harm away is switched on before its ports go up, and off after the rest is done: without
 * spanning tree a loop storms at once.
 */
export function configureBridge(
  planning: Planning,
  namespace: WorkingNamespace,
  desired: DesiredNamespace,
  wanted: DesiredBridge,
  when: 'on' | 'off',
): void {
  const device = desired.bridge === null ? undefined : namespace.interfaces.get(desired.bridge);
  if (device?.type !== 'bridge') return;
  const stp = device.stp === true;
  const vlanFiltering = device.vlanFiltering === true;
  const isOn = when === 'on';
  const change = {
    ...(wanted.stp === isOn && stp !== isOn && mayChange(planning, namespace, device, 'stp', isOn)
      ? { stp: isOn }
      : {}),
    ...(wanted.vlanFiltering === isOn &&
    vlanFiltering !== isOn &&
    mayChange(planning, namespace, device, 'vlanFiltering', isOn)
      ? { vlanFiltering: isOn }
      : {}),
  };
  const names = Object.keys(change);
  if (names.length === 0) return;
  const here = `${desired.name}:${device.ifname}`;
  planning.add({
    id: `set-bridge:${here}:${names.join('+')}-${when}`,
    action: 'change',
    object: `bridge ${here}`,
    reason: reasonOf(here, change),
    dependsOn: dependencies(device.base ?? namespace.base),
    operation: { op: 'set-bridge', namespace: desired.name, ifname: device.ifname, ...change },
  });
  if (change.stp !== undefined) set(device, 'stp', change.stp);
  if (change.vlanFiltering !== undefined) set(device, 'vlanFiltering', change.vlanFiltering);
}

/** What somebody switched on by hand stays until a repair. */
function mayChange(
  planning: Planning,
  namespace: WorkingNamespace,
  device: WorkingInterface,
  field: 'stp' | 'vlanFiltering',
  to: boolean,
): boolean {
  if (to || planning.input.unmanaged === 'remove') return true;
  return device.origin !== null && planning.ours(namespace.origin)?.bridgeSettings?.[field] === true;
}

function set(device: WorkingInterface, field: 'stp' | 'vlanFiltering', on: boolean): void {
  if (on) device[field] = true;
  else delete device[field];
}

function reasonOf(here: string, { stp, vlanFiltering }: { readonly stp?: boolean; readonly vlanFiltering?: boolean }) {
  const parts = [
    stp === undefined ? '' : stp ? 'has no spanning tree' : 'has spanning tree and should not',
    vlanFiltering === undefined ? '' : vlanFiltering ? 'does not keep VLANs apart' : 'keeps VLANs apart and should not',
  ];
  return `${here} ${parts.filter((part) => part !== '').join('; ')}`;
}

/** Whether a port takes part in the VLANs that it should; found out without making anything. */
export function isInWantedVlans(found: Pick<WorkingInterface, 'vlans'>, wanted: DesiredInterface): boolean {
  if (found.vlans === undefined && wanted.vlan === null) return true;
  return sameVlans(found.vlans ?? untouchedVlans, vlansOf(wanted.vlan));
}

/** Once the port is one: what the kernel gave it then is changed to what it should have. */
export function configurePortVlans(
  planning: Planning,
  namespace: WorkingNamespace,
  desired: DesiredNamespace,
  device: WorkingInterface,
  wanted: DesiredInterface,
): void {
  if (wanted.master === null || isInWantedVlans(device, wanted)) return;
  const ours = planning.oursInterface(namespace.origin, device.origin);
  if (wanted.vlan === null && (ours?.vlan ?? null) === null && planning.input.unmanaged === 'keep') return;
  const found = device.vlans ?? untouchedVlans;
  const vlans = vlansOf(wanted.vlan);
  const here = `${desired.name}:${device.ifname}`;
  const { set: added, remove } = changesTo(found, vlans);
  const step = {
    object: `VLANs of ${here}`,
    reason: `${here} should be in the VLANs ${vlansText(vlans)}, and is in ${vlansText(found)}`,
  };
  const where = { namespace: desired.name, ifname: device.ifname };
  let before = device.portStep;
  if (added.length > 0)
    before = planning.add({
      ...step,
      id: `add-port-vlans:${here}`,
      action: 'change',
      dependsOn: dependencies(device.base ?? namespace.base, before),
      operation: { op: 'add-port-vlans', ...where, vlans: added },
    });
  if (remove.length > 0)
    planning.add({
      ...step,
      id: `remove-port-vlans:${here}`,
      action: 'change',
      dependsOn: dependencies(device.base ?? namespace.base, before),
      operation: { op: 'remove-port-vlans', ...where, ids: remove },
    });
  if (wanted.vlan === null) delete device.vlans;
  else device.vlans = vlans;
}
