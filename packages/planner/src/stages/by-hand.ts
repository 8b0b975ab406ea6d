import type { DesiredInterface, DesiredNamespace } from '../desired/desired.js';
import type { Planning } from '../planning.js';
import type { WorkingInterface } from '../state/working-interface.js';
import type { WorkingNamespace } from '../state/working-namespace.js';

/**
 * Whether somebody's hand has changed what no document can say otherwise: the last one wanted it already, and it was so. It stays until a
 * repair: people who type `ip link set br0 down` want to see what that does, and the next edit shall not take it from them without asking.
 */
export function isByHand(
  planning: Planning,
  namespace: WorkingNamespace,
  wasWanted: (before: DesiredNamespace) => boolean,
): boolean {
  const { unmanaged, unfinished } = planning.input;
  if (unmanaged === 'remove' || namespace.origin === null) return false;
  if (unfinished === 'all' || unfinished?.has(namespace.origin) === true) return false;
  const before = planning.ours(namespace.origin);
  return before !== null && wasWanted(before);
}

/** What is wanted of an interface, but for what stays as somebody's hand has made it: a VRF that is down, the MTU of a bond's member. */
export function besidesWhatIsByHand(
  planning: Planning,
  namespace: WorkingNamespace,
  device: WorkingInterface,
  wanted: DesiredInterface,
): DesiredInterface {
  const before = planning.oursInterface(namespace.origin, device.origin);
  if (before === null) return wanted;
  if (wanted.device?.kind === 'vrf' && !device.up)
    return isByHand(planning, namespace, () => before.device?.kind === 'vrf') ? { ...wanted, up: false } : wanted;
  const { master, mtu } = wanted;
  const isMember = master !== null && master === device.master && namespace.interfaces.peek(master)?.type === 'bond';
  if (isMember && device.mtu !== mtu && isByHand(planning, namespace, () => before.mtu === mtu))
    return { ...wanted, mtu: null };
  return wanted;
}
