import { parseLabFile, type Topology } from '@vethlab/topology';
import { expect, it } from 'vitest';
import { outsideAllowed } from './outside-allowed.js';
import type { OutsideOrder } from './outside-message.js';

const { topology } = parseLabFile(`vethlab: 1
name: Lab
nodes:
  h1: { kind: host, publish: [{ port: 80, at: 8080 }] }
  inet: { kind: internet, hostPorts: [3000] }
`);

const start = { type: 'way-out-start', key: '1', namespace: 'inet', subnet: '198.18.0.0/24', hostPorts: [3000] };
const publish = (at: number) => ({ type: 'publish', ports: [{ namespace: 'h1', port: 80, at }] });

it.each([
  ['the way out of the document', true, start],
  ['the same with fewer ports', true, { ...start, hostPorts: [] }],
  ['another port of the machine', false, { ...start, hostPorts: [3000, 22] }],
  ['another subnet', false, { ...start, subnet: '10.0.0.0/24' }],
  ['a way out of a host', false, { ...start, namespace: 'h1', hostPorts: [] }],
  ['a way out of nobody', false, { ...start, namespace: 'x' }],
  ['an end', true, { type: 'way-out-end', key: '1' }],
  ['the published port', true, publish(8080)],
  ['another port to publish at', false, publish(80)],
])('%s: %s', (_what, allowed, order) => {
  expect(outsideAllowed(topology as Topology, order as unknown as OutsideOrder)).toBe(allowed);
});
