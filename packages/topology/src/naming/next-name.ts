import type { Ifname, NodeName } from '../model/names.js';
import type { NodeKind, Topology } from '../model/topology.js';
import { nodeOf } from '../model/topology-access.js';

const prefixes: Record<NodeKind, string> = { host: 'h', router: 'r', switch: 'sw' };

/** The next free name for a node of a kind: h1, r1, sw1. The lowest free number is taken. */
export function nextNodeName(topology: Topology, kind: NodeKind): NodeName {
  return freeNodeName(kind, (name) => nodeOf(topology, name) !== null);
}

/** The next free interface name of a node: eth0, eth1, … Also for a node that does not exist yet. */
export function nextIfname(topology: Topology, node: string): Ifname {
  const interfaces = nodeOf(topology, node)?.interfaces;
  return freeIfname((ifname) => interfaces !== undefined && Object.hasOwn(interfaces, ifname));
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
