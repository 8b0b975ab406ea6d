import { commandsOf, withCommands } from '../commands/commands-of.js';
import type { Diagnostic } from '../model/diagnostic.js';
import { diagnostic } from '../model/problem.js';
import type { Command, Interface, Node, Topology } from '../model/topology.js';
import { nodeRecordOf } from './diff-topologies.js';
import { Draft } from './draft.js';
import { OrderedRecords } from './ordered-records.js';
import { sameValue } from './same-value.js';
import type { Change, Rename, TopologyDiff } from './topology-diff.js';

export type AppliedDiff =
  | { readonly ok: true; readonly topology: Topology }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * The document after a diff. Refused (`edit.stale`) when a record is not what the diff says it was.
 * It does not look at what records mean to each other: an `apply-diff` edit does.
 */
export function applyDiff(topology: Topology, diff: TopologyDiff): AppliedDiff {
  const draft = new Draft(topology);
  const diagnostics = applyDiffToDraft(draft, diff);
  return diagnostics.length > 0 ? { ok: false, diagnostics } : { ok: true, topology: draft.toTopology() };
}

/** Applies a diff to a draft; what cannot be applied is told, and the draft is then to be thrown away. */
export function applyDiffToDraft(draft: Draft, diff: TopologyDiff): readonly Diagnostic[] {
  const problems: Diagnostic[] = [];
  for (const [index, rename] of diff.renames.entries()) {
    const problem = applyRename(draft, rename);
    if (problem !== null) problems.push(diagnostic('edit.stale', ['diff', 'renames', index], problem));
  }
  if (problems.length > 0) return problems;
  const stale = (what: string) => problems.push(diagnostic('edit.stale', ['diff', 'changes'], what));
  const of = <Record extends Change['record']>(record: Record) =>
    diff.changes.filter((change): change is Extract<Change, { record: Record }> => change.record === record);

  // Removals from the outside in, additions from the inside out, so that nothing is ever left without its owner.
  for (const change of of('lab')) {
    if (change.before === null || change.after === null || change.before.name !== draft.name)
      stale('The lab was renamed.');
    else draft.name = change.after.name;
  }
  const named = <Value extends object>(changes: readonly (Value & { readonly key: string })[]) => changes;
  const positions = of('position').map((change) => ({ ...change, key: change.node as string }));
  if (positions.length > 0) change(draft.positions, positions, (key) => stale(`${key} was moved.`));
  const probes = of('probe');
  if (probes.length > 0) change(draft.probes, named(probes), (key) => stale(`The probe ${key} was changed.`));
  const links = of('link');
  if (links.length > 0) {
    change(draft.links, named(links), (key) => stale(`The link ${key} was changed.`));
    draft.linksReplaced();
  }
  applyNodeChanges(draft, of('node'), of('interface'), of('command'), stale);
  for (const { node, after } of positions) {
    if (after !== null && draft.node(node) === null) stale(`There is no node ${node} any more.`);
  }
  return problems;
}

function applyRename(draft: Draft, rename: Rename): string | null {
  if (rename.object === 'node') {
    if (draft.node(rename.from) === null) return `There is no node ${rename.from} any more.`;
    if (draft.node(rename.to) !== null) return `There is a node ${rename.to} already.`;
    draft.renameNode(rename.from, rename.to);
    return null;
  }
  const { node, from, to } = rename;
  if (draft.interface(node, from) === null) return `There is no interface ${node}:${from} any more.`;
  if (draft.interface(node, to) !== null) return `There is an interface ${node}:${to} already.`;
  draft.renameInterface(node, from, to);
  return null;
}

interface KeyedChange<Value> {
  readonly key: string;
  readonly before: Value | null;
  readonly after: Value | null;
  readonly index: number;
}

/** Puts changes into one collection: removals, replacements, then additions at their places. */
function change<Value>(
  records: OrderedRecords<Value>,
  changes: readonly KeyedChange<Value>[],
  stale: (key: string) => void,
): void {
  for (const { key, before, after } of changes) {
    if (before === null) continue;
    const current = records.get(key);
    if (current === null || !sameValue(current, before)) stale(key);
    else if (after === null) records.delete(key);
    else records.set(key, after);
  }
  const additions = changes.flatMap(({ key, before, after, index }) => {
    if (before !== null || after === null) return [];
    if (records.has(key)) stale(key);
    return [{ key, value: after, index }];
  });
  records.insert(additions);
}

