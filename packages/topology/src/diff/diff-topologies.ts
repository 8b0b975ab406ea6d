import { commandsOf } from '../commands/commands-of.js';
import type { CommandName, Ifname, NodeName } from '../model/names.js';
import { findNode, nodeOrderOf, replacedSince } from '../model/replaced-nodes.js';
import type { Command, Interface, LinkKey, Node, ProbeKey, Topology } from '../model/topology.js';
import { linkKey, probeKey } from '../model/topology-access.js';
import { diffRecords } from './diff-records.js';
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
  const replaced = replacedSince(after, renamed);
  if (replaced !== null) changes.push(...diffReplaced(renamed, after, replaced));
  else if (renamed.nodes !== after.nodes) changes.push(...diffNodes(renamed.nodes, after.nodes));
  if (renamed.links !== after.links) {
    for (const { key, ...rest } of diffRecords(keyed(renamed.links, linkKey), keyed(after.links, linkKey))) {
      changes.push({ record: 'link', key: key as LinkKey, ...rest });
    }
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

/** The same when it is known which nodes can differ, and that all others stayed where they are. */
function diffReplaced(before: Topology, after: Topology, names: ReadonlySet<string>): readonly Change[] {
  const places = names.size === 0 ? new Map<string, number>() : nodeOrderOf(after);
  const placed = [...names].map((name) => ({ name, index: places.get(name) ?? 0 })).sort((a, b) => a.index - b.index);
  return placed.flatMap(({ name, index }) => {
    const old = findNode(before, name);
    const now = findNode(after, name);
    return old === null || now === null || isSameNode(old, now) ? [] : changesOfNode(name as NodeName, old, now, index);
  });
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
