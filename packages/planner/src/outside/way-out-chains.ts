import type { ObservedRule } from '@vethlab/observed';
import { outsideAddresses, UPLINK } from '@vethlab/topology';
import type { RulesChain, WayOutWish } from '../plan.js';
import { DSTNAT_PRIORITY, FILTER_PRIORITY, SRCNAT_PRIORITY } from '../rules/chains-of.js';

const local = '127.0.0.1';
/** Whoever is local already is not translated. */
const asTheyAre: ObservedRule['match'] = { from: '127.0.0.0/8' };

/**
 * The table `WAY_OUT_TABLE` as nfnetlink takes it. It does what `wayOutRules` says in nft's words, with a rule for each port: an `ObservedRule` has no
 * sets and no "not". Whoever comes through the node leaves with its address; the gateway's address stands for the machine, and only its opened
 * ports are there.
 */
export function wayOutChains({ subnet, hostPorts }: Pick<WayOutWish, 'subnet' | 'hostPorts'>): readonly RulesChain[] {
  const { gateway } = outsideAddresses(subnet);
  const opened = hostPorts.map(
    (port): ObservedRule => ({
      match: { to: gateway, protocol: 'tcp', port },
      action: { kind: 'dnat', to: local },
    }),
  );
  // pasta takes only callers from the loopback to the machine's.
  const asLocal = (out: Pick<ObservedRule['match'], 'out'>): ObservedRule[] => [
    ...(hostPorts.length === 0 ? [] : [{ match: { ...out, ...asTheyAre }, action: { kind: 'accept' } } as const]),
    ...hostPorts.map(
      (port): ObservedRule => ({
        match: { ...out, to: local, protocol: 'tcp', port },
        action: { kind: 'snat', to: local },
      }),
    ),
  ];
  return [
    // pasta sends a segment without any flag at times when it is busy. Nobody's connection in the eyes of conntrack, it would come to the node itself,
    // whose answer (a reset) ends the connection of the host behind it.
    chain('strays', 'filter', 'prerouting', FILTER_PRIORITY, [
      { match: { in: UPLINK, state: ['invalid'] }, action: { kind: 'drop' } },
    ]),
    chain('leaving', 'nat', 'postrouting', SRCNAT_PRIORITY, [
      { match: { out: UPLINK }, action: { kind: 'masquerade' } },
      ...asLocal({ out: 'lo' }),
    ]),
    chain('arriving', 'nat', 'prerouting', DSTNAT_PRIORITY, opened),
    chain('own', 'nat', 'output', DSTNAT_PRIORITY, opened),
    chain('arrived', 'nat', 'input', SRCNAT_PRIORITY, asLocal({})),
    // A reject needs a hook where the packet is not on its way out yet.
    ...(['forward', 'output'] as const).map((hook) =>
      chain(`closed-${hook}`, 'filter', hook, FILTER_PRIORITY, [
        { match: { to: gateway }, action: { kind: 'reject' } },
      ]),
    ),
  ];
}

type Base = RulesChain['base'];

function chain(
  name: string,
  type: Base['type'],
  hook: Base['hook'],
  priority: number,
  rules: readonly ObservedRule[],
): RulesChain {
  const names = rules.map((_, index) => `rule ${index + 1} of ${name}, of the way out`);
  return { name, base: { type, hook, priority, policy: 'accept' }, rules, names };
}
