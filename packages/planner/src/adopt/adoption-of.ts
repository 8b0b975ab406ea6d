import { type FeatureName, namespaceOf, type Observed, ROOT_NAMESPACE } from '@vethlab/observed';
import {
  applyEdit,
  diffTopologies,
  isEmptyDiff,
  type Probe,
  type Topology,
  type TopologyDiff,
} from '@vethlab/topology';
import { partsOf } from '../desired/endpoint.js';
import { adoptDevices } from './adopt-devices.js';
import { adoptImpairments } from './adopt-impairments.js';
import { adoptInterfaces } from './adopt-interfaces.js';
import { adoptNamespaces } from './adopt-namespaces.js';
import { adoptPairs } from './adopt-pairs.js';
import { adoptRoutes } from './adopt-routes.js';
import { adoptRules } from './adopt-rules.js';
import { adoptVlans } from './adopt-vlans.js';
import { adoptVrfs } from './adopt-vrfs.js';
import { AdoptionWork } from './adoption-work.js';
import { type Choice, everything } from './choice.js';
import { fit } from './fit.js';
import type { LeftOut } from './left-out.js';
import { tellLeftovers } from './leftovers.js';
import { placeNodes } from './place-nodes.js';
import { summaryOfAdoption } from './summary.js';

export interface AdoptionInput {
  /** The document that the kernel was last asked to be like: what it has beyond the kernel counts as gone. */
  readonly topology: Topology;
  readonly observed: Observed;
  /** What to adopt; `choiceOf` makes one of what somebody picked. */
  readonly items: Choice | 'all';
  /** Names of namespaces and nodes to look at, with what they are wired to; absent: all. */
  readonly scope?: ReadonlySet<string>;
  /** Nodes that nobody has put where they are: they move to what they are wired to now. */
  readonly movable?: ReadonlySet<string>;
  /** What the kernel cannot do: that it is not there is no difference. Absent: nothing is missing. */
  readonly missing?: ReadonlySet<FeatureName>;
}

export interface Adoption {
  readonly topology: Topology;
  /** From the document as it was. Empty when there is nothing to adopt. */
  readonly diff: TopologyDiff;
  readonly leftOut: readonly LeftOut[];
  /** One sentence for people. */
  readonly summary: string;
}

/**
 * Makes the document like the kernel: what came becomes part of it, what is gone goes, what changed changes. The kernel
 * is not touched, and afterwards there is nothing to do in it. What a document cannot say is told in `leftOut`.
 */
export function adoptionOf(input: AdoptionInput): Adoption {
  const { topology, movable } = input;
  const work = adopt(input);
  const { diff, topology: adopted } = fitted(work, movable ?? new Set());
  return { topology: adopted, diff, leftOut: work.leftOut, summary: summaryOfAdoption(topology, adopted) };
}

/** The adopted document before anybody has asked whether it is valid. */
export function adopt({ topology, observed, items, scope, missing }: AdoptionInput): AdoptionWork {
  const choice = items === 'all' ? everything : items;
  const work = new AdoptionWork(topology, observed, choice, viewOf(topology, observed, scope));
  adoptNamespaces(work);
  adoptPairs(work);
  adoptInterfaces(work);
  adoptDevices(work);
  adoptVrfs(work);
  adoptRoutes(work, work.draft);
  // On a kernel that has no rules none is missing: the document keeps its own.
  if (missing?.has('nft') !== true) adoptRules(work, work.draft);
  adoptVlans(work, missing ?? new Set());
  adoptImpairments(work, missing ?? new Set());
  tellLeftovers(work);
  return work;
}

/**
 * As far as it tells what could be part of the document: strangers in these namespaces, the pairs that came, and what stands on them.
 * What the document has already, the thousand wires of a hub say, is not looked at.
 */
export function adoptStrangers(topology: Topology, observed: Observed, view: ReadonlySet<string>): AdoptionWork {
  const work = new AdoptionWork(topology, observed, everything, view);
  adoptNamespaces(work);
  adoptPairs(work);
  adoptInterfaces(work, 'fresh');
  adoptDevices(work);
  adoptVrfs(work);
  tellLeftovers(work);
  return work;
}

/** The valid document nearest to what was adopted. */
function fitted(work: AdoptionWork, movable: ReadonlySet<string>): { topology: Topology; diff: TopologyDiff } {
  const before = work.topology;
  const candidate = withoutWhatHangs(work);
  const first = tried(before, withPlaces(candidate, before, work.fresh, movable));
  if (first !== null) return first;
  const { topology: mended, takenOut } = fit(candidate, before);
  for (const { namespace, ifname, what, why } of takenOut) work.leave(namespace, ifname, what, why);
  const second = mended === null ? null : tried(before, withPlaces(mended, before, work.fresh, movable));
  if (second !== null) return second;
  work.leave(ROOT_NAMESPACE, undefined, 'all of it', 'The lab would be larger than a lab can be.');
  return { topology: before, diff: { renames: [], changes: [] } };
}

