import { type Observed, type ObservedInterface, type ObservedNamespace, ROOT_NAMESPACE } from '@vethlab/observed';
import { type Topology, vrfOf } from '@vethlab/topology';
import { SWITCH_BRIDGE } from '../desired/desired.js';
import { desiredNamespace } from '../desired/desired-of.js';
import { isKernelsOwnDevice } from '../names.js';
import { isAdopted } from './adopt-devices.js';
import { adopt } from './adoption-of.js';
import type { AdoptionWork } from './adoption-work.js';
import { ghostId } from './choice.js';
import type { GhostInterface, GhostNamespace, GhostPair, Ghosts } from './ghost.js';
import { kindOf } from './kind.js';

const none: Ghosts = Object.freeze({ namespaces: [], pairs: [], interfaces: [] });

/**
 * What is in the kernel and not in the document. Cheap while there is nothing: then only names are compared.
 */
export function ghostsOf(topology: Topology, observed: Observed): Ghosts {
  const strange = new Set<string>();
  for (const [name, namespace] of Object.entries(observed.namespaces)) {
    if (unknownIn(topology, name, namespace).length > 0 || !Object.hasOwn(topology.nodes, name)) strange.add(name);
  }
  if (strange.size === 0 && observed.root === undefined) return none;
  const adoption = adopt({ topology, observed, items: 'all', scope: strange });
  const namespaces: GhostNamespace[] = [];
  const pairs: GhostPair[] = [];
  const interfaces: GhostInterface[] = [];
  const told = new Set<string>();
  const take = (name: string, unknown: readonly ObservedInterface[]) => {
    for (const one of unknown) {
      const id = ghostId(name, one.ifname);
      if (told.has(id)) continue;
      told.add(id);
      const { peer } = one;
      if (one.type === 'veth' && peer !== null) {
        told.add(ghostId(peer.namespace, peer.ifname));
        pairs.push({
          id,
          ends: [{ namespace: name, ifname: one.ifname }, peer],
          whyNot: whyNotPair(adoption, name, one, peer),
        });
      } else {
        const can = isAdopted(adoption.record(name, one.ifname), one) || hasVrf(adoption, name, one);
        const whyNot = can ? null : (whyLeftOut(adoption, name, one.ifname) ?? 'It cannot be part of a lab.');
        interfaces.push({ id, namespace: name, ifname: one.ifname, type: one.type, whyNot });
      }
    }
  };
  for (const name of strange) {
    const namespace = observed.namespaces[name];
    if (namespace === undefined) continue;
    if (!Object.hasOwn(topology.nodes, name)) {
      const whyNot = adoption.nodes.has(name) ? null : whyLeftOut(adoption, name, undefined);
      namespaces.push({ id: ghostId(name), name, kind: kindOf(namespace, null), whyNot });
    }
    take(name, unknownIn(topology, name, namespace));
  }
  take(
    ROOT_NAMESPACE,
    Object.values(observed.root ?? {}).filter(({ ifname }) => !isKernelsOwnDevice(ifname)),
  );
  return { namespaces, pairs, interfaces };
}

/** Interfaces that the document does not imply. */
function unknownIn(topology: Topology, name: string, { interfaces }: ObservedNamespace): ObservedInterface[] {
  const desired = desiredNamespace(topology, name);
  const isSwitch = (desired?.bridge ?? null) !== null;
  const found: ObservedInterface[] = [];
  for (const one of Object.values(interfaces)) {
    if (isKernelsOwnDevice(one.ifname) || (isSwitch && one.ifname === SWITCH_BRIDGE && one.type === 'bridge')) continue;
    const wanted = desired?.interfaces.get(one.ifname);
    const leadsElsewhere =
      one.peer !== null && (one.peer.namespace !== wanted?.peer?.namespace || one.peer.ifname !== wanted.peer.ifname);
    const isWanted = wanted !== undefined && one.type === (wanted.device?.kind ?? 'veth');
    if (!isWanted || leadsElsewhere) found.push(one);
  }
  return found;
}

function hasVrf({ nodes }: AdoptionWork, name: string, { ifname, type }: ObservedInterface): boolean {
  const node = nodes.get(name);
  return type === 'vrf' && node !== undefined && vrfOf(node, ifname) !== null;
}

function whyNotPair(
  adoption: AdoptionWork,
  name: string,
  { ifname }: ObservedInterface,
  peer: NonNullable<ObservedInterface['peer']>,
): string | null {
  const [a, b] = [`${name}:${ifname}`, `${peer.namespace}:${peer.ifname}`];
  if (adoption.links.has(`${a}--${b}`) || adoption.links.has(`${b}--${a}`)) return null;
  return (
    whyLeftOut(adoption, name, ifname) ??
    whyLeftOut(adoption, peer.namespace, peer.ifname) ??
    'One of its ends is the end of another link.'
  );
}

function whyLeftOut({ leftOut }: AdoptionWork, namespace: string, ifname: string | undefined): string | null {
  return leftOut.find((one) => one.namespace === namespace && one.ifname === ifname)?.why ?? null;
}
