import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyCleanly, expectSettled, linksIn, pings } from './testing/device-labs.js';
import { SandboxedLab, topologyOf } from './testing/sandboxed-lab.js';

const text = `
vethlab: 1
name: Tunnel
nodes:
  h1:
    kind: host
    interfaces:
      eth0: { addresses: [10.0.1.1/24] }
      vx0: { device: { kind: vxlan, id: 42, local: 10.0.1.1, remote: 10.0.2.1 }, addresses: [192.168.0.1/24] }
      mac0: { device: { kind: macvlan, parent: vx0 }, addresses: ["fd00::1/64"] }
    routes: [{ to: default, via: 10.0.1.254 }]
  r:
    kind: router
    interfaces: { eth0: { addresses: [10.0.1.254/24] }, eth1: { addresses: [10.0.2.254/24] } }
  h2:
    kind: host
    interfaces:
      eth0: { addresses: [10.0.2.1/24] }
      vx0: { device: { kind: vxlan, id: 42, local: 10.0.2.1, remote: 10.0.1.1, parent: eth0 }, addresses: [192.168.0.2/24] }
      mac0: { device: { kind: macvlan, parent: vx0 }, mtu: 1400, addresses: ["fd00::2/64"] }
    routes: [{ to: default, via: 10.0.2.254 }]
links:
  - endpoints: ["h1:eth0", "r:eth0"]
  - endpoints: ["h2:eth0", "r:eth1"]
`;

describe('VXLANs and macvlans', () => {
  let lab: SandboxedLab;

  beforeAll(async () => {
    lab = await SandboxedLab.open(topologyOf(text));
  });
  afterAll(() => lab.close());

  it('are made as asked for, carry what is sent over them, and leave nothing to do', async () => {
    expect(lab.report.failures).toEqual([]);
    expect(lab.report.differences).toEqual([]);
    await expectSettled(lab);
    const links = linksIn(lab, 'h2');
    expect(links.get('vx0')).toMatchObject({
      mtu: 1450,
      linkinfo: {
        info_kind: 'vxlan',
        info_data: { id: 42, local: '10.0.2.1', remote: '10.0.1.1', port: 4789, link: 'eth0' },
      },
    });
    expect(links.get('mac0')).toMatchObject({ mtu: 1400, link: 'vx0', linkinfo: { info_data: { mode: 'bridge' } } });
    expect(lab.observed.namespaces.h2?.interfaces.mac0?.device).toEqual({
      kind: 'macvlan',
      parent: 'vx0',
      mode: 'bridge',
    });
    expect(pings(lab, 'h1', '192.168.0.2')).toBe(true);
    expect(pings(lab, 'h1', 'fd00::2')).toBe(true);
  });

  it('change in place where the kernel can: the interface stays', async () => {
    const index = () => lab.observed.namespaces.h1?.interfaces.mac0?.ifindex;
    const before = index();
    await applyCleanly(lab, {
      type: 'set-device',
      node: 'h1',
      ifname: 'mac0',
      device: { kind: 'macvlan', parent: 'vx0', mode: 'private' },
    });
    expect(linksIn(lab, 'h1').get('mac0')?.linkinfo?.info_data).toMatchObject({ mode: 'private' });
    expect(index()).toBe(before);
    await applyCleanly(lab, {
      type: 'set-device',
      node: 'h1',
      ifname: 'vx0',
      device: { kind: 'vxlan', id: 42, local: '10.0.1.1', remote: '10.0.1.254', port: 4789 },
    });
    expect(linksIn(lab, 'h1').get('vx0')?.linkinfo?.info_data).toMatchObject({ remote: '10.0.1.254' });
    expect(index()).toBe(before);
  });

  it('are made again where it cannot, with what stands on them', async () => {
    const { steps } = await lab.agent.request({ type: 'plan', diff: null });
    expect(steps).toEqual([]);
    await applyCleanly(lab, {
      type: 'batch',
      edits: ['h1', 'h2'].map((node) => ({
        type: 'set-device',
        node,
        ifname: 'vx0',
        device: {
          kind: 'vxlan',
          id: 43,
          local: node === 'h1' ? '10.0.1.1' : '10.0.2.1',
          remote: node === 'h1' ? '10.0.2.1' : '10.0.1.1',
          port: 4790,
        },
      })),
    });
    expect(linksIn(lab, 'h2').get('vx0')?.linkinfo?.info_data).toMatchObject({ id: 43, port: 4790 });
    expect(pings(lab, 'h1', '192.168.0.2')).toBe(true);
    expect(pings(lab, 'h1', 'fd00::2')).toBe(true);
  });

  it('follow their parent to another name, down and up, and to another MTU', async () => {
    await applyCleanly(lab, {
      type: 'set-device',
      node: 'h1',
      ifname: 'mac0',
      device: { kind: 'macvlan', parent: 'eth0', mode: 'bridge' },
    });
    await applyCleanly(lab, { type: 'rename-interface', node: 'h1', ifname: 'eth0', to: 'lan0' });
    expect(linksIn(lab, 'h1').get('mac0')?.link).toBe('lan0');
    expect(lab.observed.namespaces.h1?.interfaces.mac0?.device).toMatchObject({ parent: 'lan0' });
    await applyCleanly(lab, { type: 'set-interface', node: 'h1', ifname: 'lan0', mtu: 1300 });
    expect(linksIn(lab, 'h1').get('mac0')?.mtu).toBe(1300);
    await applyCleanly(lab, { type: 'set-interface', node: 'h1', ifname: 'lan0', mtu: null });
    expect(linksIn(lab, 'h1').get('mac0')?.mtu).toBe(1500);
  });

  it('come back when somebody takes them away, and go when their parent is wired elsewhere', async () => {
    lab.run('ip', '-n', 'h1', 'link', 'delete', 'mac0');
    await lab.until(() => lab.drift.some(({ ifname }) => ifname === 'mac0'), 'the drift is seen');
    await lab.agent.request({ type: 'repair', items: null });
    await lab.until(() => lab.drift.length === 0, 'it is repaired');
    expect(linksIn(lab, 'h1').has('mac0')).toBe(true);
    await applyCleanly(lab, { type: 'disconnect', link: 'h1:lan0--r:eth0' });
    expect([...linksIn(lab, 'h1').keys()].sort()).toEqual(['lo', 'vx0']);
    await applyCleanly(lab, {
      type: 'connect',
      from: { node: 'h1', ifname: 'lan0' },
      to: { node: 'r', ifname: 'eth0' },
    });
    expect(linksIn(lab, 'h1').get('mac0')?.link).toBe('lan0');
    expect(pings(lab, 'h1', '192.168.0.2')).toBe(true);
  });
});
