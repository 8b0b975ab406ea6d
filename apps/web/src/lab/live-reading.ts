import { type LiveMessage, type LivePieces, type LiveSection, liveSections } from '@vethlab/protocol';
import type { LabState } from './lab-state';

type Looking = Pick<LabState, 'live'>;

/** Takes in sections that changed. The others stay the same objects, so that only what changed is drawn again. */
export function stateOfLive({ live }: Looking, message: LiveMessage): Partial<LabState> {
  const { node, present } = message;
  // What was on its way for the node before.
  if (live === null || live.node !== node) return {};
  return { live: { node, present, pieces: { ...(present ? live.pieces : {}), ...message.pieces } } };
}

/** Begins to look at a namespace, or at other sections of it. Sections that stay keep what is known; null: looks no more, and keeps what was seen. */
export function stateOfLook({ live }: Looking, node: string | null, sections: readonly LiveSection[]): Looking {
  if (node === null) return { live };
  if (live?.node !== node) return { live: { node, present: true, pieces: {} } };
  const kept = liveSections.filter((section) => sections.includes(section) && live.pieces[section] !== undefined);
  const pieces = Object.fromEntries(kept.map((section) => [section, live.pieces[section]])) as LivePieces;
  return { live: { ...live, pieces } };
}
