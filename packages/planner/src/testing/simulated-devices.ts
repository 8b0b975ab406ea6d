import { type ObservedDevice, observedParent } from '@vethlab/observed';
import type { DesiredDevice } from '../desired/desired.js';
import { familyOf } from '../desired/subnet.js';
import { KernelError } from './kernel-error.js';
import type { SimInterface, SimNamespace } from './simulated-state.js';

/** What stands on an interface. */
function standingOn(namespace: SimNamespace, ifname: string): SimInterface[] {
  return [...namespace.interfaces.values()].filter((one) => observedParent(one.device) === ifname);
}

function vlansOn(namespace: SimNamespace, ifname: string): SimInterface[] {
  return standingOn(namespace, ifname).filter(({ type }) => type === 'vlan');
}

function flush(namespace: SimNamespace, found: SimInterface): void {
  found.addresses = found.addresses.filter(({ address }) => familyOf(address) === 4);
  namespace.routes = namespace.routes.filter((route) => route.dev !== found.ifname);
}

/** With its IPv6 addresses and routes go those of its VLANs, which go down as well (vlan_device_event, NETDEV_DOWN). */
export function takeDown(namespace: SimNamespace, found: SimInterface): void {
  found.up = false;
  flush(namespace, found);
  for (const vlan of vlansOn(namespace, found.ifname)) if (vlan.up) takeDown(namespace, vlan);
}

/** A VLAN needs its parent up (ENETDOWN); when a parent goes up all its VLANs do (NETDEV_UP). */
export function takeUp(namespace: SimNamespace, found: SimInterface): void {
  if (found.type === 'vlan' && namespace.interfaces.get(observedParent(found.device) ?? '')?.up !== true) {
    throw new KernelError('ENETDOWN');
  }
  if (found.up) return;
  found.up = true;
  for (const vlan of vlansOn(namespace, found.ifname)) takeUp(namespace, vlan);
}

export function setMtu(namespace: SimNamespace, found: SimInterface, mtu: number): void {
  const parent = namespace.interfaces.get(observedParent(found.device) ?? '');
  const isBound = found.type === 'vlan' || found.type === 'macvlan';
  if (isBound && parent !== undefined && mtu > parent.mtu) throw new KernelError('ERANGE');
  found.mtu = mtu;
  if (mtu < 1280) {
    found.addresses = found.addresses.filter(({ address }) => familyOf(address) === 4);
    namespace.routes = namespace.routes.filter((route) => route.dev !== found.ifname || route.family === 4);
  }
  for (const other of standingOn(namespace, found.ifname)) {
    if (other.type !== 'vxlan' && other.mtu > mtu) setMtu(namespace, other, mtu);
  }
  if (found.type !== 'bond') return;
  for (const other of namespace.interfaces.values()) {
    if (other.master === found.ifname) setMtu(namespace, other, mtu);
  }
}

/** MTU of a member before it joined its bond, which the kernel gives back. */
const mtuBefore = new WeakMap<SimInterface, number>();

export function setMaster(namespace: SimNamespace, found: SimInterface, name: string | null): void {
  const master = name === null ? undefined : namespace.interfaces.get(name);
  if (name !== null && !['bridge', 'vrf', 'bond'].includes(master?.type ?? '')) throw new KernelError('ENODEV');
  if (master?.type === 'bond' && found.up) throw new KernelError('EBUSY');
  if (found.master !== null) leaveMaster(namespace, found, namespace.interfaces.get(found.master)?.type);
  found.master = name;
  // What a bridge gives to a port that joins it.
  if (master?.type === 'bridge') found.vlans = [{ id: 1, pvid: true, untagged: true }];
  else delete found.vlans;
  if (master?.type === 'vrf') cycle(namespace, found);
  if (master?.type !== 'bond') return;
  mtuBefore.set(found, found.mtu);
  setMtu(namespace, found, master.mtu);
  takeUp(namespace, found);
}

function leaveMaster(namespace: SimNamespace, found: SimInterface, type: string | undefined): void {
  found.master = null;
  if (type === 'vrf') cycle(namespace, found);
  if (type !== 'bond') return;
  takeDown(namespace, found);
  setMtu(namespace, found, mtuBefore.get(found) ?? found.mtu);
}

