import { parseLabFile } from '@vethlab/topology';
import { expect, it } from 'vitest';
import { guardChains } from './guard-chains.js';

const { topology } = parseLabFile('vethlab: 1\nname: Lab\nnodes:\n  inet: { kind: internet, subnet: 198.18.7.0/24 }\n');
const subnet = topology?.nodes.inet?.subnet;
if (subnet === undefined) throw new Error('The lab has a subnet.');

it('each open port leads from the gateway to the loopback, and strangers look local there', () => {
  const lines = guardChains({ subnet, hostPorts: [8080, 3000] }).flatMap(({ base, rules }) =>
    rules.map(({ match, action }) => `${base.hook} ${match.to} ${match.port} ${action.kind}`),
  );
  expect(lines).toEqual([
    'prerouting 198.18.7.1 8080 dnat',
    'prerouting 198.18.7.1 3000 dnat',
    'input 127.0.0.1 8080 snat',
    'input 127.0.0.1 3000 snat',
  ]);
  expect(guardChains({ subnet, hostPorts: [] })).toEqual([]);
});
