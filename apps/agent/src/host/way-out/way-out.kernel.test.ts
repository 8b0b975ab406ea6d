import type { Topology } from '@vethlab/topology';
import { afterEach, describe, expect, it } from 'vitest';
import { openHostLab } from '../../testing/host-lab.js';
import { nameServerAt } from '../../testing/name-server.js';
import { topologyOf } from '../../testing/sandboxed-lab.js';
import { TestHost } from '../../testing/test-host.js';
import { mayOpenTun } from '../../testing/tun.js';

/** What others run at the same time takes its share. */

const lab: Topology = topologyOf(`
vethlab: 1
name: Outside
nodes:
  inet: { kind: internet }
`);

const withPort: Topology = topologyOf(`
vethlab: 1
name: Outside
nodes:
  inet: { kind: internet, hostPorts: [9000] }
`);

/** The same subnet, and another name: both are on one machine. */
const other: Topology = topologyOf(`
vethlab: 1
name: Outside as well
nodes:
  inet2: { kind: internet }
`);

let host: TestHost;
afterEach(() => host.close());

async function machine(prepare = ''): Promise<string> {
  host = await TestHost.make();
  host.giveOutside();
  host.sh(`ip -6 route add default via 2001:db8:99::1\n${prepare}`);
  return host.lookAtRoot();
}

/** Whether the world answers a node, IPv4 and IPv6. */
function reaches(node: string): string {
  const ping = (to: string) => host.run('ip', 'netns', 'exec', node, 'ping', '-c1', '-W1', to).status === 0;
  return [ping('203.0.113.1') ? 4 : '', ping('2001:db8:99::1') ? 6 : ''].join('');
}

const untilReached = (node: string) => expect.poll(() => reaches(node)).toBe('46');

it('nobody of the world gets in, and only the way to the world is open: not to other networks of the machine', async () => {
  await machine();
  const running = await openHostLab(host, 'outside', lab);
  await untilReached('inet');
  // The world knows the way: without our rules it would be answered.
  host.run(...host.inWorld, 'ip', 'route', 'add', '198.19.0.0/16', 'via', '203.0.113.2');
  const guard = host.sh("nsenter --target $(pgrep -of '[v]ethlab-guard') --net ip -4 -br address show outside");
  expect(guard).toContain('198.19.255.254/30');
  expect(host.run('ping', '-c1', '-W1', '198.19.255.254').status).toBe(0);
  expect(host.run(...host.inWorld, 'ping', '-c1', '-W1', '198.19.255.254').status).not.toBe(0);
  // 10.9.9.2 is at the other end of a pair of somebody else's.
  const toForeign = host.run('ip', 'netns', 'exec', 'inet', 'ping', '-c1', '-W1', '10.9.9.2');
  expect(toForeign.status).not.toBe(0);
  await running.close();
});

it('the world does not get to other networks of the machine either, which forwards only for ways out', async () => {
  await machine();
  host.run(...host.inWorld, 'ip', 'route', 'add', '10.9.9.0/24', 'via', '203.0.113.2');
  host.run(
    'nsenter',
    '--net=/run/netns/foreign',
    'nft',
    `
    add table inet seen; add chain inet seen came { type filter hook prerouting priority 0; }
    add rule inet seen came ip saddr 203.0.113.1 counter`,
  );
  const knocks = () => host.run(...host.inWorld, 'ping', '-c2', '-i0.2', '-W1', '10.9.9.2');
  const seen = () => host.sh('nsenter --net=/run/netns/foreign nft list table inet seen');
  const running = await openHostLab(host, 'outside', lab);
  await untilReached('inet');
  knocks();
  expect(seen()).toContain('counter packets 0');
  // It is our rules that hold it back. They are put back when somebody takes them away, so who knocks has to be quick.
  const knockWithout = `nft flush table inet vl-out; ${host.inWorld.join(' ')} ping -c1 -W1 10.9.9.2 || :`;
  const seenWithout = () => [host.sh(knockWithout), seen()].at(1);
  await expect.poll(seenWithout).not.toContain('counter packets 0');
  await running.close();
});

it('two labs with the same subnet each have theirs; forwarding goes back with the last', async () => {
  const before = await machine();
  const first = await openHostLab(host, 'first', lab);
  const second = await openHostLab(host, 'second', other);
  await untilReached('inet');
  await untilReached('inet2');
  expect(host.lookAtRoot()).toContain('ipv4/conf/outside/forwarding:1');
  await first.close();
  await untilReached('inet2');
  await second.close();
  expect(host.lookAtRoot()).toBe(before);
});

it('switches that stood on before stay on', async () => {
  const before = await machine('sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1');
  const running = await openHostLab(host, 'outside', lab);
  await untilReached('inet');
  await running.close();
  expect(host.lookAtRoot()).toBe(before);
});

