import type { ObservedRule } from '@vethlab/observed';
import type { RulesChain } from '../plan.js';

/** A chain of a way out, whose rules are told by their number in it. Everything that no rule says passes. */
export function chain(
  name: string,
  base: Omit<RulesChain['base'], 'policy'>,
  rules: readonly ObservedRule[],
): RulesChain {
  const names = rules.map((_, index) => `rule ${index + 1} of ${name}, of a way out`);
  return { name, base: { ...base, policy: 'accept' }, rules, names };
}
