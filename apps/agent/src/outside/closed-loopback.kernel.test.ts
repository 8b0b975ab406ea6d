import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  answersAt,
  forgeDatagrams,
  gateways,
  leadLoopbackOut,
  listenIn,
  loopbacks,
  namespacesByNumber,
  towardsTheMachine,
} from '../testing/ask-everywhere.js';
import { openHostLab } from '../testing/host-lab.js';
import { MachineServer } from '../testing/machine-server.js';
import { SandboxedLab, topologyOf } from '../testing/sandboxed-lab.js';
import { TestHost } from '../testing/test-host.js';
import { mayOpenTun } from '../testing/tun.js';

const lab = (hostPorts: string) =>
  topologyOf(`
vethlab: 1
name: Closed
nodes:
  h1:
    kind: host
    interfaces: { eth0: { addresses: [10.0.0.1/24, "fd00:7::1/64"] } }
    routes: [{ to: default, via: 10.0.0.254 }, { to: default, via: "fd00:7::fe" }]
  inet:
    kind: internet
    hostPorts: ${hostPorts}
    interfaces: { eth0: { addresses: [10.0.0.254/24, "fd00:7::fe/64"] } }
links:
  - endpoints: ["h1:eth0", "inet:eth0"]
`);

let host: TestHost;

beforeAll(async () => {
  host = await TestHost.make();
  host.giveOutside();
  // A way out has IPv6 where the machine has: the loopback is closed there too.
  host.sh('ip -6 route add default via 2001:db8:99::1');
});
afterAll(() => host.close());

const runtimes = {
  sandbox: { machine: () => [], open: (ports: string) => SandboxedLab.open(lab(ports)) },
  host: { machine: () => host.enter, open: (ports: string) => openHostLab(host, 'closed', lab(ports)) },
  // With a firewall that has a say about what passes, the way out is pasta there as well.
  'host, by pasta': {
    machine: () => host.enter,
    open: (ports: string) => {
      host.sh(
        "nft 'add table inet fw; add chain inet fw forward { type filter hook forward priority 0; policy drop; }'",
      );
      return openHostLab(host, 'closed', lab(ports));
    },
  },
};
const withoutTun = ['host'] as const;
const everyWay = [...withoutTun, 'host, by pasta', 'sandbox'] as const;

const onThisMachine = {
  run: (file: string, ...args: string[]) => spawnSync(file, args, { encoding: 'utf8' }),
};

describe.each(mayOpenTun ? everyWay : withoutTun)('the loopback of the machine (%s)', (runtime) => {
  it('is closed to every node, over TCP and UDP, IPv4 and IPv6, at the gateway and by routes; an opened port is one of TCP', async () => {
    const { machine, open } = runtimes[runtime];
    const server = await MachineServer.start(machine());
    const running = await open('[]');
    try {
      expect(running.report.failures).toEqual([]);
      // On a busy machine IPv6 follows a little later.
      const way6 = () => running.run('ip', '-6', '-n', 'inet', 'route', 'show', 'default').stdout;
      const untilIpv6 = () => expect.poll(way6).toContain('dev uplink');
      await untilIpv6();
      // It is there: whoever is on the machine itself reaches all of it.
      const onMachine = runtime === 'sandbox' ? onThisMachine : host;
      const all = ['tcp 127.0.0.1', 'tcp ::1', 'udp 127.0.0.1', 'udp ::1'];
      expect(answersAt(onMachine, null, server.port, loopbacks)).toEqual(all);
      for (const node of ['h1', 'inet'])
        expect([node, answersAt(running, node, server.port, [...gateways, ...loopbacks])]).toEqual([node, []]);
      await running.edit({ type: 'set-outside', node: 'inet', hostPorts: [server.port] } as never);
      for (const node of ['h1', 'inet'])
        expect(answersAt(running, node, server.port, gateways)).toEqual(['tcp 198.18.0.1']);
      await running.edit({ type: 'set-outside', node: 'inet', hostPorts: null } as never);
      await untilIpv6();
      running.run('nsenter', '--net=/run/netns/inet', 'sh', '-c', leadLoopbackOut);
      for (const address of loopbacks)
        expect(running.run('ip', '-n', 'inet', 'route', 'get', address).stdout).toContain('dev uplink');
      expect(answersAt(running, 'inet', server.port, [...gateways, ...loopbacks])).toEqual([]);
      // Nor by frames that no kernel would send: IPv4 in IPv6 clothes is the loopback to whoever connects to it.
      forgeDatagrams(running, 'inet', towardsTheMachine, server.port, [
        ...loopbacks,
        '::ffff:127.0.0.1',
        '::',
        '0.0.0.0',
      ]);
      // Such frames are good ones: where nothing holds them back, they are heard.
      const { heard, isEnded } = listenIn(running, 'h1', server.port);
      await expect.poll(heard).toEqual(['listening']);
      const towardsH1 = { ifname: 'eth0', neighbour: '10.0.0.1', sources: ['10.0.0.9', 'fd00:7::9'] } as const;
      forgeDatagrams(running, 'inet', towardsH1, server.port, ['10.0.0.1', 'fd00:7::1']);
      await expect.poll(heard).toEqual(['listening', '::ffff:10.0.0.9', 'fd00:7::9']);
      await expect.poll(isEnded).toBe(true);
      // Who came is told in order: once the last who may have come is there, nobody else was between.
      expect(answersAt(onMachine, null, server.port, loopbacks)).toEqual(all);
      await expect.poll(() => server.visitors.length).toBeGreaterThanOrEqual(2 * all.length + 2);
      expect(server.visitors).toHaveLength(2 * all.length + 2);
      // On the machine itself root is root; in a sandbox nobody looks behind the uplink.
      const beyond = runtime === 'sandbox' ? ['Permission denied'] : [];
      expect(namespacesByNumber(running, 'inet')).toEqual(['Invalid argument', ...beyond, 'there']);
    } finally {
      await running.close();
      server.stop();
    }
  });
});
