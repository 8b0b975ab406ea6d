import type { Diagnostic } from '../model/diagnostic.js';
import { diagnostic } from '../model/problem.js';
import type { Interface, Node, Topology } from '../model/topology.js';
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
  applyNodeChanges(draft, of('node'), of('interface'), stale);
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

function applyNodeChanges(
  draft: Draft,
  nodeChanges: readonly NodeChange[],
  interfaceChanges: readonly InterfaceChange[],
  stale: (what: string) => void,
): void {
  if (nodeChanges.length === 0 && interfaceChanges.length === 0) return;
  // Not `draft.nodes` where a node is only replaced: that would copy all of them.
  const byNode = groupByNode(interfaceChanges);
  const interfacesOf = (name: string, current: Node['interfaces'], wanted: (change: InterfaceChange) => boolean) => {
    const due = (byNode.get(name) ?? []).filter(wanted);
    if (due.length === 0) return current;
    const records = new OrderedRecords<Interface>(Object.entries(current));
    const keyed = due.map((entry) => ({ ...entry, key: entry.ifname as string }));
    change(records, keyed, (ifname) => stale(`The interface ${name}:${ifname} was changed.`));
    return Object.fromEntries(records.entries());
  };
  const removed = new Set(nodeChanges.filter((entry) => entry.after === null).map((entry) => entry.node as string));
  for (const { node, before, after } of nodeChanges) {
    if (before === null) continue;
    const current = draft.node(node);
    if (current === null || !sameValue(nodeRecordOf(current), before)) {
      stale(`${node} was changed.`);
    } else if (after === null) {
      const left = interfacesOf(node, current.interfaces, (entry) => entry.after === null);
      if (Object.keys(left).length > 0) stale(`${node} has got another interface.`);
      draft.nodes.delete(node);
    } else {
      draft.replaceNode(node, { ...after, interfaces: current.interfaces });
    }
  }
  const added = nodeChanges.flatMap(({ node, before, after, index }) => {
    if (before !== null || after === null) return [];
    if (draft.node(node) !== null) stale(`There is a node ${node} already.`);
    const interfaces = interfacesOf(node, {}, (entry) => entry.before === null);
    return [{ key: node as string, value: { ...after, interfaces }, index }];
  });
  if (added.length > 0) draft.nodes.insert(added);
  const fresh = new Set(added.map((entry) => entry.key));
  for (const name of byNode.keys()) {
    if (removed.has(name) || fresh.has(name)) continue;
    const current = draft.node(name);
    if (current === null) stale(`There is no node ${name} any more.`);
    else draft.replaceNode(name, { ...current, interfaces: interfacesOf(name, current.interfaces, () => true) });
  }
}

function groupByNode(changes: readonly InterfaceChange[]): ReadonlyMap<string, readonly InterfaceChange[]> {
  const groups = new Map<string, InterfaceChange[]>();
  for (const entry of changes) {
    const group = groups.get(entry.node);
    if (group === undefined) groups.set(entry.node, [entry]);
    else group.push(entry);
  }
  return groups;
}
