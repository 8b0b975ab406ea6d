import type { PortVlan } from '../model/port-vlan.js';
import type { Edit } from './edit.js';
import type { EditWork, Refusal } from './edit-work.js';
import { requireInterface } from './interface-edits.js';
import { isRefusal } from './node-edits.js';
import { withFields } from './with-fields.js';

type EditOf<Type extends Edit['type']> = Extract<Edit, { type: Type }>;

export function setSwitch(work: EditWork, edit: EditOf<'set-switch'>): Refusal {
  const node = work.require(edit.node, ['node']);
  if (isRefusal(node)) return node;
  if (node.kind !== 'switch') {
    const detail = `${edit.node} is a ${node.kind}; spanning tree is between switches.`;
    return work.refuse('switch.stp-elsewhere', ['stp'], detail);
  }
  work.draft.replaceNode(edit.node, withFields(node, { stp: edit.stp ? true : null }));
  work.sentences.push(`Switched spanning tree ${edit.stp ? 'on' : 'off'} in ${edit.node}.`);
  return null;
}

export function setPortVlan(work: EditWork, edit: EditOf<'set-port-vlan'>): Refusal {
  const found = requireInterface(work, edit.node, edit.ifname);
  if (isRefusal(found)) return found;
  work.draft.setInterface(edit.node, edit.ifname, withFields(found, { vlan: edit.vlan }));
  work.sentences.push(
    edit.vlan === null
      ? `Cleared the VLANs of ${edit.node}:${edit.ifname}.`
      : `Set ${edit.node}:${edit.ifname} to ${words(edit.vlan)}.`,
  );
  return null;
}

function words(vlan: PortVlan): string {
  if ('access' in vlan) return `VLAN ${vlan.access}`;
  const native = vlan.native === undefined ? '' : `, native ${vlan.native}`;
  return `a trunk of ${vlan.trunk.length === 0 ? 'no VLAN' : vlan.trunk.join(', ')}${native}`;
}
