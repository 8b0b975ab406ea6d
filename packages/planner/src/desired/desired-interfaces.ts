import {
  bondOf,
  type Device,
  hasDevices,
  type Ifname,
  type Interface,
  interfaceEntries,
  type Node,
  parentOf,
  usualMtu,
  vrfAt,
  vrfEntries,
} from '@vethlab/topology';
import type { DesiredInterface, DesiredInterfaces } from './desired.js';
import { impairmentWanted } from './impairment-wanted.js';
import { familyOf } from './subnet.js';

/** Whether a node has interfaces that are not the ends of links, or VRFs: then one interface may change with another. */
export function hasDevicesOrVrfs(node: Node): boolean {
  return node.vrfs !== undefined || hasDevices(node);
}

/**
 * Adds the devices of a node to its ends of links, and puts all in an order in which they can be made: each after its parent and the bond or
 * VRF that it belongs to.
 */
export function withDevices(node: Node, veths: DesiredInterfaces): ReadonlyMap<string, DesiredInterface> {
  const entries = interfaceEntries(node);
  const placed = new Map<string, DesiredInterface>();
  for (const [name, { table }] of vrfEntries(node)) placed.set(name, vrfDevice(name, table));
  const visiting = new Set<string>();
  const place = (ifname: string): DesiredInterface | null => {
    const known = placed.get(ifname);
    if (known !== undefined) return known;
    const record = Object.hasOwn(node.interfaces, ifname) ? node.interfaces[ifname] : undefined;
    // A loop of parents is refused by validation; a plan can be made all the same.
    if (record === undefined || visiting.has(ifname)) return null;
    visiting.add(ifname);
    const bond = bondOf(node, ifname);
    const master = bond === null ? null : place(bond);
    const veth = veths.get(ifname);
    const made = veth ?? (record.device === undefined ? null : device(ifname as Ifname, record, record.device, place));
    visiting.delete(ifname);
    if (made === null) return null;
    const wanted = master === null ? inVrf(made, node) : asMember(made, master);
    placed.set(ifname, wanted);
    return wanted;
  };
  for (const [ifname] of entries) place(ifname);
  return placed;
}

function inVrf(wanted: DesiredInterface, node: Node): DesiredInterface {
  const vrf = vrfAt(node, wanted.ifname);
  return vrf === null ? wanted : { ...wanted, master: vrf };
}

/** Kernel: a member takes the MTU and the MAC of its bond. */
function asMember(wanted: DesiredInterface, bond: DesiredInterface): DesiredInterface {
  return { ...wanted, master: bond.ifname, mtu: bond.mtu, mac: null, addresses: [] };
}

function vrfDevice(ifname: Ifname, table: number): DesiredInterface {
  return { ...settled(ifname, { kind: 'vrf', table }), up: true, mtu: null };
}

function device(
  ifname: Ifname,
  record: Interface,
  settings: Device,
  place: (ifname: string) => DesiredInterface | null,
): DesiredInterface | null {
  const name = parentOf(settings);
  const parent = name === null ? null : place(name);
  // It waits for its parent, as an interface waits for its link.
  if (name !== null && parent === null) return null;
  // Kernel: a VLAN goes down and up with what it stands on.
  const up = record.up && (settings.kind !== 'vlan' || parent?.up === true);
  return {
    ...settled(ifname, settings),
    up,
    mtu: record.mtu ?? usualMtu(settings, parent?.mtu ?? null),
    mac: record.mac ?? null,
    impairment: impairmentWanted(record, null),
    addresses: up ? record.addresses : record.addresses.filter((address) => familyOf(address) === 4),
  };
}

function settled(ifname: Ifname, settings: NonNullable<DesiredInterface['device']>): DesiredInterface {
  return {
    ifname,
    peer: null,
    link: null,
    device: settings,
    up: false,
    mtu: null,
    mac: null,
    master: null,
    vlan: null,
    impairment: null,
    rateBitsPerSecond: null,
    addresses: [],
  };
}
