import type { LabState } from './lab-state';

/** Why no node of this lab can have a way out on this machine, and what would bring one; null: each can, or nobody has asked yet. */
export function lackOfWayOut({ features }: Pick<LabState, 'features'>): string | null {
  const lack = features.find(({ name, available }) => (name === 'way-out' || name === 'nft') && !available);
  if (lack === undefined) return null;
  return [lack.reason, lack.remedy].filter((text) => text !== null).join(' ');
}
