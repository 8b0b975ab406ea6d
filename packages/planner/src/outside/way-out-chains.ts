import { UPLINK } from '@vethlab/topology';
import type { RulesChain } from '../plan.js';
import { FILTER_PRIORITY, SRCNAT_PRIORITY } from '../rules/chains-of.js';
import { chain } from './chain.js';

/**
 * The table `WAY_OUT_TABLE` of an internet node, as nfnetlink takes it: whoever comes through the node leaves with its address. What is closed, and
 * which ports of the machine are open, is settled behind its uplink, where nobody of the lab can change it.
 */
export const wayOutChains: readonly RulesChain[] = [
  // pasta sends a segment without any flag at times when it is busy. Nobody's connection in the eyes of conntrack, it would come to the node itself,
  // whose answer (a reset) ends the connection of the host behind it.
  chain('strays', { type: 'filter', hook: 'prerouting', priority: FILTER_PRIORITY }, [
    { match: { in: UPLINK, state: ['invalid'] }, action: { kind: 'drop' } },
  ]),
  chain('leaving', { type: 'nat', hook: 'postrouting', priority: SRCNAT_PRIORITY }, [
    { match: { out: UPLINK }, action: { kind: 'masquerade' } },
  ]),
];
