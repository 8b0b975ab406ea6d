import type { FeatureName, KernelFeature } from '@vethlab/observed';
import type { Impairment, Topology } from '@vethlab/topology';
import { describe, expect, it } from 'vitest';
import { missingDiagnostics } from './missing-diagnostics.js';
import { asksForFeatures, possibleNode } from './without-missing.js';

/** The document with its nodes as far as a kernel can do them. */
function possible(topology: Topology, missing: readonly FeatureName[]): Topology {
  const nodes = Object.entries(topology.nodes).map(([name, node]) => [name, possibleNode(node, new Set(missing))]);
  return { ...topology, nodes: Object.fromEntries(nodes) };
}

function lab(impairment?: Impairment): Topology {
  const plain = { addresses: [], up: true };
  const eth0 = impairment === undefined ? plain : { ...plain, impairment };
  return {
    vethlab: 1,
    name: 'Two hosts',
    nodes: {
      h1: { kind: 'host', interfaces: { eth0 }, routes: [] },
      h2: { kind: 'host', interfaces: { eth0: plain }, routes: [] },
    },
    links: [],
    probes: [],
    canvas: { nodes: {} },
  } as unknown as Topology;
}

const lack = (name: FeatureName): KernelFeature => ({
  name,
  available: false,
  reason: `This kernel has no ${name}.`,
  remedy: 'Another has.',
});
const has = (name: FeatureName): KernelFeature => ({ name, available: true, reason: null, remedy: null });

describe('a document on a kernel that lacks something', () => {
  it('stays the same object when nothing in it needs what is missing', () => {
    const topology = lab({ rateBitsPerSecond: 10_000_000 });
    expect(possible(topology, ['netem', 'vrf']).nodes.h1).toBe(topology.nodes.h1);
    expect(possible(lab(), ['netem', 'tbf'])).toEqual(lab());
  });

  it('loses what needs it and keeps the rest', () => {
    const topology = lab({ delayMs: 20, jitterMs: 5, lossPercent: 10, rateBitsPerSecond: 10_000_000 });
    const left = possible(topology, ['netem']);
    expect(left).toEqual(lab({ rateBitsPerSecond: 10_000_000 }));
    expect(left.nodes.h2).toBe(topology.nodes.h2);
    expect(possible(lab({ delayMs: 20 }), ['netem'])).toEqual(lab());
    expect(possible(lab({ rateBitsPerSecond: 5, limitPackets: 7 }), ['netem', 'tbf'])).toEqual(lab());
    expect(possible(lab({ delayMs: 5, limitPackets: 7 }), ['netem'])).toEqual(lab());
  });

  it('gives the same nodes every time, so that what was worked out for them is still right', () => {
    const topology = lab({ delayMs: 20 });
    expect(possible(topology, ['netem']).nodes.h1).toBe(possible(topology, ['netem']).nodes.h1);
  });

  it('has a router where a machine can open no way out, whichever part of it is missing', () => {
    const eth0 = { addresses: [], up: true };
    const inet = { kind: 'internet', subnet: '198.18.7.0/24', hostPorts: [8080], interfaces: { eth0 }, routes: [] };
    const topology = { ...lab(), nodes: { inet } } as unknown as Topology;
    const router = { kind: 'router', interfaces: { eth0 }, routes: [] };
    for (const missing of [['way-out'], ['nft'], ['way-out', 'nft']] as const)
      expect(possible(topology, missing).nodes.inet).toEqual(router);
    expect(possible(topology, ['vrf']).nodes.inet).toBe(topology.nodes.inet);
    expect(missingDiagnostics(topology, [lack('way-out'), has('nft')])).toMatchObject([
      {
        detail: 'The way out in inet is left out. This kernel has no way-out. Another has.',
        path: ['nodes', 'inet', 'kind'],
      },
    ]);
    expect(asksForFeatures(topology)).toBe(true);
  });

  it('is told at each object what is left out, why, and what would bring it', () => {
    const topology = lab({ delayMs: 20, rateBitsPerSecond: 10_000_000 });
    expect(missingDiagnostics(topology, [lack('netem'), has('tbf')])).toEqual([
      {
        code: 'feature.missing',
        severity: 'warning',
        summary: 'This machine cannot do this.',
        detail: 'The delay of eth0 in h1 is left out. This kernel has no netem. Another has.',
        path: ['nodes', 'h1', 'interfaces', 'eth0', 'impairment', 'delay'],
      },
    ]);
    expect(missingDiagnostics(topology, [has('netem'), has('tbf'), lack('vrf')])).toEqual([]);
  });

  it('asks the kernel only when something in it depends on the answer', () => {
    expect(asksForFeatures(lab())).toBe(false);
    expect(asksForFeatures(lab({ delayMs: 20 }))).toBe(true);
  });
});
