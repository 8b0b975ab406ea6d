import type { ObservedRule } from '@vethlab/observed';
import { outsideAddresses } from '@vethlab/topology';
import type { RulesChain, WayOutWish } from '../plan.js';
import { DSTNAT_PRIORITY, SRCNAT_PRIORITY } from '../rules/chains-of.js';
import { chain } from './chain.js';

/** The interface of the guard that leads to the machine. */
export const OUTSIDE_IFNAME = 'outside';

/** Where pasta opens ports of the machine: on the loopback of the namespace that it is in. */
export const PASTA_PORTS_AT = '127.0.0.1';

/** What the rules of a guard are made of. */
export interface GuardSide extends Pick<WayOutWish, 'subnet' | 'hostPorts'> {
  /** Where opened ports of the machine are found from the guard: `PASTA_PORTS_AT`, or the machine's own end of a pair. */
  readonly portsAt: string;
}

/**
 * The rules of the guard between an internet node and the machine: the gateway's address stands for the machine, and its opened ports are at `portsAt`.
 * On the guard's loopback pasta takes only callers from there. A machine that is joined by a pair may have several guards, whose nodes have the
 * same addresses: there what leaves has the guard's own.
 */
export function guardChains({ subnet, hostPorts, portsAt }: GuardSide): readonly RulesChain[] {
  const { gateway } = outsideAddresses(subnet);
  const rules = (to: string, action: ObservedRule['action']): ObservedRule[] =>
    hostPorts.map((port) => ({ match: { to, protocol: 'tcp', port }, action }));
  const arriving = chain(
    'arriving',
    { type: 'nat', hook: 'prerouting', priority: DSTNAT_PRIORITY },
    rules(gateway, { kind: 'dnat', to: portsAt }),
  );
  const translated =
    portsAt === PASTA_PORTS_AT
      ? chain(
          'arrived',
          { type: 'nat', hook: 'input', priority: SRCNAT_PRIORITY },
          rules(portsAt, { kind: 'snat', to: portsAt }),
        )
      : chain('leaving', { type: 'nat', hook: 'postrouting', priority: SRCNAT_PRIORITY }, [
          { match: { out: OUTSIDE_IFNAME }, action: { kind: 'masquerade' } },
        ]);
  return [arriving, translated].filter(({ rules }) => rules.length > 0);
}
