import type { Edit } from './edit.js';
import type { EditWork, Refusal } from './edit-work.js';
import { isRefusal } from './node-edits.js';
import { withFields } from './with-fields.js';

type EditOf<Type extends Edit['type']> = Extract<Edit, { type: Type }>;

export function setOutside(work: EditWork, edit: EditOf<'set-outside'>): Refusal {
  const node = work.require(edit.node, ['node']);
  if (isRefusal(node)) return node;
  const { hostPorts, subnet } = edit;
  work.draft.replaceNode(edit.node, withFields(node, { hostPorts: nullWhenEmpty(hostPorts), subnet }));
  const parts = [
    hostPorts === undefined ? '' : portsSentence(hostPorts ?? []),
    subnet === undefined ? '' : subnet === null ? 'the usual subnet' : `the subnet ${subnet}`,
  ].filter((part) => part !== '');
  if (parts.length > 0) work.sentences.push(`Gave the way out of ${edit.node} ${parts.join(' and ')}.`);
  return null;
}

export function setPublish(work: EditWork, edit: EditOf<'set-publish'>): Refusal {
  const node = work.require(edit.node, ['node']);
  if (isRefusal(node)) return node;
  const { publish } = edit;
  work.draft.replaceNode(edit.node, withFields(node, { publish: nullWhenEmpty(publish) }));
  const ports = publish.map(({ port, at }) => `${port} at ${at}`).join(', ');
  work.sentences.push(
    publish.length === 0 ? `Published nothing of ${edit.node}.` : `Published ${edit.node}: ${ports}.`,
  );
  return null;
}

/** A document says "none" in one way: by not having the field. */
function nullWhenEmpty<Item>(list: readonly Item[] | null | undefined): readonly Item[] | null | undefined {
  return list?.length === 0 ? null : list;
}

function portsSentence(ports: readonly number[]): string {
  return ports.length === 0 ? "no ports of the machine's loopback" : `the machine's ports ${ports.join(', ')}`;
}
