import type { Edit } from '@vethlab/topology';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleLab, SandboxedLab } from './testing/sandboxed-lab.js';

interface IpPort {
  readonly ifname: string;
  readonly linkinfo: { readonly info_slave_data?: { readonly state: string } };
}

/** A port listens two seconds and learns two; a neighbour that is gone is noticed after six. */
const convergedMs = 15_000;

/** A root that is gone is noticed after six seconds, each new choice takes four; several may follow each other, and each look waits for pings. */
const rerouteMs = 50_000;

describe('a loop of switches with spanning tree', { timeout: 4 * rerouteMs }, () => {
  let lab: SandboxedLab;
  beforeAll(async () => {
    lab = await SandboxedLab.open(exampleLab('stp-loop'));
  });
  afterAll(() => lab.close());

  const switches = ['sw1', 'sw2', 'sw3'];
  const states = () =>
    switches.flatMap((name) =>
      Object.values(lab.observed.namespaces[name]?.interfaces ?? {}).flatMap(({ ifname, portState }) =>
        portState === null ? [] : [`${name}:${ifname} ${portState}`],
      ),
    );
  const converged = () => states().every((state) => / (?:forwarding|blocking)$/.test(state));
  const ping = () => lab.run('nsenter', '--net=/run/netns/h1', 'ping', '-c3', '-i0.2', '-W1', '10.0.0.3').status === 0;

  it('comes to rest with one blocked port, told by events, as iproute2 sees it', async () => {
    expect(lab.report.failures).toEqual([]);
    expect(lab.report.differences).toEqual([]);
    await lab.until(() => converged() && states().length === 9, 'the ports are at rest', convergedMs);
    expect(states().filter((state) => state.endsWith('blocking'))).toHaveLength(1);
    for (const name of switches) {
      for (const { ifname, linkinfo } of lab.json<IpPort[]>(
        'ip',
        '-n',
        name,
        '-j',
        '-d',
        'link',
        'show',
        'master',
        'br0',
      ))
        expect(states()).toContain(`${name}:${ifname} ${linkinfo.info_slave_data?.state}`);
    }
    expect(ping()).toBe(true);
  });

  it('slows no link down, carries no storm, and has nothing left to do', async () => {
    expect(lab.run('tc', '-n', 'sw3', 'qdisc', 'show').stdout).not.toContain('tbf');
    const packets = () =>
      Number(lab.run('ip', 'netns', 'exec', 'sw1', 'cat', '/sys/class/net/sw2/statistics/rx_packets').stdout);
    lab.run('nsenter', '--net=/run/netns/h1', 'ping', '-b', '-c1', '-W1', '10.0.0.255');
    const before = packets();
    lab.run('nsenter', '--net=/run/netns/h1', 'ping', '-c5', '-i0.2', '-W1', '10.0.0.2');
    expect(packets() - before).toBeLessThan(200);
    const { steps } = await lab.agent.request({ type: 'plan', diff: null });
    expect(steps).toEqual([]);
  });

  it('goes another way when a link of the tree is taken down', async () => {
    const tree = states().some((state) => state === 'sw1:sw3 blocking' || state === 'sw3:sw1 blocking')
      ? 'sw1:sw2--sw2:sw1'
      : 'sw3:sw1--sw1:sw3';
    await lab.edit({ type: 'set-link', link: tree, up: false } as Edit);
    await lab.until(ping, 'the ping comes back', rerouteMs);
    await lab.until(() => !states().some((state) => state.endsWith('blocking')), 'no port blocks', convergedMs);
    await lab.edit({ type: 'set-link', link: tree, up: true } as Edit);
    await lab.until(() => converged() && states().some((state) => state.endsWith('blocking')), 'rest', rerouteMs);
  });

  it('switched off everywhere is a loop again, held to its rate; on in one switch is enough', async () => {
    for (const node of switches) await lab.edit({ type: 'set-switch', node, stp: false } as Edit);
    expect(lab.report.differences).toEqual([]);
    const limited = () => switches.some((name) => lab.run('tc', '-n', name, 'qdisc', 'show').stdout.includes('tbf'));
    expect(limited()).toBe(true);
    await lab.edit({ type: 'set-switch', node: 'sw2', stp: true } as Edit);
    expect(lab.report.differences).toEqual([]);
    expect(limited()).toBe(false);
    // At first the ports are as they were: forwarding, all of them.
    const blocked = () => states().filter((state) => state.startsWith('sw2:') && state.endsWith('blocking'));
    await lab.until(() => converged() && blocked().length === 1 && ping(), 'one port of sw2 blocks', rerouteMs);
  });

  it('that somebody typed is a difference, and is repaired', async () => {
    lab.run('ip', '-n', 'sw1', 'link', 'set', 'br0', 'type', 'bridge', 'stp_state', '1');
    await lab.until(() => lab.drift.some(({ namespace }) => namespace === 'sw1'), 'drift', 2000);
    await lab.agent.request({ type: 'repair', items: null });
    const [bridge] = lab.json<{ linkinfo: { info_data: { stp_state: number } } }[]>(
      'ip',
      '-n',
      'sw1',
      '-j',
      '-d',
      'link',
      'show',
      'br0',
    );
    expect(bridge?.linkinfo.info_data.stp_state).toBe(0);
  });
});
