import { emptyObserved, type Observed } from '@vethlab/observed';
import { applyEdit, type Edit, emptyTopology, type Node, type Topology } from '@vethlab/topology';
import { describe, expect, it } from 'vitest';
import { describeInner, innerLines, lineText } from './inner-interfaces';

function router(...edits: readonly object[]): Node {
  const all = [{ type: 'add-node', kind: 'router', name: 'r1' }, ...edits] as readonly unknown[] as readonly Edit[];
  const topology = all.reduce((before: Topology, edit) => {
    const result = applyEdit(before, edit);
    if (!result.ok) throw new Error(result.diagnostics[0]?.detail);
    return result.topology;
  }, emptyTopology('Test'));
  const node = topology.nodes.r1;
  if (node === undefined) throw new Error('no r1');
  return node;
}

const add = (ifname: string, device?: object) => ({
  type: 'add-interface',
  node: 'r1',
  ifname,
  ...(device ? { device } : {}),
});
const texts = (node: Node, observed: Observed = emptyObserved) => innerLines('r1', node, observed).map(lineText);

describe('inside of a node', () => {
  it('is nothing while it has ends of links only', () => {
    const node = router(add('eth0'));
    expect(texts(node)).toEqual([]);
    expect(describeInner(node)).toBeNull();
  });

  it('devices are dots with their kind, as many to a line as there is room for', () => {
    const node = router(
      add('eth0'),
      add('eth0.10', { kind: 'vlan', parent: 'eth0', id: 10 }),
      add('vx0', { kind: 'vxlan', id: 42, port: 4789 }),
      add('dum0', { kind: 'dummy' }),
    );
    expect(texts(node)).toEqual(['o VLAN 10 o VXLAN 42', 'o dummy']);
    expect(describeInner(node)).toBe('eth0.10 VLAN 10 on eth0; vx0 VXLAN 42; dum0 dummy, leads nowhere');
  });

  it('a VRF is a region around its members, which are nowhere else', () => {
    const node = router(
      add('eth0'),
      add('eth1'),
      add('dum0', { kind: 'dummy' }),
      add('dum1', { kind: 'dummy' }),
      { type: 'set-vrf', node: 'r1', name: 'red', table: 100, interfaces: ['eth0', 'dum0'] },
      { type: 'set-vrf', node: 'r1', name: 'blue', table: 200 },
    );
    expect(texts(node)).toEqual(['red o eth0 o dummy', 'blue', 'o dummy']);
    expect(describeInner(node)).toMatch(/^VRF red of eth0 and dum0; VRF blue, empty; /);
  });

  it('many are counted, never drawn into the next node', () => {
    const many = Array.from({ length: 30 }, (_, index) => add(`dum${index}`, { kind: 'dummy' }));
    const lines = texts(router(...many));
    expect(lines).toHaveLength(4);
    expect(lines.at(-1)).toMatch(/\+\d+$/);
    const members = many.map(({ ifname }) => ifname);
    const vrf = { type: 'set-vrf', node: 'r1', name: 'red', interfaces: members };
    expect(texts(router(...many, vrf))).toEqual([expect.stringMatching(/^red( o dummy){2} \+28$/)]);
  });
});
