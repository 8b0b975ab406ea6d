import { applyEdit } from '@vethlab/topology';
import { describe, expect, it } from 'vitest';
import { edit, onTestHost, pair } from '../testing/host-case.js';
import { topologyOf } from '../testing/sandboxed-lab.js';

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

  it('holds nothing else up: what is taken over or forgotten meanwhile is so at once, and the kernel keeps it', async () => {
    on.host.sh('ip netns add ns3');
    const lab = await on.openLab('pair', pair);
    const held = await lab.edit(edit({ type: 'add-node', kind: 'host', name: 'ns3' }));
    expect(held.conflicts).toHaveLength(1);
    const forgotten = applyEdit(lab.topology, edit({ type: 'remove-nodes', nodes: ['ns2'] }));
    if (!forgotten.ok) throw new Error(JSON.stringify(forgotten.diagnostics));
    lab.topology = forgotten.topology;
    lab.agent.send({ type: 'take-over', diff: forgotten.diff, revision: 90 });
    await lab.until(() => lab.report.revision === 90, 'it is forgotten');
    expect(lab.report).toMatchObject({ operations: 0, conflicts: [{ code: 'host.namespace-taken' }] });
    on.host.sh('ip netns del ns3');
    const { report } = await lab.agent.request({ type: 'repair', items: [] });
    expect(report).toMatchObject({ failures: [], differences: [] });
    expect(on.host.names()).toEqual(['foreign', 'ns1', 'ns2', 'ns3']);
    expect(on.host.sh('ip -n ns2 -br link show eth0')).toContain('eth0@');
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
    expect(report.conflicts?.[0]?.detail).toContain('vethlab adopt pair ns1:eth1');
    expect(on.host.sh('ip -n ns1 -d link show eth1')).toContain('bridge');
    on.host.sh('ip -n ns1 link del eth1');
    const { report: made } = await lab.agent.request({ type: 'repair', items: [] });
    expect(made).toMatchObject({ failures: [], differences: [] });
    expect(on.host.sh('ip -n ns1 -d link show eth1')).toContain('veth');
  });

  it('of an interface makes way in one step, when somebody says so, and only in a namespace of the lab', async () => {
    const lab = await on.openLab('pair', pair);
    on.host.sh('ip -n ns1 link add eth1 type bridge');
    const ends = { from: { node: 'ns1', ifname: 'eth1' }, to: { node: 'ns2', ifname: 'eth1' } };
    expect((await lab.edit(edit({ type: 'connect', ...ends }))).conflicts).toHaveLength(1);
    const refused = [
      ['foreign:fveth1', 'foreign is no namespace of the lab pair'],
      ['ns1:eth7', 'There is no interface eth7 in ns1'],
      ['ns1:lo', 'lo is the loopback of ns1'],
      ['ns1:eth0', "the lab's already"],
    ] as const;
    for (const [name, why] of refused) expect(on.host.vethlab('adopt', 'pair', 'ns1:eth1', name).stderr).toContain(why);
    expect(on.host.sh('ip -n ns1 -d link show eth1')).toContain('bridge');
    expect(on.host.vethlab('adopt', 'pair', 'ns1:eth1')).toMatchObject({ status: 0, stderr: '' });
    const { report } = await lab.agent.request({ type: 'repair', items: [] });
    expect(report).toMatchObject({ failures: [], differences: [] });
    expect(on.host.sh('ip -n ns1 -d link show eth1')).toMatch(/veth[\s\S]*alias vethlab:pair/);
  });

  it('of a lab of the same id in another data folder is another lab’s', async () => {
    const [one, other] = ['pair@11111111', 'pair@22222222'];
    await on.openLab(one, pair);
    const inodes = ['ns1', 'ns2'].map((name) => on.host.inode(name));
    const second = await on.openLab(other, pair);
    expect(second.report.conflicts).toHaveLength(2);
    expect(second.report.conflicts?.[0]?.detail).toBe(
      `ns1 belongs to the lab pair of another data folder. Rename the node, or take the other lab down: vethlab down ${one}.`,
    );
    expect(on.host.sh('ip -n ns1 link show lo')).toContain(`alias vethlab:${one}`);
    expect(on.host.vethlab('down', other)).toMatchObject({ status: 0, stdout: `${other}: nothing was left\n` });
    expect(['ns1', 'ns2'].map((name) => on.host.inode(name))).toEqual(inodes);
    expect(on.host.isAlive(on.host.agentPid(one) ?? 0)).toBe(true);
    // By its id alone it is meant as long as there is one of that id.
    await on.openLab(other, topologyOf('vethlab: 1\nname: Other\nnodes: { ns9: { kind: host } }\nlinks: []\n'));
    expect(on.host.vethlab('down', 'pair')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(`${one} and ${other}`),
    });
    expect(on.host.names()).toEqual(['foreign', 'ns1', 'ns2', 'ns9']);
    expect(on.host.vethlab('down', other).status).toBe(0);
    expect(on.host.vethlab('down', 'pair')).toMatchObject({ status: 0, stdout: `${one}: 2 namespaces removed\n` });
  });

  it('adopted for a lab that runs nowhere yet goes to the first of that id, and to no other', async () => {
    on.host.sh('ip netns add ns2');
    expect(on.host.vethlab('adopt', 'pair', 'ns2').status).toBe(0);
    const first = await on.openLab('pair@11111111', pair);
    expect(first.report).toMatchObject({ failures: [], differences: [] });
    const second = await on.openLab('pair@22222222', pair);
    expect(second.report.conflicts?.map(({ code }) => code)).toEqual([
      'host.namespace-of-lab',
      'host.namespace-of-lab',
    ]);
    expect(on.host.sh('ip -n ns2 link show lo')).toContain('alias vethlab:pair@11111111');
  });
});
