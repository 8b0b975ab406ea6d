import { describe, expect, it } from 'vitest';
import { edit, onTestHost, pair } from '../testing/host-case.js';

const on = onTestHost();

describe('a name that is somebody else’s', () => {
  it('is told before anything is run, with two remedies, and nothing is touched', async () => {
    on.host.sh('ip netns add ns2; ip -n ns2 link set lo up; ip -n ns2 address add 10.55.0.1/32 dev lo');
    const inode = on.host.inode('ns2');
    const lab = await on.openLab('pair', pair);
    expect(lab.report).toMatchObject({ steps: 0, operations: 0, conflicts: [{ code: 'host.namespace-taken' }] });
    expect(lab.report.conflicts?.[0]).toMatchObject({ path: ['nodes', 'ns2'], severity: 'error' });
    expect(lab.report.conflicts?.[0]?.detail).toMatch(/Rename the node.*vethlab adopt pair ns2/);
    expect(on.host.names()).toEqual(['foreign', 'ns2']);
    expect(on.host.inode('ns2')).toBe(inode);
    expect(on.host.sh('ip -n ns2 address')).toContain('10.55.0.1/32');
    on.host.sh('ip netns del ns2');
  });

  it('holds back the edit that wants it, and the rename that makes way brings both about', async () => {
    on.host.sh('ip netns add ns3');
    const lab = await on.openLab('pair', pair);
    const held = await lab.edit(edit({ type: 'add-node', kind: 'host', name: 'ns3' }));
    expect(held).toMatchObject({ operations: 0, conflicts: [{ code: 'host.namespace-taken' }] });
    const inode = on.host.inode('ns3');
    await expect(lab.agent.request({ type: 'plan', diff: null })).rejects.toThrow(/ns3 exists on this machine/);
    const made = await lab.edit(edit({ type: 'rename-node', node: 'ns3', to: 'ns4' }));
    expect(made).toMatchObject({ failures: [], differences: [] });
    expect(on.host.names()).toEqual(['foreign', 'ns1', 'ns2', 'ns3', 'ns4']);
    expect(on.host.inode('ns3')).toBe(inode);
    on.host.sh('ip netns del ns3');
  });

  it('can be adopted, keeps its inode, and then goes with the lab', async () => {
    on.host.sh('ip netns add ns2');
    const inode = on.host.inode('ns2');
    const lab = await on.openLab('pair', pair);
    expect(lab.report.conflicts).toHaveLength(1);
    await lab.agent.leave?.();
    expect(on.host.vethlab('adopt', 'pair', 'ns2', 'nobody')).toMatchObject({ status: 1 });
    expect(on.host.vethlab('adopt', 'pair', 'ns2')).toMatchObject({ status: 0, stderr: '' });
    const again = await on.openLab('pair', pair);
    expect(again.report).toMatchObject({ failures: [], differences: [] });
    expect(on.host.inode('ns2')).toBe(inode);
    expect(on.host.vethlab('adopt', 'other', 'ns2').stderr).toContain('belongs to the lab pair');
  });

  it('can be adopted for an edit that waits for it', async () => {
    on.host.sh('ip netns add ns3; ip -n ns3 address add 10.55.0.1/32 dev lo');
    const lab = await on.openLab('pair', pair);
    const held = await lab.edit(edit({ type: 'add-node', kind: 'host', name: 'ns3' }));
    expect(held.conflicts).toHaveLength(1);
    const inode = on.host.inode('ns3');
    expect(on.host.vethlab('adopt', 'pair', 'ns3').status).toBe(0);
    const { report } = await lab.agent.request({ type: 'repair', items: [] });
    expect(report).toMatchObject({ failures: [], differences: [] });
    await lab.until(() => Object.keys(lab.observed.namespaces).includes('ns3'), 'the adopted one is seen');
    expect(on.host.inode('ns3')).toBe(inode);
  });

  it('of another lab is refused by name', async () => {
    await on.openLab('first', pair);
    const second = await on.openLab('second', pair);
    expect(second.report.conflicts?.map(({ code }) => code)).toEqual([
      'host.namespace-of-lab',
      'host.namespace-of-lab',
    ]);
    expect(second.report.conflicts?.[0]?.detail).toContain('ns1 belongs to the lab first');
  });

  it('of an interface in a namespace of ours is told and left alone', async () => {
    const lab = await on.openLab('pair', pair);
    on.host.sh('ip -n ns1 link add eth1 type bridge');
    const ends = { from: { node: 'ns1', ifname: 'eth1' }, to: { node: 'ns2', ifname: 'eth1' } };
    const report = await lab.edit(edit({ type: 'connect', ...ends }));
    expect(report).toMatchObject({ operations: 0, conflicts: [{ code: 'host.interface-taken' }] });
    expect(on.host.sh('ip -n ns1 -d link show eth1')).toContain('bridge');
    on.host.sh('ip -n ns1 link del eth1');
    const { report: made } = await lab.agent.request({ type: 'repair', items: [] });
    expect(made).toMatchObject({ failures: [], differences: [] });
    expect(on.host.sh('ip -n ns1 -d link show eth1')).toContain('veth');
  });
});
