import { DEFAULT_OUTSIDE_SUBNET, parseLabFile } from '@vethlab/topology';
import { expect, it } from 'vitest';
import { type GuardSide, guardChains, PASTA_PORTS_AT } from './guard-chains.js';

const { topology } = parseLabFile('vethlab: 1\nname: Lab\nnodes:\n  inet: { kind: internet, subnet: 198.18.7.0/24 }\n');
const subnet = topology?.nodes.inet?.subnet ?? DEFAULT_OUTSIDE_SUBNET;

function linesOf(side: Omit<GuardSide, 'subnet'>): string[] {
  return guardChains({ subnet, ...side }).flatMap(({ base, rules }) =>
    rules.map(({ match, action }) =>
      [base.hook, match.out ?? `${match.to} ${match.port}`, action.kind, 'to' in action ? action.to : '']
        .join(' ')
        .trim(),
    ),
  );
}

it('by pasta, each open port leads from the gateway to the loopback, and strangers look local there', () => {
  expect(linesOf({ hostPorts: [8080, 3000], portsAt: PASTA_PORTS_AT })).toEqual([
    'prerouting 198.18.7.1 8080 dnat 127.0.0.1',
    'prerouting 198.18.7.1 3000 dnat 127.0.0.1',
    'input 127.0.0.1 8080 snat 127.0.0.1',
    'input 127.0.0.1 3000 snat 127.0.0.1',
  ]);
  expect(linesOf({ hostPorts: [], portsAt: PASTA_PORTS_AT })).toEqual([]);
});

it('by a pair, each open port leads to the machine’s end, and whatever leaves has the address of the guard', () => {
  const portsAt = '198.19.255.253';
  expect(linesOf({ hostPorts: [8080], portsAt })).toEqual([
    'prerouting 198.18.7.1 8080 dnat 198.19.255.253',
    'postrouting outside masquerade',
  ]);
  expect(linesOf({ hostPorts: [], portsAt })).toEqual(['postrouting outside masquerade']);
});
