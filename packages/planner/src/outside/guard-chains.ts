import type { ObservedRule } from '@vethlab/observed';
import { outsideAddresses } from '@vethlab/topology';
import type { RulesChain, WayOutWish } from '../plan.js';
import { DSTNAT_PRIORITY, SRCNAT_PRIORITY } from '../rules/chains-of.js';

const local = '127.0.0.1';

/**
 * The rules of the guard between an internet node and the machine: the gateway's address stands for the machine, and its opened ports are on the
 * guard's loopback, where pasta takes only callers from there. Without ports there are none.
 */
export function guardChains({ subnet, hostPorts }: Pick<WayOutWish, 'subnet' | 'hostPorts'>): readonly RulesChain[] {
  const { gateway } = outsideAddresses(subnet);
  const rules = (to: string, action: ObservedRule['action']): ObservedRule[] =>
    hostPorts.map((port) => ({ match: { to, protocol: 'tcp', port }, action }));
  return [
    chain('arriving', 'prerouting', DSTNAT_PRIORITY, rules(gateway, { kind: 'dnat', to: local })),
    chain('arrived', 'input', SRCNAT_PRIORITY, rules(local, { kind: 'snat', to: local })),
  ].filter(({ rules }) => rules.length > 0);
}

function chain(
  name: string,
  hook: RulesChain['base']['hook'],
  priority: number,
  rules: readonly ObservedRule[],
): RulesChain {
  const names = rules.map((_, index) => `rule ${index + 1} of ${name}, of the guard of a way out`);
  return { name, base: { type: 'nat', hook, priority, policy: 'accept' }, rules, names };
}
