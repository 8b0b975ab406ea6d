import { type Impairment, impairmentFields } from '../model/impairment.js';
import { formatDelay, formatPercent, formatRate } from '../model/parse-impairment.js';
import type { Edit } from './edit.js';
import type { EditWork, Refusal } from './edit-work.js';
import { requireInterface } from './interface-edits.js';
import { isRefusal } from './node-edits.js';
import { withFields } from './with-fields.js';

export function setImpairment(work: EditWork, edit: Extract<Edit, { type: 'set-impairment' }>): Refusal {
  const found = requireInterface(work, edit.node, edit.ifname);
  if (isRefusal(found)) return found;
  const { impairment } = edit;
  const isNothing = impairment === null || impairmentFields.every((field) => impairment[field] === undefined);
  work.draft.setInterface(edit.node, edit.ifname, withFields(found, { impairment: isNothing ? null : impairment }));
  const what = `what leaves ${edit.node}:${edit.ifname}`;
  work.sentences.push(isNothing ? `Nothing is done to ${what}.` : `Set ${what} to ${words(impairment)}.`);
  return null;
}

function words(of: Impairment): string {
  const jitter = of.jitterMs === undefined ? '' : ` ± ${formatDelay(of.jitterMs)}`;
  const share = (percent: number | undefined, name: string) =>
    percent === undefined ? '' : `${formatPercent(percent)} ${name}`;
  return [
    of.delayMs === undefined ? '' : `${formatDelay(of.delayMs)}${jitter} delay`,
    share(of.lossPercent, 'loss'),
    share(of.duplicatePercent, 'duplication'),
    share(of.reorderPercent, 'reordering'),
    share(of.corruptPercent, 'corruption'),
    of.rateBitsPerSecond === undefined ? '' : formatRate(of.rateBitsPerSecond),
    of.limitPackets === undefined ? '' : `a queue of ${of.limitPackets}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}
