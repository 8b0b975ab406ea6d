import { commandOf } from '../commands/commands-of.js';
import type { Topology } from '../model/topology.js';
import { interfaceOf, linkOf, nodeOf, probeOf } from '../model/topology-access.js';
import { nodeRecordOf } from './diff-topologies.js';
import { fatesOf } from './record-fates.js';
import { renameMapOf } from './rename-map.js';
import { rewriteChange } from './rewrite-change.js';
import { sameValue } from './same-value.js';
import type { Change, TopologyDiff } from './topology-diff.js';

/** `conflicts`: for people, each one thing that both change: `h1:eth0 (addresses)`. */
export type CarriedOver =
  | { readonly ok: true; readonly diff: TopologyDiff }
  | { readonly ok: false; readonly conflicts: readonly string[] };

/**
 * The same change for another document. `diff` was worked out on a document that `past` has led on from, to `onto`: names
 * that `past` gave anew are followed, what is so already is left out, and of a record that both change, each field is its
 * own. Where a node stands is never in conflict: `onto` says it. Whether the result is a valid document is for an
 * `apply-diff` edit to say.
 */
export function carryOver(diff: TopologyDiff, past: TopologyDiff, onto: Topology): CarriedOver {
  if (diff.renames.length > 0 && past.renames.length > 0) return { ok: false, conflicts: ['names'] };
  const names = renameMapOf(past.renames);
  const { addedNodes, addedInterfaces } = fatesOf(diff.changes);
  const renaming = {
    node: (name: string) => (addedNodes.has(name) ? name : names.node(name)),
    ifname: (node: string, ifname: string) =>
      addedNodes.has(node) || addedInterfaces(node).has(ifname) ? ifname : names.ifname(node, ifname),
  };
  const changes: Change[] = [];
  const conflicts: string[] = [];
  // A record that only moves is taken out and put in again.
  const so = new Map<string, object | null>();
  for (const original of diff.changes) {
    const change = rewriteChange(original, renaming);
    const place = placeOf(change);
    const key = `${change.record} ${place}`;
    const current = so.get(key) ?? (so.has(key) ? null : recordIn(onto, change));
    const merged = merge(change, diff.renames.length > 0 ? change.before : current);
    if (merged === null) continue;
    if (typeof merged === 'string') conflicts.push(`${place}${merged}`);
    else {
      changes.push(merged);
      so.set(key, merged.after);
    }
  }
  if (conflicts.length > 0) return { ok: false, conflicts };
  return { ok: true, diff: { renames: diff.renames, changes } };
}

type AnyRecord = Readonly<Record<string, unknown>>;

/** The change from what is there now; null when there is nothing left to change, and a text when both say something else. */
function merge(change: Change, current: object | null): Change | string | null {
  const { before, after } = change;
  if (sameValue(current, after)) return null;
  if (sameValue(current, before)) return change;
  if (change.record === 'position') return after === null ? ({ ...change, before: current } as Change) : null;
  if (current === null || after === null) return '';
  const merged = mergeFields((before ?? {}) as AnyRecord, after as object as AnyRecord, current as AnyRecord);
  if (!merged.ok) return ` (${merged.fields.join(', ')})`;
  return sameValue(merged.record, current) ? null : ({ ...change, before: current, after: merged.record } as Change);
}

function mergeFields(
  before: AnyRecord,
  after: AnyRecord,
  current: AnyRecord,
): { readonly ok: true; readonly record: AnyRecord } | { readonly ok: false; readonly fields: readonly string[] } {
  const record: Record<string, unknown> = {};
  const fields: string[] = [];
  for (const field of new Set([...Object.keys(after), ...Object.keys(current)])) {
    const [was, wanted, is] = [before[field], after[field], current[field]];
    const value = mergeValue(was, wanted, is);
    if (value === conflict) fields.push(field);
    else if (value !== undefined) record[field] = value;
  }
  return fields.length > 0 ? { ok: false, fields } : { ok: true, record };
}

const conflict = Symbol('both say something else');

function mergeValue(was: unknown, wanted: unknown, is: unknown): unknown {
  if (sameValue(was, is) || sameValue(wanted, is)) return wanted;
  if (sameValue(was, wanted)) return is;
  if (Array.isArray(wanted) && Array.isArray(is)) return mergeLists(Array.isArray(was) ? was : [], wanted, is);
  return conflict;
}

/** Addresses and routes come and go one by one; two new ones in the place of one old are a conflict. */
function mergeLists(was: readonly unknown[], wanted: readonly unknown[], is: readonly unknown[]): unknown {
  const isIn = (list: readonly unknown[], item: unknown) => list.some((one) => sameValue(one, item));
  const added = wanted.filter((item) => !isIn(was, item) && !isIn(is, item));
  const isReplacedTwice =
    added.length > 0 &&
    is.some((item) => !isIn(was, item) && !isIn(wanted, item)) &&
    was.some((item) => !isIn(wanted, item) && !isIn(is, item));
  if (isReplacedTwice) return conflict;
  return [...is.filter((item) => !isIn(was, item) || isIn(wanted, item)), ...added];
}

function recordIn(topology: Topology, change: Change): object | null {
  switch (change.record) {
    case 'lab':
      return { name: topology.name };
    case 'node': {
      const node = nodeOf(topology, change.node);
      return node === null ? null : nodeRecordOf(node);
    }
    case 'interface':
      return interfaceOf(topology, change.node, change.ifname);
    case 'command':
      return commandOf(topology, change.node, change.name);
    case 'link':
      return linkOf(topology, change.key);
    case 'probe':
      return probeOf(topology, change.key);
    case 'position':
      return Object.hasOwn(topology.canvas.nodes, change.node) ? (topology.canvas.nodes[change.node] ?? null) : null;
  }
}

function placeOf(change: Change): string {
  switch (change.record) {
    case 'lab':
      return 'the name of the lab';
    case 'node':
    case 'position':
      return change.node;
    case 'interface':
      return `${change.node}:${change.ifname}`;
    case 'command':
      return `the command ${change.name} of ${change.node}`;
    case 'link':
      return `the link ${change.key.replace('--', ' – ')}`;
    case 'probe':
      return `the probe ${change.key}`;
  }
}
