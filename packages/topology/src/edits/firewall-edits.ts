import { countRules } from '../model/firewall.js';
import type { Edit } from './edit.js';
import type { EditWork, Refusal } from './edit-work.js';
import { counted, isRefusal } from './node-edits.js';
import { withFields } from './with-fields.js';

type EditOf<Type extends Edit['type']> = Extract<Edit, { type: Type }>;

export function setFirewall(work: EditWork, edit: EditOf<'set-firewall'>): Refusal {
  const node = work.require(edit.node, ['node']);
  if (isRefusal(node)) return node;
  if (edit.firewall !== null && node.kind === 'switch') return onSwitch(work, edit.node, 'firewall');
  work.draft.replaceNode(edit.node, withFields(node, { firewall: edit.firewall }));
  const rules = edit.firewall === null ? '' : counted(countRules(edit.firewall, undefined), 'rule');
  work.sentences.push(
    edit.firewall === null
      ? `Removed the firewall of ${edit.node}.`
      : `Set the firewall of ${edit.node}${rules === '' ? '' : ` to ${rules}`}.`,
  );
  return null;
}

export function setNat(work: EditWork, edit: EditOf<'set-nat'>): Refusal {
  const node = work.require(edit.node, ['node']);
  if (isRefusal(node)) return node;
  if (edit.nat !== null && node.kind === 'switch') return onSwitch(work, edit.node, 'nat');
  work.draft.replaceNode(edit.node, withFields(node, { nat: edit.nat }));
  const entries = edit.nat === null ? '' : counted(countRules(undefined, edit.nat), 'rule');
  work.sentences.push(
    edit.nat === null
      ? `Removed the NAT of ${edit.node}.`
      : `Set the NAT of ${edit.node}${entries === '' ? '' : ` to ${entries}`}.`,
  );
  return null;
}

function onSwitch(work: EditWork, node: string, field: 'firewall' | 'nat'): Refusal {
  return work.refuse('firewall.on-switch', [field], `${node} is a switch and looks at no packet.`);
}