type NodeChange = Extract<Change, { record: 'node' }>;
type InterfaceChange = Extract<Change, { record: 'interface' }>;
type CommandChange = Extract<Change, { record: 'command' }>;

/** The parts of a node that are records of their own. */
type Parts = Pick<Node, 'interfaces' | 'commands'>;

function applyNodeChanges(
  draft: Draft,
  nodeChanges: readonly NodeChange[],
  interfaceChanges: readonly InterfaceChange[],
  commandChanges: readonly CommandChange[],
  stale: (what: string) => void,
): void {
  if (nodeChanges.length === 0 && interfaceChanges.length === 0 && commandChanges.length === 0) return;
  // Not `draft.nodes` where a node is only replaced: that would copy all of them.
  const interfacesBy = groupByNode(interfaceChanges);
  const commandsBy = groupByNode(commandChanges);
  const withParts = (name: string, node: Node, wanted: (change: InterfaceChange | CommandChange) => boolean): Node => {
    const interfaces = (interfacesBy.get(name) ?? []).filter(wanted);
    const commands = (commandsBy.get(name) ?? []).filter(wanted);
    let made = node;
    if (interfaces.length > 0) {
      const records = interfacesIn(node);
      const keyed = interfaces.map((entry) => ({ ...entry, key: entry.ifname as string }));
      change(records, keyed, (ifname) => stale(`The interface ${name}:${ifname} was changed.`));
      made = { ...made, interfaces: interfacesOf(node, records) };
    }
    if (commands.length > 0) {
      const records = OrderedRecords.of<Command>(Object.entries(commandsOf(node)));
      const keyed = commands.map((entry) => ({ ...entry, key: entry.name as string }));
      change(records, keyed, (command) => stale(`The command ${command} of ${name} was changed.`));
      made = withCommands(made, records.entries());
    }
    return made;
  };
  const removed = new Set(nodeChanges.filter((entry) => entry.after === null).map((entry) => entry.node as string));
  for (const { node, before, after } of nodeChanges) {
    if (before === null) continue;
    const current = draft.node(node);
    if (current === null || !sameValue(nodeRecordOf(current), before)) {
      stale(`${node} was changed.`);
    } else if (after === null) {
      const left = withParts(node, current, (entry) => entry.after === null);
      if (Object.keys(left.interfaces).length > 0) stale(`${node} has got another interface.`);
      if (Object.keys(commandsOf(left)).length > 0) stale(`${node} has got another command.`);
      draft.nodes.delete(node);
    } else {
      draft.replaceNode(node, { ...after, ...partsOf(current) });
    }
  }
  const added = nodeChanges.flatMap(({ node, before, after, index }) => {
    if (before !== null || after === null) return [];
    if (draft.node(node) !== null) stale(`There is a node ${node} already.`);
    const value = withParts(node, { ...after, interfaces: {} }, (entry) => entry.before === null);
    return [{ key: node as string, value, index }];
  });
  if (added.length > 0) draft.nodes.insert(added);
  const fresh = new Set(added.map((entry) => entry.key));
  for (const name of new Set([...interfacesBy.keys(), ...commandsBy.keys()])) {
    if (removed.has(name) || fresh.has(name)) continue;
    const current = draft.node(name);
    if (current === null) stale(`There is no node ${name} any more.`);
    else
      draft.replaceNode(
        name,
        withParts(name, current, () => true),
      );
  }
}

function interfacesIn({ interfaces }: Node): OrderedRecords<Interface> {
  return new OrderedRecords<Interface>({
    get: (ifname) => (Object.hasOwn(interfaces, ifname) ? (interfaces[ifname] ?? null) : null),
    size: Object.keys(interfaces).length,
    entries: () => Object.entries(interfaces),
  });
}

/** One spread where records were only put: a router has a thousand. */
function interfacesOf({ interfaces }: Node, records: OrderedRecords<Interface>): Node['interfaces'] {
  const { change } = records;
  if (change === null || change.removes.size > 0) return Object.fromEntries(records.entries());
  return { ...interfaces, ...Object.fromEntries(change.puts) };
}

function partsOf({ interfaces, commands }: Node): Parts {
  return commands === undefined ? { interfaces } : { interfaces, commands };
}

function groupByNode<Entry extends { readonly node: string }>(
  changes: readonly Entry[],
): ReadonlyMap<string, readonly Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of changes) {
    const group = groups.get(entry.node);
    if (group === undefined) groups.set(entry.node, [entry]);
    else group.push(entry);
  }
  return groups;
}
