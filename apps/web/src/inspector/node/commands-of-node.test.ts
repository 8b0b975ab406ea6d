import { applyEdit, emptyTopology, type NodeName } from '@vethlab/topology';
import { describe, expect, it } from 'vitest';
import { commandsOfNode } from './commands-of-node';

const name = (text: string) => text as NodeName;

describe('the commands of one node', () => {
  it('make it, its links and the namespaces these lead to, and nothing beyond', () => {
    const result = applyEdit(emptyTopology('Lab'), {
      type: 'batch',
      edits: [
        { type: 'add-node', kind: 'host' },
        { type: 'add-node', kind: 'host' },
        { type: 'add-node', kind: 'host' },
        { type: 'connect', from: { node: name('h1') }, to: { node: name('h2') } },
        { type: 'connect', from: { node: name('h2') }, to: { node: name('h3') } },
      ],
    });
    if (!result.ok) throw new Error('refused');
    const lines = commandsOfNode(result.topology, name('h1'));
    expect(lines[0]).toBe('ip netns add h1');
    expect(lines).toContain('ip netns add h2');
    expect(lines.filter((line) => line.includes('type veth'))).toHaveLength(1);
    expect(lines.some((line) => line.includes('h3'))).toBe(false);
  });
});
