import { applyEdit, type Edit, emptyTopology, type Topology } from '@vethlab/topology';
import { expect, it } from 'vitest';
import { arcLabels } from './arc-sides';

const edits = [
  { type: 'add-node', kind: 'host', name: 'h1' },
  { type: 'add-node', kind: 'host', name: 'h2' },
  { type: 'connect', from: { node: 'h1' }, to: { node: 'h2' } },
  { type: 'set-addresses', node: 'h1', ifname: 'eth0', addresses: ['10.0.0.1/24', '10.0.1.1/24'] },
  { type: 'set-addresses', node: 'h2', ifname: 'eth0', addresses: ['10.0.0.2/24', '10.0.1.2/24'] },
  { type: 'add-probe', from: 'h1', to: '10.0.0.2' },
  { type: 'add-probe', from: 'h1', to: '10.0.1.2' },
  { type: 'add-probe', from: 'h2', to: '10.0.0.1' },
] as readonly unknown[] as readonly Edit[];

const topology = edits.reduce((before: Topology, edit) => {
  const result = applyEdit(before, edit);
  if (!result.ok) throw new Error(`${JSON.stringify(edit)}: ${result.diagnostics[0]?.detail}`);
  return result.topology;
}, emptyTopology('Test'));

it('the tops of arcs that lie above each other are each higher than the one below', () => {
  const tops = arcLabels(
    topology,
    new Map([
      ['h1', { x: 0, y: 0 }],
      ['h2', { x: 300, y: 0 }],
    ]),
  );
  const above = tops.filter(({ y }) => y < 0).map(({ y }) => -y);
  expect(tops).toHaveLength(3);
  // The one that comes back bows to its own left, which is the other side.
  expect(above).toHaveLength(2);
  expect((above[1] ?? 0) - (above[0] ?? 0)).toBeGreaterThan(18);
});
