import type { FeatureName, KernelFeature } from '@vethlab/observed';
import { emptyTopology } from '@vethlab/topology';
import { afterEach, describe, expect, it } from 'vitest';
import { isEnabled } from '../app/actions';
import { canvasActions } from '../canvas/keys/canvas-actions';
import { labStore } from './lab-store';
import { lackOfWayOut } from './lack-of-way-out';

const before = labStore.getState();
afterEach(() => labStore.setState(before));

const lack = (name: FeatureName): KernelFeature => ({
  name,
  available: false,
  reason: `No ${name}.`,
  remedy: 'Do this.',
});

describe('a machine that can open no way out', () => {
  it('says why, whether it lacks the program or the rules', () => {
    expect(lackOfWayOut({ features: [] })).toBeNull();
    expect(lackOfWayOut({ features: [{ name: 'way-out', available: true, reason: null, remedy: null }] })).toBeNull();
    expect(lackOfWayOut({ features: [lack('vrf'), lack('way-out')] })).toBe('No way-out. Do this.');
    expect(lackOfWayOut({ features: [lack('nft')] })).toBe('No nft. Do this.');
  });

  it('offers no internet node by key or command, and every other kind as ever', () => {
    const enabled = () =>
      ['add.internet', 'add.host'].map((id) => canvasActions.filter((one) => one.id === id).map(isEnabled));
    labStore.setState({ topology: emptyTopology('Lab') });
    expect(enabled()).toEqual([[true], [true]]);
    labStore.setState({ features: [lack('way-out')] });
    expect(enabled()).toEqual([[false], [true]]);
  });
});