it('switches that somebody turns on meanwhile are his', async () => {
  await machine();
  const running = await openHostLab(host, 'outside', lab);
  await untilReached('inet');
  host.sh('sysctl -qw net.ipv4.ip_forward=1');
  await running.close();
  expect(host.sh('sysctl -n net.ipv4.ip_forward net.ipv4.conf.outside.forwarding')).toBe('1\n1\n');
  expect(host.run('ls', '/run/vethlab/forwarding', '/run/vethlab/ways-out').stdout.trim().split(/\s+/)).toEqual([
    '/run/vethlab/forwarding:',
    '/run/vethlab/ways-out:',
  ]);
});

it('an agent that is killed leaves it to the next, or to `down`, which puts everything back', async () => {
  const before = await machine();
  const running = await openHostLab(host, 'killed', lab);
  await untilReached('inet');
  host.sh(`kill -KILL $(cut -d ' ' -f 1 /run/vethlab/agents/killed.pid)`);
  await expect.poll(() => host.run('pgrep', '-f', '[v]ethlab-guard').stdout).toBe('');
  expect(host.lookAtRoot()).not.toBe(before);
  expect(host.vethlab('down', '--all')).toMatchObject({ status: 0, stderr: '' });
  expect(host.lookAtRoot()).toBe(before);
  await running.agent.leave?.();
});

it('what somebody takes away is put back: the rules, forwarding, the pair, the guard', async () => {
  await machine();
  const running = await openHostLab(host, 'outside', lab);
  await untilReached('inet');
  host.sh('nft delete table inet vl-out0; sysctl -qw net.ipv4.conf.outside.forwarding=0');
  await untilReached('inet');
  host.sh('ip link del vl-out0');
  await untilReached('inet');
  host.sh("pkill -KILL -f '[v]ethlab-guard'");
  await untilReached('inet');
  await running.close();
});

it('names are answered by a name server on the machine’s own loopback', async () => {
  await machine('echo nameserver 127.0.0.53 > /run/resolv.conf && mount --bind /run/resolv.conf /etc/resolv.conf');
  host.start('python3', '-c', `${nameServerAt('127.0.0.53')}\nnames()`);
  const running = await openHostLab(host, 'outside', lab);
  const answer = () => host.run('ip', 'netns', 'exec', 'inet', 'getent', 'ahostsv4', 'www.example.test').stdout;
  await expect.poll(answer).toContain('203.0.113.1');
  await running.close();
});

describe.skipIf(!mayOpenTun)('pasta is the way out where the machine’s own network cannot be', () => {
  const usesPasta = () => host.run('pgrep', '-f', '[n]s-ifname outside').stdout !== '';

  it.each([
    [
      'an open port of a machine that is closed by a firewall',
      withPort,
      'nft "add table inet fw; add chain inet fw input { type filter hook input priority 0; policy drop; }; add rule inet fw input iif lo accept; add rule inet fw input meta l4proto ipv6-icmp accept; add rule inet fw input ct state established,related accept"',
    ],
    ['rules of policy routing', lab, 'ip rule add fwmark 7 table 7'],
    [
      'a name server behind another interface',
      lab,
      'echo nameserver 10.9.9.2 > /run/resolv.conf && mount --bind /run/resolv.conf /etc/resolv.conf',
    ],
  ])('%s', async (_, topology, prepare) => {
    const before = await machine(`sysctl -qw net.ipv4.ping_group_range='0 0'\n${prepare}`);
    const running = await openHostLab(host, 'outside', topology);
    expect(running.report.failures).toEqual([]);
    await untilReached('inet');
    expect(usesPasta()).toBe(true);
    expect(host.lookAtRoot()).toBe(before);
    await running.close();
  });

  it('a machine that is closed by a firewall, when nothing of it is asked for: its own network', async () => {
    await machine(
      "nft 'add table inet fw; add chain inet fw input { type filter hook input priority 0; policy drop; }'",
    );
    host.sh('echo nameserver 203.0.113.1 > /run/resolv.conf && mount --bind /run/resolv.conf /etc/resolv.conf');
    const running = await openHostLab(host, 'outside', lab);
    await expect
      .poll(() => host.run('ip', 'netns', 'exec', 'inet', 'ping', '-c1', '-W1', '203.0.113.1').status)
      .toBe(0);
    expect(usesPasta()).toBe(false);
    await running.close();
  });
});

it.skipIf(!mayOpenTun)('when a firewall comes that has a say about what is forwarded, pasta goes on', async () => {
  // pasta pings as an ordinary program does, icmp(7).
  await machine("sysctl -qw net.ipv4.ping_group_range='0 0'");
  const running = await openHostLab(host, 'outside', lab);
  await untilReached('inet');
  expect(host.run('pgrep', '-f', '[n]s-ifname outside').stdout).toBe('');
  host.sh("nft 'add table inet fw; add chain inet fw forward { type filter hook forward priority 0; policy drop; }'");
  await expect.poll(() => host.run('pgrep', '-f', '[n]s-ifname outside').stdout).not.toBe('');
  await untilReached('inet');
  expect(host.sh('nft list tables')).not.toContain('vl-out');
  await running.close();
});
