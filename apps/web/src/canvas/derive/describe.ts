import type { Link, Node, NodeKind, Probe } from '@vethlab/topology';
import { formatRtt } from '../../format/numbers';
import type { Liveness } from '../../lab';
import { describeRules } from './describe-rules';
import { isUsualOperstate } from './end-state-text';
import { stateWord } from './endpoint-state';
import type { ImpairmentLook } from './impairment-look';
import { describeInner } from './inner-interfaces';
import type { LinkState } from './link-state';
import type { NodeState } from './node-state';
import type { ProbeState } from './probe-state';

export const kindWord: Readonly<Record<NodeKind, string>> = {
  host: 'host',
  router: 'router',
  switch: 'switch',
  internet: 'internet',
};

/** Screen-reader name of a node: `host h1, 192.168.1.1/24, up, 1 link`. */
export function describeNode(name: string, node: Node, state: NodeState, liveness: Liveness): string {
  const parts = [`${kindWord[node.kind]} ${name}`];
  if (node.label !== undefined) parts.push(node.label);
  if (state.firstAddress !== null) parts.push(state.firstAddress);
  const rules = describeRules(node);
  if (rules !== null) parts.push(rules);
  const inner = describeInner(node);
  if (inner !== null) parts.push(inner);
  if (state.beyond !== null) parts.push(`with ${state.beyond}, which no lab can say`);
  parts.push(presenceText(state.presence, liveness));
  if (state.wayOut !== null && liveness === 'live') parts.push(wayOutText[state.wayOut]);
  parts.push(state.linkCount === 1 ? '1 link' : `${state.linkCount} links`);
  return parts.join(', ');
}

const wayOutText: Readonly<Record<NonNullable<NodeState['wayOut']>, string>> = {
  works: 'reaches the outside',
  closed: 'no way out',
  'left-out': 'no way out on this machine',
};

const presenceWord = { planned: 'not in the kernel yet', present: 'up', drift: 'differs from the document' } as const;

function presenceText(presence: NodeState['presence'], liveness: Liveness): string {
  if (liveness === 'idle') return 'not running';
  return liveness === 'unknown' ? `${presenceWord[presence]} when last seen` : presenceWord[presence];
}

/** Screen-reader name of a link: `link h1:eth0 – h2:eth0, up`. */
export function describeLink(
  link: Link,
  state: LinkState,
  liveness: Liveness,
  impairments: readonly (ImpairmentLook | null)[] = [],
): string {
  const [first, second] = state.ends;
  const base = `link ${link.endpoints[0]} – ${link.endpoints[1]}`;
  const word =
    first.appearance === second.appearance
      ? stateWord(first.appearance, liveness)
      : `${link.endpoints[0]} ${stateWord(first.appearance, liveness)}, ${link.endpoints[1]} ${stateWord(second.appearance, liveness)}`;
  const verdicts = state.ends.flatMap(({ endpoint, kernel, appearance }) =>
    kernel === null || isUsualOperstate(appearance, kernel.operstate) ? [] : [`, ${endpoint} ${kernel.operstate}`],
  );
  const differs = state.drift ? ', differs from the document' : '';
  const onTheWay = impairments.flatMap((look, end) =>
    look === null
      ? []
      : [`, from ${link.endpoints[end]} ${look.text}${look.leftOut ? ', left out on this machine' : ''}`],
  );
  const held = state.ends.flatMap((end) => (end.held === null ? [] : [`, ${end.endpoint} ${end.held}`]));
  return `${base}, ${word}${verdicts.join('')}${held.join('')}${differs}${onTheWay.join('')}`;
}

/** The word for each verdict on a probe. */
export const verdictWord: Readonly<Record<ProbeState['verdict'], string>> = {
  waiting: 'waiting',
  answering: 'answering',
  blocked: 'blocked as expected',
  failing: 'failing',
  idle: 'not running',
  unknown: 'not known',
};

/** Screen-reader name of a probe: `ping h1 to 192.168.1.2, answering, 0.042 ms`. */
export function describeProbe(probe: Probe, state: ProbeState): string {
  const vrf = probe.vrf === undefined ? '' : ` in VRF ${probe.vrf}`;
  const base = `ping ${probe.from} to ${probe.to}${vrf}, ${verdictWord[state.verdict]}`;
  if (state.verdict === 'idle' || state.verdict === 'unknown') return base;
  if (state.verdict === 'failing') return `${base}, ${state.reason ?? 'no reply'}`;
  if (state.verdict === 'blocked') return `${base}, ${state.reason ?? 'no reply'}`;
  const rtt = state.rttMs === null ? '' : `, ${formatRtt(state.rttMs)}`;
  return state.lossPercent === 0 ? `${base}${rtt}` : `${base}${rtt}, ${state.lossPercent} % loss`;
}
