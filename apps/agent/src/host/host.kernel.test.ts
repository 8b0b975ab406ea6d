import { describe, expect, it } from 'vitest';
import { CommandsOfLab } from '../processes/testing/commands-of-lab.js';
import { onTestHost, pair } from '../testing/host-case.js';
import { exampleLab } from '../testing/sandboxed-lab.js';

const on = onTestHost();

describe('a lab on the machine itself', () => {
  it('is in ip netns, marked, and leaves the machine as it was', async () => {
    const root = on.host.lookAtRoot();
    const lab = await on.openLab('router', exampleLab('router'));
    expect(lab.report).toMatchObject({ failures: [], differences: [] });
    expect(lab.report.conflicts).toBeUndefined();
    expect(on.host.names()).toEqual(['foreign', 'ns-router', 'ns1', 'ns2']);
    expect(on.host.run('ip', 'netns', 'exec', 'ns1', 'ping', '-c1', '-W2', '192.168.2.1').status).toBe(0);
    for (const name of ['ns-router', 'ns1', 'ns2']) {
      const links = lab.json<{ ifalias?: string }[]>('ip', '-j', '-n', name, 'link');
      expect(links.map(({ ifalias }) => ifalias)).toEqual(links.map(() => 'vethlab:router'));
    }
    expect(on.host.lookAtRoot()).toBe(root);
    await lab.close();
    expect(on.host.names()).toEqual(['foreign']);
  });

  it('sees nothing of what is not its own', async () => {
    const lab = await on.openLab('pair', pair);
    on.host.sh('ip netns add stranger; ip -n stranger link set lo up; ip -n foreign link set fveth1 mtu 1400');
    // The lab sees its own namespaces change, so its eyes are open.
    on.host.sh('ip -n ns1 link set eth0 mtu 1400');
    await lab.until(() => lab.observed.namespaces.ns1?.interfaces.eth0?.mtu === 1400, 'the own change is seen');
    expect(Object.keys(lab.observed.namespaces).sort()).toEqual(['ns1', 'ns2']);
    on.host.sh('ip netns del stranger; ip -n foreign link set fveth1 mtu 1500');
  });
});

it('commands and shells of the lab are the lab’s: they outlive the server as it says, and go with the lab without force', async () => {
  const lab = await on.openLab('pair', pair);
  const commands = new CommandsOfLab(lab);
  await commands.add('ns1', 'job', ['sleep', '1000']);
  const { pid } = await commands.until('ns1:job', 'running');
  const terminal = await lab.agent.request({
    type: 'terminal-open',
    terminal: 't1',
    node: 'ns2',
    cols: 80,
    rows: 24,
  });
  await lab.agent.leave?.();
  const next = await on.openLab('pair', lab.topology);
  expect(on.host.isAlive(pid)).toBe(true);
  // The new server knows nothing of the shell of the old one: nobody could ever see or close it again.
  await next.until(() => !on.host.isAlive(terminal.pid), 'the shell of the old server has ended');
  expect(on.host.vethlab('down', 'pair')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('2 namespaces removed'),
  });
  expect(on.host.isAlive(pid)).toBe(false);
});

it('no script of a person is ever run on the machine', async () => {
  const lab = await on.openLab('pair', pair);
  const order = { type: 'run-script', name: 'x', script: 'ip netns add evil', timeLimitMs: 1000 } as const;
  await expect(lab.agent.request(order)).rejects.toMatchObject({ code: 'host.sandbox-only' });
  await expect(
    lab.agent.request({ type: 'exec', command: ['ip', 'netns', 'add', 'evil'], cwd: '/', env: {} }),
  ).rejects.toMatchObject({ code: 'host.sandbox-only' });
  expect(on.host.names()).toEqual(['foreign', 'ns1', 'ns2']);
});
