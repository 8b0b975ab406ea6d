import { commandsOf } from '../commands/commands-of.js';
import { linkIndexOf, linkKey, linksSince } from '../model/links.js';
import type { CommandName, Ifname, NodeName } from '../model/names.js';
import { changedSince, findNode, nodeOrderOf } from '../model/replaced-nodes.js';
import type { Command, Interface, Link, LinkKey, Node, ProbeKey, Topology } from '../model/topology.js';
import { probeKey } from '../model/topology-access.js';
import { diffRecords, type RecordChange } from './diff-records.js';
import { Draft } from './draft.js';
import { sameValue } from './same-value.js';
import type { Change, NodeRecord, Rename, TopologyDiff } from './topology-diff.js';

/**
 * What turns `before` into `after`. Without `renames` a renamed record is one removed and one added.
 * Renames are carried out one after the other; one that cannot be is left out.
 */
export function diffTopologies(before: Topology, after: Topology, renames: readonly Rename[] = []): TopologyDiff {
  const { topology: renamed, done } = carryOutRenames(before, renames);
  const changes: Change[] = [];
  if (renamed.name !== after.name) {
    changes.push({ record: 'lab', before: { name: renamed.name }, after: { name: after.name }, index: 0 });
  }
  const changed = changedSince(after, renamed);
  if (changed !== null) changes.push(...diffChanged(renamed, after, changed));
  else if (renamed.nodes !== after.nodes) changes.push(...diffNodes(renamed.nodes, after.nodes));
  for (const { key, ...rest } of diffLinks(renamed.links, after.links)) {
    changes.push({ record: 'link', key: key as LinkKey, ...rest });
  }
  if (renamed.probes !== after.probes) {
    for (const { key, ...rest } of diffRecords(keyed(renamed.probes, probeKey), keyed(after.probes, probeKey))) {
      changes.push({ record: 'probe', key: key as ProbeKey, ...rest });
    }
  }
  if (renamed.canvas !== after.canvas) {
    const positions = diffRecords(Object.entries(renamed.canvas.nodes), Object.entries(after.canvas.nodes));
    for (const { key, ...rest } of positions) changes.push({ record: 'position', node: key as NodeName, ...rest });
  }
  return { renames: done, changes };
}

/** A node without its interfaces and commands. */
export function nodeRecordOf(node: Node): NodeRecord {
  const { interfaces: _interfaces, commands: _commands, ...record } = node;
  return record;
}

/** Carries renames out on the draft; returns those that could be. */
export function renameInDraft(draft: Draft, renames: readonly Rename[]): readonly Rename[] {
  return renames.filter((rename) => {
    if (rename.object === 'node') {
      if (draft.node(rename.from) === null || draft.node(rename.to) !== null) return false;
      draft.renameNode(rename.from, rename.to);
      return true;
    }
    if (draft.interface(rename.node, rename.from) === null) return false;
    if (draft.interface(rename.node, rename.to) !== null) return false;
    draft.renameInterface(rename.node, rename.from, rename.to);
    return true;
  });
}

function carryOutRenames(before: Topology, renames: readonly Rename[]) {
  if (renames.length === 0) return { topology: before, done: [] };
  const draft = new Draft(before);
  const done = renameInDraft(draft, renames);
  return { topology: draft.toTopology(), done };
}

function diffNodes(before: Topology['nodes'], after: Topology['nodes']): readonly Change[] {
  const changes: Change[] = [];
  // Compared as whole nodes first: those that no edit touched are the same object, and cost nothing more.
  const differing = diffRecords(Object.entries(before), Object.entries(after), isSameNode);
  for (const { key, before: old, after: now, index } of differing) {
    changes.push(...changesOfNode(key as NodeName, old, now, index));
  }
  return changes;
}

/** The same when it is known which nodes can differ, and that all others stayed where they were among themselves. */
function diffChanged(before: Topology, after: Topology, names: ReadonlySet<string>): readonly Change[] {
  if (names.size === 0) return [];
  const records = [...names].map((name) => ({
    key: name,
    before: findNode(before, name),
    after: findNode(after, name),
  }));
  const [placesBefore, placesAfter] = [nodeOrderOf(before), nodeOrderOf(after)];
  return placed(
    records.filter((one) => one.before === null || one.after === null || !isSameNode(one.before, one.after)),
    (name) => placesBefore.get(name) ?? 0,
    (name) => placesAfter.get(name) ?? 0,
  ).flatMap(({ key, before: old, after: now, index }) => changesOfNode(key as NodeName, old, now, index));
}

