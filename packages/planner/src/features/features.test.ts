import type { FeatureName, KernelFeature } from '@vethlab/observed';
import type { Impairment, Topology } from '@vethlab/topology';
import { describe, expect, it } from 'vitest';
import { missingDiagnostics } from './missing-diagnostics.js';
import { asksForFeatures, withoutMissing } from './without-missing.js';

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
    expect(withoutMissing(topology, new Set(['netem', 'vrf']))).toBe(topology);
    expect(withoutMissing(lab(), new Set(['netem', 'tbf']))).toEqual(lab());
  });

  it('loses what needs it and keeps the rest', () => {
    const topology = lab({ delayMs: 20, jitterMs: 5, lossPercent: 10, rateBitsPerSecond: 10_000_000 });
    const possible = withoutMissing(topology, new Set(['netem']));
    expect(possible).toEqual(lab({ rateBitsPerSecond: 10_000_000 }));
    expect(possible.nodes.h2).toBe(topology.nodes.h2);
    expect(withoutMissing(lab({ delayMs: 20 }), new Set(['netem']))).toEqual(lab());
    expect(withoutMissing(lab({ rateBitsPerSecond: 5, limitPackets: 7 }), new Set(['netem', 'tbf']))).toEqual(lab());
    expect(withoutMissing(lab({ delayMs: 5, limitPackets: 7 }), new Set(['netem']))).toEqual(lab());
  });

  it('gives the same nodes every time, so that what was worked out for them is still right', () => {
    const topology = lab({ delayMs: 20 });
    const missing = new Set<FeatureName>(['netem']);
    expect(withoutMissing(topology, missing).nodes.h1).toBe(withoutMissing(topology, missing).nodes.h1);
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
