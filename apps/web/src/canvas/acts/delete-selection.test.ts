import type { LinkKey, NodeName, ProbeKey } from '@vethlab/topology';
import { describe, expect, it } from 'vitest';
import { deletionOf } from './delete-selection';

const node = (name: string) => name as NodeName;
const link = 'h1:eth0--h2:eth0' as LinkKey;
const probe = 'h1>10.0.0.2' as ProbeKey;
const links = [{ endpoints: ['h1:eth0', 'h2:eth0'] as const }];

describe('deleting what is selected', () => {
  it('is nothing when nothing is selected', () => {
    expect(deletionOf({ nodes: [], links: [], probes: [] }, links)).toBeNull();
  });
  it('takes the interfaces of a link along', () => {
    expect(deletionOf({ nodes: [], links: [link], probes: [] }, links)).toEqual({
      type: 'disconnect',
      link,
      removeInterfaces: true,
    });
  });
  it('names links and pings of a deleted node not twice', () => {
    expect(deletionOf({ nodes: [node('h1')], links: [link], probes: [probe] }, links)).toEqual({
      type: 'remove-nodes',
      nodes: ['h1'],
    });
  });
  it('is one edit, and so one undo, for several things', () => {
    const edit = deletionOf({ nodes: [node('h3')], links: [link], probes: [probe] }, links);
    expect(edit?.type === 'batch' && edit.edits.map((one) => one.type)).toEqual([
      'disconnect',
      'remove-probe',
      'remove-nodes',
    ]);
  });
});