function diffLinks(before: readonly Link[], after: readonly Link[]): readonly RecordChange<Link>[] {
  if (before === after) return [];
  const change = linksSince(after, before);
  if (change === null) return diffRecords(keyed(before, linkKey), keyed(after, linkKey));
  const { byKey } = linkIndexOf(before);
  const records = [
    ...[...change.removes].map((key) => ({ key, before: byKey.get(key), after: null })),
    ...[...change.puts].map(([key, link]) => ({ key, before: byKey.get(key), after: link })),
  ];
  const placesOf = (links: readonly Link[]) => new Map(links.map((link, index) => [link, index]));
  const isOne = records.length === 1;
  const [placesBefore, placesAfter] = isOne ? [null, null] : [placesOf(before), placesOf(after)];
  const placeIn = (links: readonly Link[], places: ReadonlyMap<Link, number> | null, link: Link | null) =>
    link === null ? 0 : (places?.get(link) ?? links.lastIndexOf(link));
  return placed(
    records.filter((one) => one.before === null || one.after === null || !sameValue(one.before, one.after)),
    (key) => placeIn(before, placesBefore, byKey.get(key)),
    (key) => placeIn(after, placesAfter, change.puts.get(key) ?? null),
  );
}

/** Removed records by their places before, then the others by their places after: as `diffRecords` has them. */
function placed<Value>(
  records: readonly Omit<RecordChange<Value>, 'index'>[],
  placeBefore: (key: string) => number,
  placeAfter: (key: string) => number,
): readonly RecordChange<Value>[] {
  const removed = records.filter(({ after }) => after === null).map((one) => ({ ...one, index: placeBefore(one.key) }));
  const put = records.filter(({ after }) => after !== null).map((one) => ({ ...one, index: placeAfter(one.key) }));
  return [...removed.sort((a, b) => a.index - b.index), ...put.sort((a, b) => a.index - b.index)];
}

function changesOfNode(node: NodeName, old: Node | null, now: Node | null, index: number): readonly Change[] {
  const oldRecord = old === null ? null : nodeRecordOf(old);
  const nowRecord = now === null ? null : nodeRecordOf(now);
  const recordChanges = diffRecords(
    oldRecord === null ? [] : [['', oldRecord]],
    nowRecord === null ? [] : [['', nowRecord]],
  );
  const interfaceChanges = diffRecords<Interface>(
    Object.entries(old?.interfaces ?? {}),
    Object.entries(now?.interfaces ?? {}),
  ).map(({ key: ifname, ...rest }): Change => ({ record: 'interface', node, ifname: ifname as Ifname, ...rest }));
  const nodeChanges = recordChanges.map(
    (change): Change => ({ record: 'node', node, before: change.before, after: change.after, index }),
  );
  const parts = [...interfaceChanges, ...commandChanges(node, old, now)];
  return now === null ? [...parts, ...nodeChanges] : [...nodeChanges, ...parts];
}

function commandChanges(node: NodeName, old: Node | null, now: Node | null): readonly Change[] {
  if (old?.commands === now?.commands) return [];
  return diffRecords<Command>(
    Object.entries(old === null ? {} : commandsOf(old)),
    Object.entries(now === null ? {} : commandsOf(now)),
  ).map(({ key, ...rest }): Change => ({ record: 'command', node, name: key as CommandName, ...rest }));
}

/** Interfaces or commands in another order make another node. */
function isSameNode(a: Node, b: Node): boolean {
  if (a === b) return true;
  return sameValue(a, b) && hasSameOrder(a.interfaces, b.interfaces) && hasSameOrder(commandsOf(a), commandsOf(b));
}

/** Of two records with the same keys. */
function hasSameOrder(a: object, b: object): boolean {
  if (a === b) return true;
  const names = Object.keys(b);
  return Object.keys(a).every((name, index) => name === names[index]);
}

function keyed<Value>(
  values: readonly Value[],
  keyOf: (value: Value) => string,
): readonly (readonly [string, Value])[] {
  return values.map((value) => [keyOf(value), value] as const);
}
