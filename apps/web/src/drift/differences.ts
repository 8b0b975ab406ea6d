import type { Observed } from '@vethlab/observed';
import { commandsOf, type Ghosts, whyNotAdopted } from '@vethlab/planner';
import type { DriftItem } from '@vethlab/protocol';
import type { Topology } from '@vethlab/topology';
import { ghostEdgeId, ghostNodeId } from '../canvas/ghosts/ghost-ids';
import { visibleText } from '../format/visible-text';
import { endText, interfaceText, namespaceText, pairText } from './place-words';

/** One thing in which kernel and document differ without an edit, in words, with what can be done about it. */
export interface Difference {
  /** What `adopt` and `repair` call it. */
  readonly id: string;
  readonly kind: DriftItem['kind'];
  /** '' is the root namespace of the lab. */
  readonly namespace: string;
  /** `node:ifname` or a namespace: where it is marked. */
  readonly places: readonly string[];
  /** The ghost that it is on the canvas; null for what is marked on nodes and links of the lab. */
  readonly ghost: string | null;
  /** Where, for people. */
  readonly where: string;
  /** What, for people: `route default via 192.168.1.254 is gone`. */
  readonly text: string;
  /** One sentence when it cannot be part of the document. */
  readonly whyNot: string | null;
  /** What reverting would run; empty for what has no safe command line. */
  readonly commands: readonly string[];
}

/** Drift and ghosts in one list, each thing once: what is a ghost is not told a second time as drift. */
export function differencesOf(
  topology: Topology,
  observed: Observed,
  drift: readonly DriftItem[],
  ghosts: Ghosts,
): readonly Difference[] {
  const told = ghostPlaces(ghosts);
  const known = drift.filter((item) => !isToldByGhost(item, told));
  return [
    ...known.map((item) => ofDrift(item, whyNotAdopted(topology, observed, item.repair.operation))),
    ...ofGhosts(ghosts),
  ];
}

/** The differences that are marked at one of these places. */
export function differencesAt(differences: readonly Difference[], places: ReadonlySet<string>): readonly Difference[] {
  return differences.filter((difference) => difference.places.some((place) => places.has(place)));
}

interface GhostPlaces {
  readonly namespaces: ReadonlySet<string>;
  /** `namespace/ifname`: neither has a slash in its name. */
  readonly interfaces: ReadonlySet<string>;
}

function ghostPlaces({ namespaces, pairs, interfaces }: Ghosts): GhostPlaces {
  const ends = [...pairs.flatMap((pair) => pair.ends), ...interfaces];
  return {
    namespaces: new Set(namespaces.map(({ name }) => name)),
    interfaces: new Set(ends.map(({ namespace, ifname }) => `${namespace}/${ifname}`)),
  };
}

/** A ghost is told once, with all that is in it. */
function isToldByGhost({ namespace, repair: { operation } }: DriftItem, told: GhostPlaces): boolean {
  if (told.namespaces.has(namespace)) return true;
  return operation.op === 'remove-interface' && told.interfaces.has(`${operation.namespace}/${operation.ifname}`);
}

function ofDrift({ kind, namespace, ifname, description, repair }: DriftItem, whyNot: string | null): Difference {
  const where = namespaceText(namespace);
  return {
    id: repair.id,
    kind,
    namespace,
    ghost: null,
    places: [namespace, ...(ifname === undefined ? [] : [`${namespace}:${ifname}`])],
    where: ifname === undefined ? where : endText({ namespace, ifname }),
    text: visibleText(description),
    whyNot,
    commands: commandsOf(repair.operation),
  };
}

function ofGhosts({ namespaces, pairs, interfaces }: Ghosts): Difference[] {
  const stranger = { kind: 'unexpected', commands: [] } as const;
  return [
    ...namespaces.map(
      ({ id, name, whyNot }): Difference => ({
        ...stranger,
        id,
        namespace: name,
        ghost: ghostNodeId(name),
        places: [name],
        where: namespaceText(name),
        text: 'this namespace is not in the lab',
        whyNot,
      }),
    ),
    ...pairs.map((pair): Difference => {
      const { id, ends, whyNot } = pair;
      return {
        ...stranger,
        id,
        namespace: ends[0].namespace,
        ghost: ghostEdgeId(id),
        places: ends.flatMap(({ namespace, ifname }) => [namespace, `${namespace}:${ifname}`]),
        where: pairText(pair),
        text: 'this veth pair is not in the lab',
        whyNot,
      };
    }),
    ...interfaces.map(
      (one): Difference => ({
        ...stranger,
        id: one.id,
        namespace: one.namespace,
        ghost: null,
        places: [one.namespace, `${one.namespace}:${one.ifname}`],
        where: endText(one),
        text: `the ${interfaceText(one)} is not in the lab`,
        whyNot: one.whyNot,
      }),
    ),
  ];
}
