import type { Edit, PortVlan } from '@vethlab/topology';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectNothingLeft } from './testing/example-labs.js';
import { exampleLab, SandboxedLab } from './testing/sandboxed-lab.js';

describe('VLANs of switch ports', () => {
  let lab: SandboxedLab;
  beforeAll(async () => {
    lab = await SandboxedLab.open(exampleLab('vlans'));
  });
  afterAll(() => lab.close());

  const set = async (node: string, ifname: string, vlan: PortVlan | null) => {
    const report = await lab.edit({ type: 'set-port-vlan', node, ifname, vlan } as Edit);
    expect(report.failures).toEqual([]);
    expect(report.differences).toEqual([]);
  };
  /** One answer is enough: a busy second kernel takes longer for the first than a ping waits by itself. */
  const pings = (from: string, to: string, seconds = 15) =>
    lab.run('nsenter', `--net=/run/netns/${from}`, 'ping', '-c1', `-w${seconds}`, to).status === 0;
  const vlans = (node: string, ifname: string) =>
    lab.json<{ vlans: unknown[] }[]>('bridge', '-n', node, '-j', 'vlan', 'show', 'dev', ifname)[0]?.vlans;

  it('are in the kernel as bridge(8) says, and keep hosts of one subnet apart', () => {
    expect(lab.report.failures).toEqual([]);
    expect(vlans('sw1', 'office')).toEqual([{ vlan: 10, flags: ['PVID', 'Egress Untagged'] }]);
    expect(vlans('sw2', 'trunk')).toEqual([{ vlan: 10 }, { vlan: 20 }]);
    expect(lab.observed.namespaces.sw1?.interfaces.trunk?.vlans).toEqual([
      { id: 10, pvid: false, untagged: false },
      { id: 20, pvid: false, untagged: false },
    ]);
    expect(pings('office1', '10.0.0.2')).toBe(true);
    expect(pings('office1', '10.0.0.11', 2)).toBe(false);
  });

  it('are changed while the switch works: a port moves to another VLAN', async () => {
    await set('sw2', 'guest', { access: 10 });
    expect(pings('office1', '10.0.0.12')).toBe(true);
    await set('sw2', 'guest', { access: 20 });
    expect(pings('office1', '10.0.0.12', 2)).toBe(false);
    await set('sw1', 'trunk', { trunk: [10], native: 20 });
    await set('sw2', 'trunk', { trunk: [10], native: 20 });
    expect(pings('guest1', '10.0.0.12')).toBe(true);
    await expectNothingLeft(lab);
  });

  it('that somebody typed are a difference, and repaired', async () => {
    lab.run('bridge', '-n', 'sw1', 'vlan', 'add', 'dev', 'guest', 'vid', '30');
    // Nothing tells of a VLAN by an event that names it, but the port's own does.
    await lab.until(() => lab.drift.some(({ ifname }) => ifname === 'guest'), 'the difference is told');
    await lab.agent.request({ type: 'repair', items: null });
    expect(vlans('sw1', 'guest')).toEqual([{ vlan: 20, flags: ['PVID', 'Egress Untagged'] }]);
  });

  it('of the last port taken away leave a plain switch', async () => {
    for (const ifname of ['office', 'guest', 'trunk']) await set('sw1', ifname, null);
    for (const ifname of ['office', 'guest', 'trunk']) await set('sw2', ifname, null);
    expect(lab.observed.namespaces.sw1?.interfaces.br0).not.toHaveProperty('vlanFiltering');
    await lab.until(() => pings('office1', '10.0.0.11'), 'the switches to be plain ones');
    await expectNothingLeft(lab);
  });
});
