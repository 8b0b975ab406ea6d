import { formatRate, type Impairment } from '@vethlab/topology';
import type { Operation } from '../plan.js';
import { impairmentOf, qdiscOf } from '../shaping/qdisc.js';
import { netemWords } from '../shaping/words.js';
import { operand } from './operand.js';

/** What a netem that is changed in place keeps unless it is told (netem_change in net/sched/sch_netem.c). */
const cleared = { corruptPercent: 'corrupt 0%', rateBitsPerSecond: 'rate 0bit' } as const;

/** The line that means the same as the limit of a loop, tc-tbf(8). */
export function limitCommand({ bitsPerSecond, ...place }: Extract<Operation, { op: 'limit-rate' }>): string {
  const impairment = bitsPerSecond === null ? null : { rateBitsPerSecond: bitsPerSecond };
  return impairmentCommand({ ...place, op: 'set-impairment', impairment, before: null });
}

/** The line that means the same as an impairment, tc-netem(8) or tc-tbf(8). */
export function impairmentCommand(operation: Extract<Operation, { op: 'set-impairment' }>): string {
  const { namespace, ifname, impairment, before } = operation;
  const place = `tc -n ${operand(namespace)} qdisc`;
  if (impairment === null) return `${place} delete dev ${operand(ifname)} root`;
  return `${place} replace dev ${operand(ifname)} root ${qdiscWords(impairment, before)}`;
}

function qdiscWords(impairment: Impairment, before: Impairment | null): string {
  const qdisc = qdiscOf(impairment);
  if (qdisc.kind === 'tbf') {
    const { rateBitsPerSecond, burstBytes, limitBytes } = qdisc;
    return `tbf rate ${formatRate(rateBitsPerSecond)} burst ${burstBytes}b limit ${limitBytes}b`;
  }
  const words = ['netem', netemWords(impairmentOf(qdisc))];
  if (before !== null && qdiscOf(before).kind === 'netem')
    for (const field of ['corruptPercent', 'rateBitsPerSecond'] as const)
      if (before[field] !== undefined && impairment[field] === undefined) words.push(cleared[field]);
  return words.filter((word) => word !== '').join(' ');
}
