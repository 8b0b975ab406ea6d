import { parentOf, usualMtu } from '@vethlab/topology';
import { DEFAULT_MTU, type DesiredDevice, type DesiredInterface, type DesiredNamespace } from '../desired/desired.js';
import { dependencies, type Planning } from '../planning.js';
import { changeOf, observedAs } from '../state/device-change.js';
import { madeDevice } from '../state/working-interface.js';
import type { WorkingNamespace } from '../state/working-namespace.js';
import { stepsThatFree } from './make.js';
import type { Freed } from './remove.js';

type WantedDevice = DesiredInterface & { readonly device: DesiredDevice };

/** How people call it. */
const words: Readonly<Record<DesiredDevice['kind'], string>> = {
  vlan: 'VLAN interface',
  vxlan: 'VXLAN',
  macvlan: 'macvlan',
  dummy: 'dummy',
  gre: 'GRE tunnel',
  bond: 'bond',
  vrf: 'VRF',
};

/** Makes a device that is not there, or gives it the settings that the kernel takes in place. What it stands on is there. */
export function prepareDevice(
  planning: Planning,
  namespace: WorkingNamespace,
  desired: DesiredNamespace,
  wanted: WantedDevice,
  freed: Freed,
): void {
  const { device, ifname } = wanted;
  const found = namespace.interfaces.peek(ifname);
  if (found?.type !== device.kind) {
    makeDevice(planning, namespace, desired, wanted, freed);
    return;
  }
  if (found.device === undefined) return;
  const change = changeOf(found.device, device, device.kind === 'vrf' ? null : parentOf(device));
  if (change.how === 'none') return;
  if (change.how === 'anew') {
    makeDevice(planning, namespace, desired, wanted, freed);
    return;
  }
  const working = namespace.interfaces.get(ifname);
  const settings = observedAs(device);
  if (working === undefined || settings === undefined) return;
  const here = `${desired.name}:${ifname}`;
  planning.add({
    id: `set-device:${here}`,
    action: 'change',
    object: `${words[device.kind]} ${here}`,
    reason: `${here} ${change.why}`,
    dependsOn: dependencies(working.base ?? namespace.base),
    operation: { op: 'set-device', namespace: desired.name, ifname, device },
  });
  working.device = settings;
}

function makeDevice(
  planning: Planning,
  namespace: WorkingNamespace,
  desired: DesiredNamespace,
  wanted: WantedDevice,
  freed: Freed,
): void {
  const { device, ifname, mtu, mac } = wanted;
  const here = `${desired.name}:${ifname}`;
  const inTheWay = namespace.interfaces.has(ifname)
    ? '; another interface of this name exists and was not made by Vethlab, so this step will fail until it is renamed or removed'
    : '';
  const parent = device.kind === 'vrf' ? null : parentOf(device);
  const below = parent === null ? undefined : namespace.interfaces.get(parent);
  const usual = device.kind === 'vrf' ? null : usualMtu(device, below?.mtu ?? null);
  const step = planning.add({
    id: `add-device:${here}`,
    action: 'add',
    object: `${words[device.kind]} ${here}`,
    reason: `there is no ${words[device.kind]} ${here}${inTheWay}`,
    dependsOn: dependencies(namespace.base, below?.base, ...stepsThatFree(planning, namespace, ifname, freed)),
    operation: {
      op: 'add-device',
      namespace: desired.name,
      ifname,
      device,
      ...(mtu === null || mtu === usual ? {} : { mtu }),
      ...(mac === null ? {} : { mac }),
    },
  });
  namespace.addInterface({ ...madeDevice(wanted, step), mtu: mtu ?? usual ?? DEFAULT_MTU });
}
