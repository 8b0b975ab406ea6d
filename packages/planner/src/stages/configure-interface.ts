import { observedParent } from '@vethlab/observed';
import type { Cidr, Mac } from '@vethlab/topology';
import { type DesiredInterface, type DesiredNamespace, SMALLEST_IPV6_MTU } from '../desired/desired.js';
import { dependencies, type Planning } from '../planning.js';
import type { WorkingInterface } from '../state/working-interface.js';
import type { WorkingNamespace } from '../state/working-namespace.js';
import { besidesWhatIsByHand } from './by-hand.js';
import { configureAddresses } from './configure-addresses.js';
import { configurePortVlans, isInWantedVlans } from './configure-bridge.js';
import { configureImpairment, isImpairedAsWanted } from './configure-impairment.js';

type Found = Pick<WorkingInterface, 'up' | 'mtu' | 'mac' | 'master' | 'addresses' | 'qdisc' | 'shaping' | 'vlans'>;

interface Properties {
  readonly up?: boolean;
  readonly mtu?: number;
  readonly mac?: Mac;
  readonly master?: string | null;
}

/**
 * One wired interface: MTU, MAC, bridge and going down first, then addresses, then going up, as a person would type it.
 * Where no address stands between, it is one step.
 */
export function configureInterface(
  planning: Planning,
  namespace: WorkingNamespace,
  desired: DesiredNamespace,
  said: DesiredInterface,
): void {
  const found = namespace.interfaces.peek(said.ifname);
  if (
    found === undefined ||
    (isAsWanted(found, said) && isImpairedAsWanted(found, said) && isInWantedVlans(found, said))
  )
    return;
  const device = namespace.interfaces.get(said.ifname);
  if (device === undefined) return;
  const wanted = besidesWhatIsByHand(planning, namespace, device, said);
  configureImpairment(planning, namespace, desired, device, wanted);
  const master = masterToSet(planning, namespace, device, wanted);
  if (isAsWanted(device, { ...wanted, master: master === undefined ? device.master : master })) {
    configurePortVlans(planning, namespace, desired, device, wanted);
    return;
  }
  const moves = master !== undefined && [device.master, master].some((name) => isDomain(namespace, name));
  if (moves) moveTo(planning, namespace, desired, device, wanted, master);
  const toUp = wanted.up && !device.up;
  const first: Properties = {
    ...differing(device, wanted),
    ...(master === undefined || moves ? {} : { master }),
    ...(device.up && !wanted.up ? { up: false } : {}),
  };
  if (toUp && Object.keys(first).length > 0 && !hasAddressesToSet(device, wanted) && wanted.vlan === null) {
    setProperties(planning, namespace, desired, device, { ...first, up: true });
    configureAddresses(planning, namespace, desired, device, wanted);
    configurePortVlans(planning, namespace, desired, device, wanted);
    return;
  }
  setProperties(planning, namespace, desired, device, first);
  // Before it is up: no frame passes in a VLAN that it is not for.
  configurePortVlans(planning, namespace, desired, device, wanted);
  configureAddresses(planning, namespace, desired, device, wanted);
  if (toUp) setProperties(planning, namespace, desired, device, { up: true });
}

/** MTU and MAC that have to be set. */
function differing(device: WorkingInterface, wanted: DesiredInterface): Properties {
  return {
    ...(wanted.mtu === null || device.mtu === wanted.mtu ? {} : { mtu: wanted.mtu }),
    ...(wanted.mac === null || device.mac === wanted.mac ? {} : { mac: wanted.mac }),
  };
}

function isDomain(namespace: WorkingNamespace, master: string | null): boolean {
  const type = master === null ? undefined : namespace.interfaces.peek(master)?.type;
  return type === 'vrf' || type === 'bond';
}

/**
 * Into or out of a VRF or bond: always down, and in a step of its own. A bond takes no interface that is up; a VRF takes it down and
 * up by itself, and what goes with that shall be seen. Addresses come after it, before it goes up again.
 */
function moveTo(
  planning: Planning,
  namespace: WorkingNamespace,
  desired: DesiredNamespace,
  device: WorkingInterface,
  wanted: DesiredInterface,
  master: string | null,
): void {
  const typeOf = (name: string | null) => (name === null ? undefined : namespace.interfaces.peek(name)?.type);
  const leftBond = typeOf(device.master) === 'bond';
  const bond = typeOf(master) === 'bond' && master !== null ? namespace.interfaces.get(master) : undefined;
  if (device.up) setProperties(planning, namespace, desired, device, { up: false });
  const step = setProperties(planning, namespace, desired, device, {
    // A member takes the MTU and MAC of its bond, and the kernel gives it back those of before when it leaves.
    ...(bond !== undefined || leftBond ? {} : differing(device, wanted)),
    master,
  });
  if (step !== null) device.masterStep = step;
  if (leftBond) {
    device.mtu = Number.NaN;
    device.mac = null;
  }
  if (bond !== undefined && step !== null) namespace.joinBond(device, bond, step);
}

