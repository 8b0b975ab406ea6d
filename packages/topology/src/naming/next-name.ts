import type { Device, DeviceKind } from '../model/device.js';
import { maximumIfnameLength } from '../model/limits.js';
import type { Ifname, NodeName } from '../model/names.js';
import type { Node, NodeKind, Topology } from '../model/topology.js';
import { nodeOf } from '../model/topology-access.js';
import { vrfOf } from '../model/vrfs.js';

const prefixes: Record<NodeKind, string> = { host: 'h', router: 'r', switch: 'sw', internet: 'inet' };

/** The next free name for a node of a kind: h1, r1, sw1. The lowest free number is taken. */
export function nextNodeName(topology: Topology, kind: NodeKind): NodeName {
  return freeNodeName(kind, (name) => nodeOf(topology, name) !== null);
}

/** The next free interface name of a node: eth0, eth1, … Also for a node that does not exist yet. */
export function nextIfname(topology: Topology, node: string): Ifname {
  const found = nodeOf(topology, node);
  return freeIfname((ifname) => found !== null && isIfnameTaken(found, ifname));
}

/** Like `nextNodeName`, for names that are known otherwise. */
export function freeNodeName(kind: NodeKind, isTaken: (name: string) => boolean): NodeName {
  return freeNumberedName(kind, isTaken, 1).name;
}

/** The same when the numbers below `from` are known to be taken. */
export function freeNumberedName(
  kind: NodeKind,
  isTaken: (name: string) => boolean,
  from: number,
): { readonly name: NodeName; readonly number: number } {
  for (let number = from; ; number += 1) {
    const name = `${prefixes[kind]}${number}`;
    if (!isTaken(name)) return { name: name as NodeName, number };
  }
}

/** Like `nextIfname`, for names that are known otherwise. */
export function freeIfname(isTaken: (ifname: string) => boolean): Ifname {
  for (let number = 0; ; number += 1) {
    const ifname = `eth${number}`;
    if (!isTaken(ifname)) return ifname as Ifname;
  }
}

const devicePrefixes: Record<DeviceKind, string> = {
  vlan: 'vlan',
  vxlan: 'vx',
  macvlan: 'mac',
  dummy: 'dum',
  gre: 'gre',
  bond: 'bond',
};

/**
 * A free name for a device: eth0.10 for a VLAN, as is the custom, else vx0, mac0, dum0, bond0, and gre1, because the kernel has a gre0 of
 * its own.
 */
export function freeDeviceName(device: Device, isTaken: (ifname: string) => boolean): Ifname {
  if (device.kind === 'vlan') {
    const name = `${device.parent}.${device.id}`;
    if (name.length <= maximumIfnameLength && !isTaken(name)) return name as Ifname;
  }
  for (let number = device.kind === 'gre' ? 1 : 0; ; number += 1) {
    const name = `${devicePrefixes[device.kind]}${number}`;
    if (!isTaken(name)) return name as Ifname;
  }
}

/** The next free device name of a node. */
export function nextDeviceName(topology: Topology, node: string, device: Device): Ifname {
  const found = nodeOf(topology, node);
  return freeDeviceName(device, (ifname) => found !== null && isIfnameTaken(found, ifname));
}

/** Whether an interface or a VRF of the node has the name: both are interfaces in the kernel. */
export function isIfnameTaken(node: Node, ifname: string): boolean {
  return Object.hasOwn(node.interfaces, ifname) || vrfOf(node, ifname) !== null;
}

/** A free name near one that is taken: web → web2. */
export function freeVariant(name: string, isTaken: (name: string) => boolean, maximumLength: number): string {
  const match = /^(.*?)(\d{0,4})$/.exec(name);
  const stem = match?.[1] ?? name;
  for (let number = Number(match?.[2] ?? '') + 1 || 2; ; number += 1) {
    const digits = String(number);
    const candidate = `${stem.slice(0, maximumLength - digits.length)}${digits}`;
    if (!isTaken(candidate)) return candidate;
  }
}
