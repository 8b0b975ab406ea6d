import type { NftState } from '../rule.js';

const order = ['new', 'established', 'related', 'invalid', 'untracked'] as const satisfies readonly NftState[];

/** However the bits of a rule lie: in one order, so that two readings can be compared. */
export function statesInOrder(names: readonly string[]): readonly NftState[] {
  return order.filter((name) => names.includes(name));
}
