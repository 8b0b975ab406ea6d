import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { edit as named } from './testing/host-case.js';
import { exampleLab, SandboxedLab } from './testing/sandboxed-lab.js';

/** What the product promises: a change typed in a terminal is seen within a second. */
const promisedMs = 1000;

describe('what somebody changes in a terminal', () => {
  let lab: SandboxedLab;

  beforeEach(async () => {
    lab = await SandboxedLab.open(exampleLab('router'));
  });
  afterEach(async () => {
    await lab.close();
  });

  it('shows as drift within a second, and repair brings it back', async () => {
    lab.run('ip', '-n', 'ns1', 'route', 'del', 'default');
    await lab.until(() => lab.drift.length > 0, 'the drift is seen', promisedMs);
    expect(lab.drift[0]).toMatchObject({ kind: 'missing', namespace: 'ns1' });
    const { report } = await lab.agent.request({ type: 'repair', items: null });
    expect(report.failures).toEqual([]);
    expect(lab.run('ip', '-n', 'ns1', 'route', 'show', 'default').stdout).toContain('192.168.1.254');
    await lab.until(() => lab.drift.length === 0, 'the drift is gone', promisedMs);
  });

  it.each([
    ['an address that was removed', ['-n', 'ns1', 'addr', 'flush', 'dev', 'veth-ns1']],
    ['an interface that was taken down', ['-n', 'ns2', 'link', 'set', 'veth-ns2', 'down']],
    ['a pair that was deleted', ['-n', 'ns1', 'link', 'del', 'veth-ns1']],
    ['a namespace that was deleted', ['netns', 'del', 'ns2']],
    ['an interface that was renamed', ['-n', 'ns1', 'link', 'set', 'veth-ns1', 'name', 'other']],
    ['forwarding that was switched off', ['netns', 'exec', 'ns-router', 'sysctl', '-qw', 'net.ipv4.ip_forward=0']],
  ] as [string, string[]][])('repairs %s', async (_, command) => {
    expect(lab.run('ip', ...command).status).toBe(0);
    await lab.until(() => lab.drift.length > 0, 'the drift is seen', promisedMs);
    const { report } = await lab.agent.request({ type: 'repair', items: null });
    expect(report.failures).toEqual([]);
    expect(report.differences).toEqual([]);
    expect(lab.run('ip', 'netns', 'exec', 'ns1', 'ping', '-c1', '-W2', '192.168.2.1').status).toBe(0);
  });

  it('sees a namespace that somebody made, and an edit leaves it alone', async () => {
    lab.run('ip', 'netns', 'add', 'stranger');
    await lab.until(() => Object.hasOwn(lab.observed.namespaces, 'stranger'), 'the namespace is seen', promisedMs);
    await lab.until(() => lab.drift.some(({ kind }) => kind === 'unexpected'), 'it counts as drift', promisedMs);
    await lab.edit({ type: 'add-node', kind: 'host' });
    expect(lab.inode('stranger')).toBeGreaterThan(0);
  });

  it('is seen in a new node too when somebody took the number that its namespace would have had', async () => {
    // The agent gives a number as soon as it sees the name; whoever types has to be quicker, and is not always.
    const take = (name: string) => {
      const numbers = lab.run('ip', 'netns', 'list-id').stdout.matchAll(/^nsid (\d+)/gm);
      const next = Math.max(...[...numbers].map(([, number]) => Number(number))) + 1;
      return lab.run('sh', '-c', `ip netns add ${name} && ip netns set ${name} ${next}`).status === 0;
    };
    const stranger = Array.from({ length: 20 }, (_, index) => `stranger${index}`).find(take) ?? '';
    await lab.until(() => Object.hasOwn(lab.observed.namespaces, stranger), 'the namespace is seen', promisedMs);
    const before = new Set(Object.keys(lab.observed.namespaces));
    await lab.edit({ type: 'add-node', kind: 'host' });
    const [made] = Object.keys(lab.observed.namespaces).filter(
      (name) => !before.has(name) && !name.startsWith('stranger'),
    );
    if (made === undefined) throw new Error('No namespace was made.');
    lab.run('ip', '-n', made, 'link', 'add', 'br9', 'type', 'bridge');
    await lab.until(
      () => Object.hasOwn(lab.observed.namespaces[made]?.interfaces ?? {}, 'br9'),
      'the bridge is seen',
      promisedMs,
    );
  });

  it('sees a namespace whose name was there before it', async () => {
    // What `ip netns add` does, with a long breath between its two steps.
    lab.run('touch', '/run/netns/slow');
    await lab.edit({ type: 'add-node', kind: 'host' });
    lab.run('sh', '-c', 'sleep 0.3; unshare --net=/run/netns/slow true');
    await lab.until(() => Object.hasOwn(lab.observed.namespaces, 'slow'), 'the namespace is seen', promisedMs);
  });

  it('shows hostile names as text and is not confused by them', async () => {
    for (const name of ['$(id)', '"\'', '__proto__', 'a b'].slice(0, 3)) {
      lab.run('ip', '-n', 'ns1', 'link', 'add', name, 'type', 'bridge');
      await lab.until(
        () => Object.hasOwn(lab.observed.namespaces.ns1?.interfaces ?? {}, name),
        `${name} is seen`,
        promisedMs,
      );
    }
    const { report } = await lab.agent.request({ type: 'repair', items: null });
    expect(report.failures).toEqual([]);
    expect(Object.keys(lab.observed.namespaces.ns1?.interfaces ?? {}).sort()).toEqual(['lo', 'veth-ns1']);
  });
});

