import type { Edit } from '@vethlab/topology';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SandboxedLab, topologyOf } from './testing/sandboxed-lab.js';

const text = `
vethlab: 1
name: Edits
nodes:
  ns1:
    kind: host
    interfaces: { eth0: { addresses: [192.168.1.1/24, "2001:db8:1::1/64"] } }
    routes: [{ to: default, via: 192.168.1.254 }, { to: default, via: "2001:db8:1::fe" }]
  r:
    kind: router
    interfaces:
      eth0: { addresses: [192.168.1.254/24, "2001:db8:1::fe/64"] }
      eth1: { addresses: [192.168.2.254/24, "2001:db8:2::fe/64"] }
  ns2:
    kind: host
    interfaces: { eth0: { addresses: [192.168.2.1/24, "2001:db8:2::1/64"] } }
    routes: [{ to: default, via: 192.168.2.254 }, { to: default, via: "2001:db8:2::fe" }]
links:
  - endpoints: ["ns1:eth0", "r:eth0"]
  - endpoints: ["r:eth1", "ns2:eth0"]
`;

/** Edits as a person's client would send them; names here are plain text, which the schema would brand. */
const edit = (value: object): Edit => value as Edit;

describe('a live edit', () => {
  let lab: SandboxedLab;
  const pings = (from: string, to: string) =>
    lab.run('nsenter', `--net=/run/netns/${from}`, 'ping', '-c1', '-W1', to).status === 0;
  const apply = async (value: object) => {
    const report = await lab.edit(edit(value));
    expect(report.failures).toEqual([]);
    expect(report.differences).toEqual([]);
    return report;
  };

  beforeAll(async () => {
    lab = await SandboxedLab.open(topologyOf(text));
  });
  afterAll(async () => {
    await lab.close();
  });

  it('leaves the namespaces it does not touch, their inodes and their processes alone', async () => {
    const sleeper = lab.run('nsenter', '--net=/run/netns/ns2', 'sh', '-c', 'sleep 300 >/dev/null 2>&1 & echo $!');
    const pid = sleeper.stdout.trim();
    const before = ['ns1', 'r', 'ns2'].map((name) => lab.inode(name));
    await apply({ type: 'add-node', kind: 'host', name: 'h3' });
    await apply({ type: 'set-interface', node: 'ns1', ifname: 'eth0', mtu: 1400 });
    await apply({ type: 'remove-nodes', nodes: ['h3'] });
    expect(['ns1', 'r', 'ns2'].map((name) => lab.inode(name))).toEqual(before);
    expect(lab.run('kill', '-0', pid).status).toBe(0);
    expect(pings('ns1', '192.168.2.1')).toBe(true);
    expect(pings('ns1', '2001:db8:2::1')).toBe(true);
  });

  it('takes a link down and brings it up with its addresses and routes, in both families', async () => {
    await apply({ type: 'set-link', link: 'ns1:eth0--r:eth0', up: false });
    const [down] = lab.json<{ flags: string[] }[]>('ip', '-j', '-n', 'ns1', 'link', 'show', 'eth0');
    expect(down?.flags).not.toContain('UP');
    expect(lab.observed.namespaces.ns1?.interfaces.eth0?.up).toBe(false);
    expect(pings('ns1', '192.168.2.1')).toBe(false);
    await apply({ type: 'set-link', link: 'ns1:eth0--r:eth0', up: true });
    expect(pings('ns1', '192.168.2.1')).toBe(true);
    expect(pings('ns1', '2001:db8:2::1')).toBe(true);
  });

  it('changes an address in the same subnet without losing the others or the routes', async () => {
    await apply({
      type: 'set-addresses',
      node: 'ns1',
      ifname: 'eth0',
      addresses: ['192.168.1.7/24', '192.168.1.8/24', '2001:db8:1::7/64'],
    });
    const [eth0] = lab.json<{ addr_info: { local: string }[] }[]>('ip', '-j', '-n', 'ns1', 'addr', 'show', 'eth0');
    const addresses = eth0?.addr_info.map(({ local }) => local).filter((local) => !local.startsWith('fe80'));
    expect(addresses?.sort()).toEqual(['192.168.1.7', '192.168.1.8', '2001:db8:1::7']);
    expect(pings('ns1', '192.168.2.1')).toBe(true);
    expect(pings('ns1', '2001:db8:2::1')).toBe(true);
  });

  it('renames a node and keeps its namespace', async () => {
    const inode = lab.inode('ns2');
    await apply({ type: 'rename-node', node: 'ns2', to: 'web' });
    expect(lab.inode('web')).toBe(inode);
    expect(Object.keys(lab.observed.namespaces).sort()).toEqual(['ns1', 'r', 'web']);
    expect(pings('web', '192.168.1.7')).toBe(true);
  });

  it('renames an interface in place', async () => {
    await apply({ type: 'rename-interface', node: 'web', ifname: 'eth0', to: 'uplink' });
    const names = lab.json<{ ifname: string }[]>('ip', '-j', '-n', 'web', 'link').map(({ ifname }) => ifname);
    expect(names).toEqual(['lo', 'uplink']);
    expect(lab.observed.namespaces.r?.interfaces.eth1?.peer).toEqual({ namespace: 'web', ifname: 'uplink' });
    expect(pings('web', '192.168.1.7')).toBe(true);
    expect(pings('web', '2001:db8:1::7')).toBe(true);
  });

  it('removes a node with the processes in it and leaves nothing of it behind', async () => {
    const inode = lab.inode('web');
    lab.run('nsenter', '--net=/run/netns/web', 'sh', '-c', 'sleep 300 >/dev/null 2>&1 &');
    await apply({ type: 'remove-nodes', nodes: ['web'] });
    expect(
      lab
        .json<{ name: string }[]>('ip', '-j', 'netns', 'list')
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['ns1', 'r']);
    expect(lab.run('sh', '-c', 'readlink /proc/[0-9]*/ns/net').stdout).not.toContain(`[${inode}]`);
    const names = lab.json<{ ifname: string }[]>('ip', '-j', '-n', 'r', 'link').map(({ ifname }) => ifname);
    expect(names).toEqual(['lo', 'eth0']);
  });

  it('bounds the storm of a loop of switches, and lets the link run free when the loop is opened', async () => {
    const storm = await SandboxedLab.open(
      topologyOf(`
vethlab: 1
name: Loop
nodes:
  sw1: { kind: switch, interfaces: { p1: {}, p2: {}, p3: {} } }
  sw2: { kind: switch, interfaces: { p1: {}, p2: {} } }
  h1: { kind: host, interfaces: { eth0: { addresses: [10.0.0.1/24] } } }
links:
  - endpoints: ["sw1:p1", "sw2:p1"]
  - endpoints: ["sw1:p2", "sw2:p2"]
  - endpoints: ["h1:eth0", "sw1:p3"]
`),
    );
    try {
      expect(storm.report.failures).toEqual([]);
      expect(storm.report.differences).toEqual([]);
      // A broadcast that nobody answers, and that never ends.
      storm.run('ip', 'netns', 'exec', 'h1', 'ping', '-c3', '-i0.2', '-W1', '10.0.0.99');
      const bytes = () =>
        storm.json<{ stats64: { tx: { bytes: number } } }[]>(
          'ip',
          '-j',
          '-s',
          '-n',
          'sw1',
          'link',
          'show',
          'dev',
          'p2',
        )[0]?.stats64.tx.bytes ?? 0;
      const [before, startedAt] = [bytes(), performance.now()];
      await storm.until(() => performance.now() - startedAt > 2000, 'the storm blows for two seconds');
      const bitsPerSecond = ((bytes() - before) * 8000) / (performance.now() - startedAt);
      expect(bitsPerSecond).toBeGreaterThan(100_000);
      expect(bitsPerSecond).toBeLessThan(6_000_000);
      const { figures } = await storm.agent.request({ type: 'figures' });
      expect(figures.rssBytes).toBeGreaterThan(0);
      const report = await storm.edit(edit({ type: 'set-link', link: 'sw1:p1--sw2:p1', up: false }));
      expect(report.failures).toEqual([]);
      expect(report.differences).toEqual([]);
      expect(storm.run('tc', '-n', 'sw1', 'qdisc', 'show', 'dev', 'p2').stdout).not.toContain('tbf');
    } finally {
      await storm.close();
    }
  });

  it('applies a switch with its ports forwarding', async () => {
    await apply({
      type: 'batch',
      edits: [
        { type: 'add-node', kind: 'switch', name: 'sw1' },
        { type: 'add-node', kind: 'host', name: 'a' },
        { type: 'add-node', kind: 'host', name: 'b' },
        { type: 'connect', from: { node: 'a', addresses: ['10.0.0.1/24'] }, to: { node: 'sw1' } },
        { type: 'connect', from: { node: 'b', addresses: ['10.0.0.2/24'] }, to: { node: 'sw1' } },
      ],
    });
    expect(pings('a', '10.0.0.2')).toBe(true);
    const ports = lab.json<{ ifname: string; state: string; master: string }[]>('bridge', '-j', '-n', 'sw1', 'link');
    expect(ports.map(({ state, master }) => `${master} ${state}`)).toEqual(['br0 forwarding', 'br0 forwarding']);
  });
});
