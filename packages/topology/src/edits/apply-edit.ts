import { applyDiffToDraft } from '../diff/apply-diff.js';
import { diffTopologies } from '../diff/diff-topologies.js';
import type { Diagnostic } from '../model/diagnostic.js';
import type { Topology } from '../model/topology.js';
import { validate } from '../validation/validate.js';
import { addCommand, removeCommand, renameCommand, setCommand } from './command-edits.js';
import type { Edit, EditResult } from './edit.js';
import { EditWork, type Refusal } from './edit-work.js';
import { setFirewall, setNat } from './firewall-edits.js';
import { setImpairment } from './impairment-edits.js';
import {
  addInterface,
  removeInterface,
  renameInterface,
  setAddresses,
  setDevice,
  setInterface,
  setRoutes,
} from './interface-edits.js';
import { addProbe, connect, disconnect, removeProbe, setLink, setProbe } from './link-edits.js';
import { addNode, moveNodes, removeNodes, renameNode, setLabName, setNode } from './node-edits.js';
import { setOutside, setPublish } from './outside-edits.js';
import { summaryOf } from './summary.js';
import { setPortVlan, setSwitch } from './switch-edits.js';
import { removeVrf, renameVrf, setVrf } from './vrf-edits.js';

/**
 * The document after an edit, with what else came and went, or the reasons why it was refused. Pure; never throws on an
 * edit that `editSchema` let through. A document without errors stays one: what would bring an error in is refused.
 *
 * Paths of diagnostics lead into the edit (`['from', 'node']`) when a field of it is wrong, and into the document when
 * the result would be.
 */
export function applyEdit(topology: Topology, edit: Edit): EditResult {
  const work = new EditWork(topology);
  const refusal = carryOut(work, edit);
  if (refusal !== null) return { ok: false, diagnostics: refusal };
  const after = work.draft.toTopology();
  const added = newIn(validate(after, topology), validate(topology));
  const errors = added.filter((entry) => entry.severity === 'error');
  if (errors.length > 0) return { ok: false, diagnostics: errors };
  const renames = edit.type === 'apply-diff' ? edit.diff.renames : work.renames(after);
  // A rename is all that it does: comparing every record of a large lab would only find that out again.
  const isRename = edit.type === 'rename-node' || edit.type === 'rename-interface';
  return {
    ok: true,
    topology: after,
    diff: isRename ? { renames, changes: [] } : diffTopologies(topology, after, renames),
    created: work.created,
    removed: work.removed,
    summary: summaryOf(work),
    warnings: added.filter((entry) => entry.severity === 'warning'),
  };
}

/** What was not said before. What is said of untouched records is the same object, so little is left to compare. */
function newIn(after: readonly Diagnostic[], before: readonly Diagnostic[]): readonly Diagnostic[] {
  const same = new Set(before);
  const others = after.filter((entry) => !same.has(entry));
  if (others.length === 0) return [];
  const identities = new Set(before.map(identityOf));
  return others.filter((entry) => !identities.has(identityOf(entry)));
}

function identityOf({ code, path, detail }: Diagnostic): string {
  return `${code} ${path.join('/')} ${detail}`;
}

function carryOut(work: EditWork, edit: Edit): Refusal {
  if (edit.type !== 'add-node' && edit.type !== 'batch') work.forgetTakenNames();
  switch (edit.type) {
    case 'set-lab-name':
      return setLabName(work, edit);
    case 'add-node':
      return addNode(work, edit);
    case 'rename-node':
      return renameNode(work, edit);
    case 'set-node':
      return setNode(work, edit);
    case 'move-nodes':
      return moveNodes(work, edit);
    case 'remove-nodes':
      return removeNodes(work, edit);
    case 'add-interface':
      return addInterface(work, edit);
    case 'rename-interface':
      return renameInterface(work, edit);
    case 'set-interface':
      return setInterface(work, edit);
    case 'set-device':
      return setDevice(work, edit);
    case 'remove-interface':
      return removeInterface(work, edit);
    case 'connect':
      return connect(work, edit);
    case 'disconnect':
      return disconnect(work, edit);
    case 'set-link':
      return setLink(work, edit);
    case 'set-addresses':
      return setAddresses(work, edit);
    case 'set-routes':
      return setRoutes(work, edit);
    case 'set-impairment':
      return setImpairment(work, edit);
    case 'set-switch':
      return setSwitch(work, edit);
    case 'set-port-vlan':
      return setPortVlan(work, edit);
    case 'set-vrf':
      return setVrf(work, edit);
    case 'rename-vrf':
      return renameVrf(work, edit);
    case 'remove-vrf':
      return removeVrf(work, edit);
    case 'set-nat':
      return setNat(work, edit);
    case 'set-firewall':
      return setFirewall(work, edit);
    case 'add-probe':
      return addProbe(work, edit);
    case 'set-probe':
      return setProbe(work, edit);
    case 'remove-probe':
      return removeProbe(work, edit);
    case 'add-command':
      return addCommand(work, edit);
    case 'set-command':
      return setCommand(work, edit);
    case 'rename-command':
      return renameCommand(work, edit);
    case 'remove-command':
      return removeCommand(work, edit);
    case 'set-outside':
      return setOutside(work, edit);
    case 'set-publish':
      return setPublish(work, edit);
    case 'batch':
      return carryOutBatch(work, edit.edits);
    case 'apply-diff':
      return carryOutDiff(work, edit.diff);
  }
}

function carryOutBatch(work: EditWork, edits: readonly Edit[]): Refusal {
  const outer = work.path;
  for (const [index, edit] of edits.entries()) {
    work.path = [...outer, 'edits', index];
    const refusal = carryOut(work, edit);
    if (refusal !== null) return refusal;
  }
  work.path = outer;
  return null;
}

function carryOutDiff(work: EditWork, diff: Extract<Edit, { type: 'apply-diff' }>['diff']): Refusal {
  const problems = applyDiffToDraft(work.draft, diff);
  if (problems.length > 0) return problems.map((entry) => ({ ...entry, path: [...work.path, ...entry.path] }));
  for (const change of diff.changes) work.noteChange(change);
  return null;
}
