import type { ObservedInterface, ObservedNamespace } from '@vethlab/observed';
import { type Cidr, type Device, type Interface, parentOf, usualMtu } from '@vethlab/topology';
import { isKernelsOwnDevice } from '../names.js';
import { adoptedAddresses, adoptedMac, adoptMember, isMember } from './adopt-interfaces.js';
import type { AdoptionWork } from './adoption-work.js';
import { deviceFrom, isDevice } from './device-from.js';

/** Interfaces that are not the end of a link: they come, go and change as in the kernel. The ends of links are settled already. */
export function adoptDevices(work: AdoptionWork): void {
  for (const { name, node, namespace } of work.members()) {
    if (node.kind === 'switch') continue;
    removeGone(work, name, namespace);
    // A parent is older than what stands on it; a bond may be older than its members, which are dummies or ends of links.
    const isDummy = ({ type }: ObservedInterface) => (type === 'dummy' ? 0 : 1);
    const found = Object.values(namespace.interfaces).sort((a, b) => isDummy(a) - isDummy(b) || a.ifindex - b.ifindex);
    for (const one of found)
      if (isDevice(one) && !isKernelsOwnDevice(one.ifname)) adoptDevice(work, name, namespace, one);
  }
}

function removeGone(work: AdoptionWork, name: string, { interfaces }: ObservedNamespace): void {
  for (const ifname of Object.keys(work.nodes.get(name)?.interfaces ?? {})) {
    // As it is by now: the end of a new link may have taken the name.
    const device = work.record(name, ifname)?.device;
    if (device === undefined || !work.choice.interface(name, ifname)) continue;
    const found = Object.hasOwn(interfaces, ifname) ? interfaces[ifname] : undefined;
    const waits = found === undefined && isWaiting(work, name, device);
    if (found?.type !== device.kind && !waits) work.put(name, ifname, null);
  }
}

/** What stands on an interface that is not in the kernel either is not missing, as long as the document has that. */
function isWaiting(work: AdoptionWork, name: string, device: Device): boolean {
  const parent = parentOf(device);
  return parent !== null && work.interface(name, parent) === null && work.record(name, parent) !== null;
}

function adoptDevice(work: AdoptionWork, name: string, namespace: ObservedNamespace, found: ObservedInterface): void {
  const { ifname } = found;
  const known = work.record(name, ifname);
  const chosen = work.fresh.has(name) || work.choice.interface(name, ifname);
  const read = deviceFrom(found, membersOf(work, name, namespace, ifname, known));
  const why = read.ok ? whyNot(work, name, read.device) : read.why;
  if (why !== null || !read.ok) {
    if (chosen && known?.device !== undefined) work.put(name, ifname, null);
    work.leave(name, ifname, `the ${found.type} ${ifname}`, why ?? 'A lab cannot say it.');
    return;
  }
  const isNew = known?.device === undefined;
  if (isNew && !chosen) return;
  if (isNew) work.freshEnds.add(`${name}:${ifname}`);
  const { device } = read;
  const base: Interface = isNew ? { device, addresses: [], up: true } : known;
  const same = !isNew && JSON.stringify(base.device) === JSON.stringify(device);
  const settings = isNew || work.choice.settings(name, ifname);
  const kept = same || (!chosen && device.kind !== 'bond') ? base : { ...base, device };
  const settled = settings ? withSettings(work, name, kept, device, found, isNew) : kept;
  if (isMember(work, name, found)) {
    adoptMember(work, name, settled, found);
    return;
  }
  const isUp = settled.up && isParentUp(work, name, device);
  const addresses = adoptedAddresses(work, name, settled, found, { isUp, mtu: found.mtu }, isNew);
  work.put(name, ifname, { ...settled, addresses: addresses as readonly Cidr[] });
}

/** What a bond has in the kernel, as far as somebody wants to know; in the order of the document, then of their making. */
function membersOf(
  work: AdoptionWork,
  name: string,
  { interfaces }: ObservedNamespace,
  bond: string,
  known: Interface | null,
): readonly string[] {
  const there = Object.values(interfaces)
    .filter(({ master, ifname }) => master === bond && work.record(name, ifname) !== null)
    .sort((a, b) => a.ifindex - b.ifindex)
    .map(({ ifname }) => ifname);
  const before: readonly string[] = known?.device?.kind === 'bond' ? known.device.members : [];
  const isChosen = (ifname: string) =>
    work.fresh.has(name) || work.choice.interface(name, bond) || work.choice.settings(name, ifname);
  const isWaiting = (ifname: string) => work.interface(name, ifname) === null && work.record(name, ifname) !== null;
  const kept = before.filter((ifname) => there.includes(ifname) || isWaiting(ifname) || !isChosen(ifname));
  return [...kept, ...there.filter((ifname) => !before.includes(ifname) && isChosen(ifname))];
}

function whyNot(work: AdoptionWork, name: string, device: Device): string | null {
  const parent = parentOf(device);
  if (parent === null || work.record(name, parent) !== null) return null;
  return `${parent}, on which it stands, is not part of the lab.`;
}

/** A VLAN goes down and up with what it stands on: whether it is up by itself is not to be seen then. */
function isParentUp(work: AdoptionWork, name: string, device: Device): boolean {
  return device.kind !== 'vlan' || work.interface(name, device.parent)?.up === true;
}

function withSettings(
  work: AdoptionWork,
  name: string,
  base: Interface,
  device: Device,
  found: ObservedInterface,
  isNew: boolean,
): Interface {
  const { mtu: before, mac: _mac, ...rest } = base;
  const parent = parentOf(device);
  const below = parent === null ? null : (work.interface(name, parent)?.mtu ?? null);
  const usual = usualMtu(device, below);
  // What a tunnel has by itself depends on what could be reached when it was made: one that is new says what it has.
  const isUsual = usual === null ? before === undefined && !isNew : found.mtu === usual && before !== found.mtu;
  return {
    ...rest,
    up: isParentUp(work, name, device) ? found.up : base.up,
    ...(isUsual ? {} : { mtu: found.mtu }),
    ...(device.kind === 'gre' ? {} : adoptedMac(base, found, isNew)),
  };
}

/** Whether a document has this interface as what it is in the kernel. */
export function isAdopted(record: Interface | null, { type }: ObservedInterface): boolean {
  return record?.device?.kind === type;
}
