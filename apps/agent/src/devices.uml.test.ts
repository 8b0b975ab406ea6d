import { adoptionOf, planLab } from '@vethlab/planner';
import { afterEach, describe, expect, it } from 'vitest';
import { applyCleanly, expectSettled, linksIn, pings } from './testing/device-labs.js';
import { SandboxedLab, topologyOf } from './testing/sandboxed-lab.js';

let lab: SandboxedLab | undefined;
afterEach(() => lab?.close());

async function opened(text: string): Promise<SandboxedLab> {
  lab = await SandboxedLab.open(topologyOf(text));
  expect(lab.report.failures).toEqual([]);
  expect(lab.report.differences).toEqual([]);
  await expectSettled(lab);
  return lab;
}

describe('devices of a full kernel', () => {
  it('VLANs on a bond of two links, a GRE tunnel between dummies: made, changed, followed and removed', async () => {
    const lab = await opened(`
vethlab: 1
name: Everything
nodes:
  a:
    kind: host
    interfaces:
      eth0: {}
      eth1: {}
      bond0: { device: { kind: bond, members: [eth0, eth1] }, addresses: [10.0.0.1/24] }
      bond0.10: { device: { kind: vlan, parent: bond0, id: 10 }, addresses: [10.10.0.1/24, "fd00:10::1/64"] }
      dum0: { device: { kind: dummy }, addresses: [10.99.0.1/32] }
      gre1: { device: { kind: gre, local: 10.0.0.1, remote: 10.0.0.2, key: 7, ttl: 64 }, addresses: [10.77.0.1/30] }
    routes: [{ to: 10.99.0.2/32, via: 10.77.0.2 }]
  b:
    kind: host
    interfaces:
      eth0: {}
      eth1: {}
      bond0: { device: { kind: bond, mode: active-backup, members: [eth0, eth1] }, addresses: [10.0.0.2/24] }
      bond0.10: { device: { kind: vlan, parent: bond0, id: 10 }, addresses: [10.10.0.2/24, "fd00:10::2/64"] }
      dum0: { device: { kind: dummy }, addresses: [10.99.0.2/32] }
      gre1: { device: { kind: gre, local: 10.0.0.2, remote: 10.0.0.1, key: 7, ttl: 64 }, addresses: [10.77.0.2/30] }
links:
  - endpoints: ["a:eth0", "b:eth0"]
  - endpoints: ["a:eth1", "b:eth1"]
`);
    const links = linksIn(lab, 'a');
    expect(links.get('eth1')).toMatchObject({ master: 'bond0' });
    expect(links.get('bond0')?.linkinfo?.info_data).toMatchObject({ mode: 'active-backup', miimon: 100 });
    expect(links.get('bond0.10')).toMatchObject({ link: 'bond0', linkinfo: { info_data: { id: 10 } } });
    for (const to of ['10.10.0.2', 'fd00:10::2', '10.77.0.2', '10.99.0.2']) expect(pings(lab, 'a', to), to).toBe(true);

    // One of two links goes: the bond takes the other.
    await applyCleanly(lab, { type: 'set-link', link: 'a:eth0--b:eth0', up: false });
    await lab.until(() => pings(lab, 'a', '10.10.0.2'), 'the other link carries on');
    await applyCleanly(lab, { type: 'set-link', link: 'a:eth0--b:eth0', up: true });

    // What the kernel takes in place, and what it does not.
    const device = { kind: 'gre', local: '10.0.0.1', remote: '10.0.0.2', key: 8 };
    const index = () => lab.observed.namespaces.a?.interfaces.gre1?.ifindex;
    const before = index();
    await applyCleanly(lab, { type: 'set-device', node: 'a', ifname: 'gre1', device });
    expect(index()).toBe(before);
    expect(pings(lab, 'a', '10.77.0.2')).toBe(false);
    for (const node of ['a', 'b']) {
      const vlan = { kind: 'vlan', parent: 'bond0', id: 11 };
      await applyCleanly(lab, { type: 'set-device', node, ifname: 'bond0.10', device: vlan });
    }
    expect(linksIn(lab, 'a').get('bond0.10')?.linkinfo?.info_data).toMatchObject({ id: 11 });
    await lab.until(() => pings(lab, 'a', '10.10.0.2'), 'the new VLAN carries');

    // Its members take the MTU of a bond, and what stands on it has at most that.
    await applyCleanly(lab, { type: 'set-interface', node: 'a', ifname: 'bond0', mtu: 1400 });
    expect(['eth0', 'bond0', 'bond0.10'].map((name) => linksIn(lab, 'a').get(name)?.mtu)).toEqual([1400, 1400, 1400]);
    await applyCleanly(lab, { type: 'set-interface', node: 'a', ifname: 'bond0', mtu: null });
    expect(['eth0', 'bond0', 'bond0.10'].map((name) => linksIn(lab, 'a').get(name)?.mtu)).toEqual([1500, 1500, 1500]);

    // Down and up, another name, another mode, fewer members.
    await applyCleanly(lab, { type: 'set-interface', node: 'a', ifname: 'bond0', up: false });
    expect(linksIn(lab, 'a').get('bond0.10')?.flags).not.toContain('UP');
    await applyCleanly(lab, { type: 'set-interface', node: 'a', ifname: 'bond0', up: true });
    await lab.until(() => pings(lab, 'a', 'fd00:10::2'), 'IPv6 addresses are back');
    await applyCleanly(lab, { type: 'rename-interface', node: 'a', ifname: 'bond0', to: 'trunk' });
    expect(linksIn(lab, 'a').get('bond0.10')?.link).toBe('trunk');
    const bond = { kind: 'bond', mode: 'balance-xor', members: ['eth1'] };
    await applyCleanly(lab, { type: 'set-device', node: 'a', ifname: 'trunk', device: bond });
    expect(linksIn(lab, 'a').get('eth0')?.master).toBeUndefined();
    // A port is down while a bond takes it: the bond of b may have gone over to eth0, which a has
    // left, and an active-backup bond stays there as long as that port has a carrier.
    await applyCleanly(lab, { type: 'set-link', link: 'a:eth0--b:eth0', up: false });
    await lab.until(() => pings(lab, 'a', '10.10.0.2'), 'the VLAN was made again on the new bond');

    await applyCleanly(lab, { type: 'remove-interface', node: 'a', ifname: 'trunk' });
    const left = [...linksIn(lab, 'a').keys()];
    expect(left).toEqual(expect.arrayContaining(['eth0', 'eth1', 'dum0', 'gre1']));
    expect(left.filter((name) => name === 'trunk' || name.startsWith('bond0'))).toEqual([]);
  });

  it('VRFs: interfaces come, go and are moved, routes go by table, and what was typed is adopted, a bond with its members too', async () => {
    const lab = await opened(`
vethlab: 1
name: VRFs
nodes:
  a: { kind: host, interfaces: { eth0: { addresses: [10.0.0.1/24, "fd00::1/64"] } }, routes: [{ to: default, via: 10.0.0.254 }] }
  b:
    kind: host
    interfaces: { eth0: { addresses: [10.0.1.1/24] }, eth1: {}, eth2: {} }
    routes: [{ to: default, via: 10.0.1.254 }]
  r:
    kind: router
    interfaces:
      eth0: { addresses: [10.0.0.254/24, "fd00::fe/64"] }
      eth1: { addresses: [10.0.1.254/24] }
      eth2: {}
      eth3: {}
links:
  - endpoints: ["a:eth0", "r:eth0"]
  - endpoints: ["b:eth0", "r:eth1"]
  - endpoints: ["b:eth1", "r:eth2"]
  - endpoints: ["b:eth2", "r:eth3"]
`);
    const tableOf = (table: string) => lab.run('ip', '-n', 'r', 'route', 'show', 'table', table).stdout;
    expect(pings(lab, 'a', '10.0.1.1')).toBe(true);
    await applyCleanly(lab, {
      type: 'set-vrf',
      node: 'r',
      name: 'red',
      table: 100,
      interfaces: ['eth0'],
      routes: [{ to: '10.5.0.0/16', via: '10.0.0.1' }],
    });
    expect(linksIn(lab, 'r').get('eth0')?.master).toBe('red');
    expect(tableOf('100')).toMatch(/10\.5\.0\.0\/16 via 10\.0\.0\.1 dev eth0/);
    expect(tableOf('main')).not.toMatch(/10\.0\.0\.0/);
    expect(lab.observed.namespaces.r?.routes).toContainEqual(
      expect.objectContaining({ to: '10.5.0.0/16', table: 100, dev: 'eth0' }),
    );
    expect(pings(lab, 'a', '10.0.0.254')).toBe(true);
    expect(pings(lab, 'a', 'fd00::fe')).toBe(true);
    expect(pings(lab, 'a', '10.0.1.1')).toBe(false);

    // The kernel asks each VRF's own table by a rule that it adds itself.
    lab.run('ip', '-n', 'r', '-4', 'rule', 'add', 'l3mdev', 'pref', '999');
    const { reading } = await lab.agent.request({ type: 'look', node: 'r', sections: ['rules'] });
    const rules = reading.pieces.rules?.rows ?? [];
    expect(rules.map(({ priority, selector, action }) => `${priority}:\t${selector} ${action}`)).toEqual(
      ['-4', '-6'].flatMap((family) => lab.run('ip', '-n', 'r', family, 'rule').stdout.trim().split(/\s*\n/)),
    );
    expect(rules.filter(({ kernelMade }) => !kernelMade).map(({ priority }) => priority)).toEqual([999]);

    await applyCleanly(lab, { type: 'add-probe', from: 'r', vrf: 'red', to: '10.0.0.1' });
    await lab.until(
      () => lab.samples.some(({ key, outcome }) => key === 'r%red>10.0.0.1' && outcome.kind === 'reply'),
      'a ping in the VRF is answered',
    );

    await applyCleanly(lab, { type: 'set-vrf', node: 'r', name: 'red', interfaces: ['eth0', 'eth1'] });
    expect(pings(lab, 'a', '10.0.1.1')).toBe(true);
    await applyCleanly(lab, { type: 'set-vrf', node: 'r', name: 'red', table: 101 });
    expect(tableOf('101')).toMatch(/10\.5\.0\.0/);
    expect(pings(lab, 'a', '10.0.1.1')).toBe(true);
    await applyCleanly(lab, { type: 'remove-vrf', node: 'r', name: 'red' });
    expect(tableOf('main')).toMatch(/10\.0\.0\.0\/24.*\n.*10\.0\.1\.0\/24/);
    expect(pings(lab, 'a', 'fd00::fe')).toBe(true);

    for (const line of [
      'link add vrf1 type vrf table 100',
      'link set vrf1 up',
      'link set eth1 master vrf1',
      'route add 10.6.0.0/16 via 10.0.1.1 vrf vrf1',
      'link add link eth0 name eth0.10 type vlan id 10',
      'address add 10.10.0.9/24 dev eth0.10',
      'link set eth0.10 up',
      'link add dum0 type dummy',
      'link add gre1 type gre local 10.0.0.254 remote 10.0.0.1 ttl 64',
      'link add bond0 type bond mode balance-xor miimon 100',
      'link set eth2 down master bond0',
      'link set eth3 down master bond0',
      'link set bond0 up',
      'address add 10.7.0.1/24 dev bond0',
    ]) {
      const { status, stderr } = lab.run('ip', '-n', 'r', ...(line.split(' ') as [string]));
      expect([line, status, stderr]).toEqual([line, 0, '']);
    }
    await lab.until(
      () =>
        lab.observed.namespaces.r?.interfaces.gre1 !== undefined &&
        lab.observed.namespaces.r.interfaces.bond0?.addresses.some(({ kernelMade }) => !kernelMade) === true &&
        lab.observed.namespaces.r.routes.some(({ to }) => to === '10.6.0.0/16'),
      'what was typed is seen',
    );
    const { topology, leftOut } = adoptionOf({ topology: lab.topology, observed: lab.observed, items: 'all' });
    expect(leftOut).toEqual([]);
    expect(topology.nodes.r?.vrfs).toEqual({
      vrf1: { table: 100, interfaces: ['eth1'], routes: [{ to: '10.6.0.0/16', via: '10.0.1.1' }] },
    });
    expect(topology.nodes.r?.interfaces).toMatchObject({
      'eth0.10': { device: { kind: 'vlan', parent: 'eth0', id: 10 }, addresses: ['10.10.0.9/24'], up: true },
      dum0: { device: { kind: 'dummy' }, up: false },
      gre1: { device: { kind: 'gre', local: '10.0.0.254', remote: '10.0.0.1', ttl: 64 } },
      bond0: {
        device: { kind: 'bond', mode: 'balance-xor', members: ['eth2', 'eth3'] },
        addresses: ['10.7.0.1/24'],
        up: true,
      },
    });
    const plan = planLab({ topology, previous: topology, observed: lab.observed, unmanaged: 'remove' });
    expect(plan.steps.map(({ object, reason }) => `${object}: ${reason}`)).toEqual([]);
  });
});
