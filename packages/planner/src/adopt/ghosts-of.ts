import { type Observed, type ObservedInterface, type ObservedNamespace, ROOT_NAMESPACE } from '@vethlab/observed';
import { type Link, type Node, nodeOf, type Topology, vrfOf } from '@vethlab/topology';
import { SWITCH_BRIDGE } from '../desired/desired.js';
import { desiredNamespace } from '../desired/desired-of.js';
import { isKernelsOwnDevice } from '../names.js';
import { isAdopted } from './adopt-devices.js';
import { adoptStrangers } from './adoption-of.js';
import type { AdoptionWork } from './adoption-work.js';
import { ghostId } from './choice.js';
import type { GhostInterface, GhostNamespace, GhostPair, Ghosts } from './ghost.js';
import { kindOf } from './kind.js';

const none: Ghosts = Object.freeze({ namespaces: [], pairs: [], interfaces: [] });

/**
 * What is in the kernel and not in the document. Made for every change of either, in a page: what a namespace has beyond the
 * document is remembered, and of an adoption only what tells whether a thing could be part of a lab is done, at both ends of it.
 */
export function ghostsOf(topology: Topology, observed: Observed): Ghosts {
  const strange = new Map<string, readonly ObservedInterface[]>();
  for (const name of Object.keys(observed.namespaces)) {
    const namespace = observed.namespaces[name];
    if (namespace === undefined) continue;
    const unknown = unknownIn(topology, name, namespace);
    if (unknown.length > 0 || nodeOf(topology, name) === null) strange.set(name, unknown);
  }
  if (strange.size === 0 && observed.root === undefined) return none;
  const adoption = adoptStrangers(topology, observed, viewOf(strange, observed));
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
        const can = isAdopted(adoption.record(name, one.ifname), one) || isPartOf(adoption, name, one);
        const whyNot = can ? null : (whyLeftOut(adoption, name, one.ifname) ?? 'It cannot be part of a lab.');
        interfaces.push({ id, namespace: name, ifname: one.ifname, type: one.type, whyNot });
      }
    }
  };
  for (const [name, unknown] of strange) {
    const namespace = observed.namespaces[name];
    if (namespace === undefined) continue;
    if (nodeOf(topology, name) === null) {
      const whyNot = adoption.nodes.has(name) ? null : whyLeftOut(adoption, name, undefined);
      namespaces.push({ id: ghostId(name), name, kind: kindOf(namespace, null), whyNot });
    }
    take(name, unknown);
  }
  take(
    ROOT_NAMESPACE,
    Object.values(observed.root ?? {}).filter(({ ifname }) => !isKernelsOwnDevice(ifname)),
  );
  return { namespaces, pairs, interfaces };
}

/** The namespaces with something strange, and where their strange pairs lead: not all that a hub is wired to. */
function viewOf(strange: ReadonlyMap<string, readonly ObservedInterface[]>, observed: Observed): ReadonlySet<string> {
  const view = new Set(strange.keys());
  for (const { peer } of [...[...strange.values()].flat(), ...Object.values(observed.root ?? {})])
    if (peer !== null && peer.namespace !== ROOT_NAMESPACE) view.add(peer.namespace);
  return view;
}

interface Remembered {
  readonly name: string;
  readonly node: Node | null;
  readonly links: readonly Link[];
  readonly unknown: readonly ObservedInterface[];
}

/** Observed states share the namespaces that did not change, and documents their records. */
const remembered = new WeakMap<ObservedNamespace, Remembered>();

/** Interfaces that the document does not imply. */
function unknownIn(topology: Topology, name: string, namespace: ObservedNamespace): readonly ObservedInterface[] {
  const node = nodeOf(topology, name);
  const { links } = topology;
  const known = remembered.get(namespace);
  if (known?.node === node && known.links === links && known.name === name) return known.unknown;
  const unknown = lookForUnknown(topology, name, namespace);
  remembered.set(namespace, { name, node, links, unknown });
  return unknown;
}

function lookForUnknown(topology: Topology, name: string, { interfaces }: ObservedNamespace): ObservedInterface[] {
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

/** A VRF of the node, or the bridge that makes a switch of it. */
function isPartOf({ nodes }: AdoptionWork, name: string, { ifname, type }: ObservedInterface): boolean {
  const node = nodes.get(name);
  if (node === undefined) return false;
  if (type === 'bridge') return node.kind === 'switch' && ifname === SWITCH_BRIDGE;
  return type === 'vrf' && vrfOf(node, ifname) !== null;
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
