import type { ObservedNamespace } from '@vethlab/observed';
import { type Ifname, parseIfname, type Vrf, vrfEntries, vrfOf, withCommandsOfVrf, withVrfs } from '@vethlab/topology';
import type { AdoptionWork } from './adoption-work.js';

/** VRFs of the nodes in view, but for their routes, and the commands in those that are gone. Interfaces are settled already. */
export function adoptVrfs(work: AdoptionWork): void {
  for (const { name, node, namespace } of work.members()) {
    const found = Object.values(namespace.interfaces)
      .filter(({ type }) => type === 'vrf')
      .sort((a, b) => a.ifindex - b.ifindex);
    if (node.kind === 'switch' || (found.length === 0 && node.vrfs === undefined)) continue;
    const chosen = (vrf: string) => work.fresh.has(name) || work.choice.interface(name, vrf);
    const there = new Set(found.map(({ ifname }) => ifname));
    const entries = new Map<string, Vrf>(vrfEntries(node));
    for (const vrf of [...entries.keys()]) if (!there.has(vrf) && chosen(vrf)) entries.delete(vrf);
    for (const { ifname: vrf, device } of found) {
      const known = vrfOf(node, vrf);
      if (known === null && !chosen(vrf)) continue;
      const parsed = parseIfname(vrf);
      if (!parsed.ok || device?.kind !== 'vrf') {
        const why = parsed.ok ? 'Its table cannot be read.' : parsed.problem.detail;
        work.leave(name, vrf, `the VRF ${vrf}`, why);
        continue;
      }
      const table = known === null || chosen(vrf) ? device.table : known.table;
      const interfaces = membersOf(work, name, namespace, vrf, known);
      entries.set(vrf, sameVrf(known, table, interfaces) ?? { table, interfaces, routes: known?.routes ?? [] });
    }
    const same = [...entries].every(([vrf, record]) => vrfOf(node, vrf) === record);
    if (same && entries.size === vrfEntries(node).length) continue;
    // A command runs in a VRF or not at all: what ran in one that is gone goes with it.
    const gone = vrfEntries(node).filter(([vrf]) => !entries.has(vrf));
    const left = gone.reduce((rest, [vrf]) => withCommandsOfVrf(rest, vrf, null), node);
    work.nodes.set(name, withVrfs(left, [...entries]));
  }
}

function membersOf(
  work: AdoptionWork,
  name: string,
  { interfaces }: ObservedNamespace,
  vrf: string,
  known: Vrf | null,
): readonly Ifname[] {
  const there = Object.values(interfaces)
    .filter(({ master, ifname }) => master === vrf && work.record(name, ifname) !== null)
    .sort((a, b) => a.ifindex - b.ifindex)
    .map(({ ifname }) => ifname as Ifname);
  const before = known?.interfaces ?? [];
  const isChosen = (ifname: string) =>
    work.fresh.has(name) || work.choice.interface(name, vrf) || work.choice.settings(name, ifname);
  const isWaiting = (ifname: string) => work.interface(name, ifname) === null && work.record(name, ifname) !== null;
  const kept = before.filter((ifname) => there.includes(ifname) || isWaiting(ifname) || !isChosen(ifname));
  return [...kept, ...there.filter((ifname) => !before.includes(ifname) && isChosen(ifname))];
}

/** The same record when it says the same. */
function sameVrf(known: Vrf | null, table: number, interfaces: readonly Ifname[]): Vrf | null {
  if (known === null || known.table !== table || known.interfaces.length !== interfaces.length) return null;
  return known.interfaces.every((ifname, index) => ifname === interfaces[index]) ? known : null;
}
