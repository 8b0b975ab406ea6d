import { adoptionOf, ghostsOf } from '@vethlab/planner';
import { describe, expect, it } from 'vitest';
import { onTestHost } from '../testing/host-case.js';
import { exampleLab } from '../testing/sandboxed-lab.js';

const on = onTestHost();

describe('what somebody types on the machine into a namespace of a lab', () => {
  it('is a difference, which a repair takes back and an adoption takes over', async () => {
    const lab = await on.openLab('router', exampleLab('router'));
    const ping = () => on.host.run('ip', 'netns', 'exec', 'ns1', 'ping', '-c1', '-W2', '192.168.2.1').status === 0;
    expect(ping()).toBe(true);

    on.host.sh('ip netns exec ns1 ip route del default');
    await lab.until(() => lab.drift.some(({ namespace }) => namespace === 'ns1'), 'the route is missed');
    expect(ping()).toBe(false);
    const { topology, leftOut } = adoptionOf({ topology: lab.topology, observed: lab.observed, items: 'all' });
    expect(leftOut).toEqual([]);
    expect(topology.nodes.ns1?.routes).toEqual([]);

    const { report } = await lab.agent.request({ type: 'repair', items: null });
    expect(report).toMatchObject({ failures: [], differences: [] });
    expect(ping()).toBe(true);
    await lab.until(() => lab.drift.length === 0, 'no difference is left');
  });

  it('is a ghost when the lab has nothing of it, and stays when the lab is edited', async () => {
    const lab = await on.openLab('router', exampleLab('router'));
    const ghosts = () => ghostsOf(lab.topology, lab.observed);
    on.host.sh('ip -n ns1 link add v0 type veth peer name v1 netns ns2; ip -n ns1 addr add 10.9.0.1/24 dev v0');
    await lab.until(() => ghosts().pairs.length === 1, 'the pair is seen');
    expect(ghosts().pairs).toMatchObject([{ whyNot: null }]);
    // What was typed elsewhere on the machine is none of the lab's, also when it is of the same names.
    on.host.sh('ip netns add elsewhere; ip -n elsewhere link add v0 type veth peer name v1');
    const report = await lab.edit({ type: 'set-node', node: 'ns1' as never, label: 'edited' });
    expect([report.failures, report.differences]).toEqual([[], []]);
    expect(Object.keys(lab.observed.namespaces).sort()).toEqual(['ns-router', 'ns1', 'ns2']);
    expect(lab.json<unknown[]>('ip', '-n', 'ns1', '-j', 'address', 'show', 'dev', 'v0')).toMatchObject([
      { ifname: 'v0', addr_info: [{ local: '10.9.0.1' }] },
    ]);
    on.host.sh('ip netns del elsewhere');
  });
});