/** A bridge that somebody else made keeps the ports it was given; absent: nothing to set. */
function masterToSet(
  planning: Planning,
  namespace: WorkingNamespace,
  device: WorkingInterface,
  wanted: DesiredInterface,
): string | null | undefined {
  if (device.master === wanted.master) return undefined;
  if (wanted.master !== null || planning.input.unmanaged === 'remove') return wanted.master;
  const wasOurs = planning.oursInterface(namespace.origin, device.origin)?.master === device.master;
  return wasOurs ? null : undefined;
}

/** Most interfaces of most plans: nothing to do, found out without making anything. */
function isAsWanted(device: Found, wanted: DesiredInterface): boolean {
  if (device.up !== wanted.up || device.master !== wanted.master) return false;
  if (wanted.mtu !== null && device.mtu !== wanted.mtu) return false;
  if (wanted.mac !== null && device.mac !== wanted.mac) return false;
  for (const { address, kernelMade } of device.addresses) {
    if (!kernelMade && !wanted.addresses.includes(address as Cidr)) return false;
  }
  return !hasAddressesToSet(device, wanted);
}

function hasAddressesToSet(device: Found, wanted: DesiredInterface): boolean {
  return wanted.addresses.some((address) => !device.addresses.some((found) => found.address === address));
}

function setProperties(
  planning: Planning,
  namespace: WorkingNamespace,
  desired: DesiredNamespace,
  device: WorkingInterface,
  properties: Properties,
): string | null {
  const names = Object.keys(properties);
  if (names.length === 0) return null;
  const here = `${desired.name}:${device.ifname}`;
  const { up, mtu, mac, master } = properties;
  const what = names.map((name) => (name === 'up' ? (up ? 'up' : 'down') : name)).join('+');
  const bridge = typeof master === 'string' ? namespace.interfaces.get(master) : undefined;
  // A VLAN cannot be up before what it stands on is.
  const below = up === true ? namespace.interfaces.get(observedParent(device.device) ?? '') : undefined;
  const step = planning.add({
    id: `set-interface:${here}:${what}`,
    action: 'change',
    object: `interface ${here}`,
    reason: reasonOf(here, device, properties, namespace),
    dependsOn: dependencies(device.base ?? namespace.base, bridge?.base, below?.upStep),
    operation: { op: 'set-interface', namespace: desired.name, ifname: device.ifname, ...properties },
  });
  if (mac !== undefined) device.mac = mac;
  if (master !== undefined) {
    device.master = master;
    device.portStep = step;
    // A port that joins a bridge begins anew.
    delete device.vlans;
  }
  if (mtu !== undefined) {
    // IPv6 comes back with an MTU of 1280 or more, so what is added after that depends on this step.
    if (device.mtu < SMALLEST_IPV6_MTU) device.base = step;
    namespace.setMtu(device, mtu, step);
  }
  if (up === false) namespace.setDown(device, step);
  if (up === true) namespace.setUp(device, step);
  return step;
}

function reasonOf(
  here: string,
  device: WorkingInterface,
  { up, mtu, mac, master }: Properties,
  namespace: WorkingNamespace,
): string {
  const parts: string[] = [];
  const hasMtu = Number.isNaN(device.mtu) ? 'has the MTU of before' : `has MTU ${device.mtu}`;
  if (mtu !== undefined) parts.push(`${hasMtu}, not ${mtu}`);
  if (mac !== undefined) parts.push(`has MAC ${device.mac ?? 'unknown'}, not ${mac}`);
  if (typeof master === 'string') parts.push(`is not ${belonging(namespace, master)} ${master}`);
  if (master === null) {
    const before = device.master ?? 'a bridge';
    parts.push(`is ${belonging(namespace, before)} ${before} and should not be`);
  }
  if (up === true) parts.push('is down');
  if (up === false) parts.push('is up and should be down; its routes and IPv6 addresses go with that');
  return `${here} ${parts.join('; ')}`;
}

function belonging(namespace: WorkingNamespace, master: string): string {
  const type = namespace.interfaces.peek(master)?.type;
  return type === 'vrf' ? 'in the VRF' : type === 'bond' ? 'a member of' : 'a port of';
}
