import { parseLabFile } from '@vethlab/topology';
import { expect, it } from 'vitest';
import { wayOutChains } from './way-out-chains.js';

const { topology } = parseLabFile('vethlab: 1\nname: Lab\nnodes:\n  inet: { kind: internet, subnet: 198.18.7.0/24 }\n');
const subnet = topology?.nodes.inet?.subnet;
if (subnet === undefined) throw new Error('The lab has a subnet.');

/** `chain: match → action`, a line for each rule. */
function linesOf(hostPorts: readonly number[]): string[] {
  if (subnet === undefined) throw new Error('The lab has a subnet.');
  return wayOutChains({ subnet, hostPorts }).flatMap(({ name, base, rules }) =>
    rules.map(({ match, action }) => {
      const words = Object.entries(match).map(([key, value]) => `${key} ${value}`);
      const to = 'to' in action ? ` to ${action.to}` : '';
      return `${base.type} ${base.hook} ${name}: ${words.join(' ')}, ${action.kind}${to}`;
    }),
  );
}

it('the rules of a way out close the gateway, and translate what leaves', () => {
  expect(linesOf([])).toEqual([
    'filter prerouting strays: in uplink state invalid, drop',
    'nat postrouting leaving: out uplink, masquerade',
    'filter forward closed-forward: to 198.18.7.1, reject',
    'filter output closed-output: to 198.18.7.1, reject',
  ]);
});

it('open ports lead from the gateway to the loopback, each by rules of its own, and strangers look local there', () => {
  const all = linesOf([8080, 3000]);
  for (const port of [8080, 3000]) {
    expect(all.filter((line) => line.includes(`port ${port}`))).toEqual([
      `nat postrouting leaving: out lo to 127.0.0.1 protocol tcp port ${port}, snat to 127.0.0.1`,
      `nat prerouting arriving: to 198.18.7.1 protocol tcp port ${port}, dnat to 127.0.0.1`,
      `nat output own: to 198.18.7.1 protocol tcp port ${port}, dnat to 127.0.0.1`,
      `nat input arrived: to 127.0.0.1 protocol tcp port ${port}, snat to 127.0.0.1`,
    ]);
  }
  expect(all.filter((line) => line.includes('from'))).toEqual([
    'nat postrouting leaving: out lo from 127.0.0.0/8, accept',
    'nat input arrived: from 127.0.0.0/8, accept',
  ]);
});
