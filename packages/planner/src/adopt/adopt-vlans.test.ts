import type { ObservedInterface } from '@vethlab/observed';
import { describe, expect, it } from 'vitest';
import { driftOf } from '../drift.js';
import { all, kernel, namespace, pair } from '../testing/typed-kernel.js';

describe('what was typed on a switch', () => {
  const port = (vlans?: readonly (readonly [number, string?])[]): Partial<ObservedInterface> => ({
    ...pair('h1', 'eth0'),
    master: 'br0',
    ...(vlans === undefined
      ? {}
      : { vlans: vlans.map(([id, flag]) => ({ id, pvid: flag === 'pvid', untagged: flag !== undefined })) }),
  });
  const kernelWith = (br0: Partial<ObservedInterface>, p1: Partial<ObservedInterface>) =>
    kernel(namespace('sw1', { br0: { type: 'bridge', ...br0 }, p1 }), namespace('h1', { eth0: pair('sw1', 'p1') }));

  it('spanning tree becomes part of the document, and goes with it', () => {
    const observed = kernelWith({ stp: true }, port());
    const { topology, leftOut } = all(observed);
    expect(topology.nodes.sw1).toMatchObject({ kind: 'switch', stp: true });
    expect(leftOut).toEqual([]);
    expect(driftOf({ topology, observed })).toEqual([]);
    expect(all(kernelWith({}, port()), topology).topology.nodes.sw1).not.toHaveProperty('stp');
  });

  it.each([
    [[[10, 'pvid']], { access: 10 }],
    [[[10], [20]], { trunk: [10, 20] }],
    [[[1, 'pvid'], [10]], { trunk: [10], native: 1 }],
    [[], { trunk: [] }],
  ] as const)('the VLANs %j of a port are %j', (vlans, vlan) => {
    const observed = kernelWith({ vlanFiltering: true }, port(vlans));
    const { topology, leftOut } = all(observed);
    expect(topology.nodes.sw1?.interfaces.p1?.vlan).toEqual(vlan);
    expect(leftOut).toEqual([]);
    expect(driftOf({ topology, observed })).toEqual([]);
  });

  it('VLANs that are neither access nor trunk are told, and left as they are', () => {
    const observed = kernelWith(
      { vlanFiltering: true },
      port([
        [1, 'pvid'],
        [10, 'untagged'],
      ]),
    );
    const { leftOut } = all(observed);
    expect(leftOut).toMatchObject([
      { what: 'the VLANs 1 pvid untagged, 10 untagged of p1' },
      { what: 'keeping VLANs apart' },
    ]);
  });
});