describe('what somebody changes on a switch, and no document can say', () => {
  let lab: SandboxedLab;

  beforeEach(async () => {
    lab = await SandboxedLab.open(exampleLab('switch'));
  });
  afterEach(async () => {
    await lab.close();
  });

  const now = () => ({
    bridge: lab.run('ip', '-n', 'sw1', '-br', 'link', 'show', 'br0').stdout.includes(',UP') ? 'up' : 'down',
    forwarding: lab.run('ip', 'netns', 'exec', 'sw1', 'sysctl', '-n', 'net.ipv4.ip_forward').stdout.trim(),
  });

  it('stays while the switch is edited, also after a repair of something else, and goes with its own', async () => {
    expect(now()).toEqual({ bridge: 'up', forwarding: '0' });
    lab.run('ip', '-n', 'sw1', 'link', 'set', 'br0', 'down');
    lab.run('ip', 'netns', 'exec', 'sw1', 'sysctl', '-qw', 'net.ipv4.ip_forward=1');
    await lab.until(() => lab.drift.length >= 2, 'the drift is seen', promisedMs);
    await lab.edit(named({ type: 'add-node', kind: 'host', name: 'late' }));
    const report = await lab.edit(named({ type: 'connect', from: { node: 'late' }, to: { node: 'sw1' } }));
    expect(report).toMatchObject({ failures: [], differences: [] });
    expect(now()).toEqual({ bridge: 'down', forwarding: '1' });

    lab.run('ip', '-n', 'h1', 'link', 'set', 'eth0', 'mtu', '1400');
    const isMtu = ({ namespace }: { namespace: string }) => namespace === 'h1';
    await lab.until(() => lab.drift.some(isMtu), 'another difference is seen', promisedMs);
    await lab.agent.request({ type: 'repair', items: lab.drift.filter(isMtu).map(({ repair }) => repair.id) });
    await lab.edit(named({ type: 'add-node', kind: 'host', name: 'later' }));
    await lab.edit(named({ type: 'connect', from: { node: 'later' }, to: { node: 'sw1' } }));
    expect(now()).toEqual({ bridge: 'down', forwarding: '1' });

    const repaired = await lab.agent.request({ type: 'repair', items: null });
    expect(repaired.report).toMatchObject({ failures: [], differences: [] });
    expect(now()).toEqual({ bridge: 'up', forwarding: '0' });
  });
});
