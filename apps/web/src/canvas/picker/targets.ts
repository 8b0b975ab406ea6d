import { type IpAddress, type NodeName, parseIpAddress, type Topology } from '@vethlab/topology';
import type { Places } from '../nodes/node-data';
import { asNodeName } from '../state/names';

export type Target =
  | {
      readonly kind: 'node';
      readonly id: string;
      readonly node: NodeName;
      readonly text: string;
      readonly detail: string;
    }
  | {
      readonly kind: 'address';
      readonly id: string;
      /** Node that has the address; null for one that was typed and that no node has. */
      readonly node: NodeName | null;
      readonly address: IpAddress;
      readonly text: string;
      readonly detail: string;
    };

/** How many targets are listed; more typed letters narrow the rest. */
const mostTargets = 50;

/** Nodes that a wire could go to, the nearest first, narrowed by what was typed. */
export function wireTargets(topology: Topology, places: Places, from: string, typed: string): readonly Target[] {
  const matches = matcher(typed);
  return byDistance(topology, places, from)
    .filter((name) => matches(name, topology.nodes[name]?.label ?? ''))
    .slice(0, mostTargets)
    .map((name) => ({
      kind: 'node',
      id: name,
      node: asNodeName(name),
      text: name,
      detail: topology.nodes[name]?.kind ?? '',
    }));
}

/** Addresses that a ping could go to: those of other nodes, the nearest first; and an address as it was typed. */
export function pingTargets(topology: Topology, places: Places, from: string, typed: string): readonly Target[] {
  const matches = matcher(typed);
  const targets: Target[] = [];
  for (const name of byDistance(topology, places, from)) {
    for (const [ifname, wanted] of Object.entries(topology.nodes[name]?.interfaces ?? {})) {
      for (const cidr of wanted.addresses) {
        const address = parseIpAddress(cidr.slice(0, cidr.indexOf('/')));
        if (!address.ok || !matches(name, address.value)) continue;
        const node = asNodeName(name);
        targets.push({
          kind: 'address',
          id: `${name}/${address.value}`,
          node,
          address: address.value,
          text: address.value,
          detail: `${name} · ${ifname}`,
        });
      }
    }
  }
  const own = parseIpAddress(typed.trim());
  if (own.ok && !targets.some((target) => target.text === own.value)) {
    const detail = 'an address no node here has';
    targets.unshift({
      kind: 'address',
      id: `typed/${own.value}`,
      node: null,
      address: own.value,
      text: own.value,
      detail,
    });
  }
  return targets.slice(0, mostTargets);
}

function matcher(typed: string): (...texts: readonly string[]) => boolean {
  const wanted = typed.trim().toLowerCase();
  return (...texts) => wanted === '' || texts.some((text) => text.toLowerCase().includes(wanted));
}

function byDistance(topology: Topology, places: Places, from: string): readonly string[] {
  const start = places.get(from) ?? { x: 0, y: 0 };
  const distance = (name: string): number => {
    const place = places.get(name) ?? start;
    return Math.hypot(place.x - start.x, place.y - start.y);
  };
  return Object.keys(topology.nodes)
    .filter((name) => name !== from)
    .toSorted((a, b) => distance(a) - distance(b));
}