/** A VRF takes an interface down and up when it comes and when it goes (cycle_netdev in drivers/net/vrf.c). */
function cycle(namespace: SimNamespace, found: SimInterface): void {
  if (!found.up) return;
  takeDown(namespace, found);
  takeUp(namespace, found);
}

/** An interface goes, with its routes and what stands on it; what belongs to it is let go. */
export function drop(namespace: SimNamespace, ifname: string): void {
  const type = namespace.interfaces.get(ifname)?.type;
  const standing = standingOn(namespace, ifname);
  namespace.interfaces.delete(ifname);
  namespace.routes = namespace.routes.filter((route) => route.dev !== ifname);
  for (const other of namespace.interfaces.values()) if (other.master === ifname) leaveMaster(namespace, other, type);
  for (const other of standing) drop(namespace, other.ifname);
}

const HEADROOM = { 4: 50, 6: 70 } as const;

/** MTU of a device that is made without one. */
export function mtuOf(namespace: SimNamespace, device: DesiredDevice): number {
  const parent =
    'parent' in device && device.parent !== undefined ? namespace.interfaces.get(device.parent) : undefined;
  if (device.kind === 'vrf') return 65_575;
  if (device.kind === 'gre') return device.key === undefined ? 1476 : 1472;
  if (parent === undefined) return 1500;
  if (device.kind !== 'vxlan') return parent.mtu;
  return parent.mtu - HEADROOM[`${device.local ?? ''}${device.remote ?? ''}`.includes(':') ? 6 : 4];
}

/** What a look tells of it. */
export function lookOf(device: DesiredDevice): ObservedDevice | undefined {
  switch (device.kind) {
    case 'dummy':
      return undefined;
    case 'vxlan':
      return {
        kind: 'vxlan',
        parent: device.parent ?? null,
        id: device.id,
        local: device.local ?? null,
        remote: device.remote ?? null,
        port: device.port,
      };
    case 'gre':
      return { kind: 'gre', local: device.local, remote: device.remote, key: device.key ?? null, ttl: device.ttl ?? 0 };
    case 'bond':
      return { kind: 'bond', mode: device.mode };
    default:
      return { ...device };
  }
}

/** Refuses what the kernel refuses of a new device: its parent is not there, or it could not be told from another one. */
export function checkNew(namespace: SimNamespace, device: DesiredDevice): void {
  const parent = 'parent' in device ? device.parent : undefined;
  if (parent !== undefined && !namespace.interfaces.has(parent)) throw new KernelError('ENODEV');
  for (const { device: other } of namespace.interfaces.values()) {
    if (other === undefined) continue;
    const isTaken =
      (device.kind === 'vlan' && other.kind === 'vlan' && other.parent === device.parent && other.id === device.id) ||
      (device.kind === 'vxlan' && other.kind === 'vxlan' && other.id === device.id && other.port === device.port) ||
      (device.kind === 'gre' &&
        other.kind === 'gre' &&
        other.local === device.local &&
        other.remote === device.remote &&
        other.key === (device.key ?? null));
    if (isTaken) throw new KernelError('EEXIST');
  }
}

/** Other settings in place, as far as the kind takes them. */
export function change(found: SimInterface, device: DesiredDevice): void {
  const before = found.device;
  const refused = new KernelError('EOPNOTSUPP');
  if (before?.kind === 'macvlan' && device.kind === 'macvlan') {
    if ([before.mode, device.mode].includes('passthru') && before.mode !== device.mode) throw new KernelError('EINVAL');
    found.device = { ...before, mode: device.mode };
  } else if (before?.kind === 'vxlan' && device.kind === 'vxlan') {
    if (before.id !== device.id || before.port !== device.port) throw refused;
    // What a change does not say stays.
    found.device = { ...before, local: device.local ?? before.local, remote: device.remote ?? before.remote };
  } else if (before?.kind === 'gre' && device.kind === 'gre') {
    found.device = {
      ...before,
      local: device.local,
      remote: device.remote,
      key: device.key ?? before.key,
      ttl: device.ttl ?? 0,
    };
  } else throw refused;
}