/** As an edit: that costs what has changed, and not the whole document. Null: the document would not be valid. */
function tried(before: Topology, after: Topology): { topology: Topology; diff: TopologyDiff } | null {
  const diff = diffTopologies(before, after);
  if (isEmptyDiff(diff)) return { topology: before, diff };
  const result = applyEdit(before, { type: 'apply-diff', diff });
  return result.ok ? { topology: result.topology, diff: result.diff } : null;
}

/** A change at one end of a link is one at the other end as well. */
function viewOf(topology: Topology, observed: Observed, scope: ReadonlySet<string> | undefined): ReadonlySet<string> {
  if (scope === undefined) return new Set([...Object.keys(topology.nodes), ...Object.keys(observed.namespaces)]);
  const view = new Set(scope);
  for (const name of scope) {
    for (const { peer } of Object.values(namespaceOf(observed, name)?.interfaces ?? {})) {
      if (peer !== null && peer.namespace !== ROOT_NAMESPACE) view.add(peer.namespace);
    }
  }
  for (const { endpoints } of topology.links) {
    const [a, b] = [partsOf(endpoints[0]).namespace, partsOf(endpoints[1]).namespace];
    if (scope.has(a)) view.add(b);
    if (scope.has(b)) view.add(a);
  }
  return view;
}

/** Without the probes and the positions of nodes that went, and without probes to addresses that went with them. */
function withoutWhatHangs(work: AdoptionWork): Topology {
  const { topology, removed, draft } = work;
  if (removed.size === 0) return draft;
  const left = new Set([...work.nodes.values()].flatMap((node) => addressesIn(node)));
  const gone = new Set(
    [...removed]
      .flatMap((name) => addressesIn(topology.nodes[name] ?? { interfaces: {} }))
      .filter((ip) => !left.has(ip)),
  );
  const stays = ({ from, to }: Probe) => !removed.has(from) && !gone.has(to);
  const places = Object.entries(topology.canvas.nodes).filter(([name]) => !removed.has(name));
  return { ...draft, probes: topology.probes.filter(stays), canvas: { nodes: Object.fromEntries(places) } };
}

function addressesIn({ interfaces }: Pick<Topology['nodes'][string], 'interfaces'>): string[] {
  return Object.values(interfaces).flatMap(({ addresses }) =>
    addresses.map((cidr) => cidr.slice(0, cidr.indexOf('/'))),
  );
}

function withPlaces(
  adopted: Topology,
  before: Topology,
  fresh: ReadonlySet<string>,
  movable: ReadonlySet<string>,
): Topology {
  const wired = wiredNodes(before);
  const wiredNow = wiredNodes(adopted);
  const moves = [...movable].filter(
    (name) => Object.hasOwn(adopted.nodes, name) && !fresh.has(name) && wiredNow.has(name) && !wired.has(name),
  );
  const added = [...fresh].filter((name) => Object.hasOwn(adopted.nodes, name));
  if (added.length === 0 && moves.length === 0) return adopted;
  const positions = Object.entries(adopted.canvas.nodes);
  // A drawing without positions is laid out as a whole when it is looked at.
  const isLaidOut = positions.length > 0 || Object.keys(before.nodes).length === 0;
  if (!isLaidOut) return adopted;
  // The first of those that may move stays where it is: others come to it.
  const [anchor, ...others] = moves;
  const moving = added.length === 0 && anchor !== undefined && !hasOtherAnchor(adopted, moves) ? others : moves;
  const known = new Map(positions.filter(([name]) => !moving.includes(name)));
  const places = placeNodes([...added, ...moving], adopted.links, known);
  return { ...adopted, canvas: { nodes: Object.fromEntries([...positions, ...places]) } };
}

function wiredNodes({ links }: Topology): ReadonlySet<string> {
  return new Set<string>(links.flatMap(({ endpoints }) => endpoints.map((end) => partsOf(end).namespace)));
}

/** Whether one of these nodes is wired to a node that stays where it is. */
function hasOtherAnchor(topology: Topology, moves: readonly string[]): boolean {
  return topology.links.some(({ endpoints }) => {
    const [a, b]: readonly string[] = endpoints.map((end) => partsOf(end).namespace);
    if (a === undefined || b === undefined) return false;
    return moves.includes(a) !== moves.includes(b);
  });
}
