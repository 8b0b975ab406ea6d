import { emptyObserved } from '@vethlab/observed';
import type { Rate } from '@vethlab/protocol';
import { applyEdit, type Edit, emptyTopology, type Topology } from '@vethlab/topology';
import { expect, it } from 'vitest';
import { middleParts } from '../labels/middle-text';
import { createEdgeDeriver, type EdgeSources } from './derive-edges';

const edits = [
  { type: 'add-node', kind: 'host', name: 'h1' },
  { type: 'add-node', kind: 'host', name: 'h2' },
  { type: 'add-node', kind: 'host', name: 'h3' },
  { type: 'connect', from: { node: 'h1' }, to: { node: 'h2' } },
  { type: 'connect', from: { node: 'h2' }, to: { node: 'h3' } },
] as readonly unknown[] as readonly Edit[];

const topology = edits.reduce((before: Topology, edit) => {
  const result = applyEdit(before, edit);
  if (!result.ok) throw new Error(result.diagnostics[0]?.detail);
  return result.topology;
}, emptyTopology('Test'));

const rate = (txBitsPerSecond: number): Rate => ({
  rxBitsPerSecond: 0,
  txBitsPerSecond,
});

const sources = (rates: EdgeSources['rates']): EdgeSources => ({
  topology,
  observed: emptyObserved,
  drifting: new Set(),
  rates,
  samples: {},
  arcs: new Map(),
  liveness: 'live',
  selectedLinks: new Set(),
  selectedProbes: new Set(),
});

it('a measure of the rates that reads the same draws no wire again, and one that differs only its own', () => {
  const derive = createEdgeDeriver();
  const quiet = { 'h1:eth0': rate(0), 'h2:eth0': rate(0), 'h2:eth1': rate(0), 'h3:eth0': rate(0) };
  const [first, second] = derive(sources(quiet));
  const again = derive(sources(structuredClone(quiet)));
  expect(again[0]).toBe(first);
  expect(again[1]).toBe(second);
  const busy = derive(sources({ ...structuredClone(quiet), 'h1:eth0': rate(120_040) }));
  expect(busy[0]).not.toBe(first);
  expect(busy[1]).toBe(second);
  const nearlySame = derive(sources({ ...structuredClone(quiet), 'h1:eth0': rate(120_070) }));
  expect(nearlySame[0]).toBe(busy[0]);
});

it('what is done to packets is on the wire and in its name, for each direction', () => {
  const impaired = [
    { type: 'set-impairment', node: 'h1', ifname: 'eth0', impairment: { delayMs: 20, jitterMs: 5, lossPercent: 10 } },
    { type: 'set-impairment', node: 'h2', ifname: 'eth0', impairment: { rateBitsPerSecond: 10_000_000 } },
  ] as readonly unknown[] as readonly Edit[];
  const edited = impaired.reduce((before: Topology, edit) => {
    const result = applyEdit(before, edit);
    if (!result.ok) throw new Error(result.diagnostics[0]?.detail);
    return result.topology;
  }, topology);
  const derive = createEdgeDeriver();
  const [wire] = derive({ ...sources({}), topology: edited });
  if (wire?.type !== 'link' || wire.data === undefined) throw new Error('no wire');
  expect(middleParts(wire.data)).toEqual(['→ 20 ms ± 5 · 10 %', '← ≤ 10 Mbit/s']);
  expect(wire.ariaLabel).toContain('from h1:eth0 20 ms ± 5 · 10 %, from h2:eth0 ≤ 10 Mbit/s');
  const [lacking] = derive({ ...sources({}), topology: edited, missing: new Set(['netem']) });
  if (lacking?.type !== 'link' || lacking.data === undefined) throw new Error('no wire');
  expect(middleParts(lacking.data)).toEqual(['→ ⊘ 20 ms ± 5 · 10 %', '← ≤ 10 Mbit/s']);
  expect(lacking.ariaLabel).toContain('10 %, left out on this machine');
});
