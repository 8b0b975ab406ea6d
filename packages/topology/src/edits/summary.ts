import type { EditWork } from './edit-work.js';
import { counted } from './node-edits.js';

/** One sentence in a person's words. A batch of many edits is told by what came and went. */
export function summaryOf(work: EditWork): string {
  const { created, removed, sentences } = work;
  if (sentences.length === 1) return sentences[0] ?? '';
  const added = [
    counted(created.nodes.length, 'node'),
    counted(created.links.length, 'link'),
    counted(created.probes.length, 'probe'),
  ].filter((part) => part !== '');
  const gone = [
    counted(removed.nodes.length, 'node'),
    counted(removed.links.length, 'link'),
    counted(removed.probes.length, 'probe'),
    counted(removed.routes.length, 'route'),
    counted(work.removedRules, 'rule'),
  ].filter((part) => part !== '');
  const parts = [
    ...(added.length > 0 ? [`Added ${added.join(', ')}.`] : []),
    ...(gone.length > 0 ? [`Removed ${gone.join(', ')}.`] : []),
  ];
  if (parts.length > 0) return parts.join(' ');
  return sentences.length === 0 ? 'Nothing changed.' : `Made ${sentences.length} changes.`;
}
