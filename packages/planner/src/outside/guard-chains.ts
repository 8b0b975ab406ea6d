import type { ObservedRule } from '@vethlab/observed';
import { outsideAddresses } from '@vethlab/topology';
import type { RulesChain, WayOutWish } from '../plan.js';
import { DSTNAT_PRIORITY, SRCNAT_PRIORITY } from '../rules/chains-of.js';
import { chain } from './chain.js';

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
    chain(
      'arriving',
      { type: 'nat', hook: 'prerouting', priority: DSTNAT_PRIORITY },
      rules(gateway, { kind: 'dnat', to: local }),
    ),
    chain(
      'arrived',
      { type: 'nat', hook: 'input', priority: SRCNAT_PRIORITY },
      rules(local, { kind: 'snat', to: local }),
    ),
  ].filter(({ rules }) => rules.length > 0);
}
