import type { LiveNews } from '@vethlab/protocol';
import type { Topology } from '@vethlab/topology';
import { afterEach, describe, expect, it } from 'vitest';
import { expectNothingLeft } from '../testing/example-labs.js';
import { openHostLab } from '../testing/host-lab.js';
import { type SandboxedLab, topologyOf } from '../testing/sandboxed-lab.js';
import { repository, TestHost } from '../testing/test-host.js';

const lab: Topology = topologyOf(`
vethlab: 1
name: Out
nodes:
  h1:
    kind: host
    interfaces: { eth0: { addresses: [10.0.0.1/24] } }
    routes: [{ to: default, via: 10.0.0.254 }]
  inet: { kind: internet, hostPorts: [9000], interfaces: { eth0: { addresses: [10.0.0.254/24] } } }
links:
  - endpoints: ["h1:eth0", "inet:eth0"]
`);

/** Two hosts and a router that limits what goes to h2, and lets nobody begin there. */
const withRules: Topology = topologyOf(`
vethlab: 1
name: Rules
nodes:
  h1:
    kind: host
    interfaces: { eth0: { addresses: [10.1.0.2/24] } }
    routes: [{ to: default, via: 10.1.0.1 }]
  r:
    kind: router
    interfaces:
      eth0: { addresses: [10.1.0.1/24] }
      eth1: { addresses: [10.2.0.1/24], impairment: { rate: 10mbit } }
    firewall:
      forward:
        policy: drop
        rules:
          - { state: [established, related], action: accept }
          - { in: eth0, out: eth1, action: accept }
  h2:
    kind: host
    interfaces: { eth0: { addresses: [10.2.0.2/24] } }
    routes: [{ to: default, via: 10.2.0.1 }]
links:
  - endpoints: ["h1:eth0", "r:eth0"]
  - endpoints: ["r:eth1", "h2:eth0"]
`);

const example = `${repository}labs/internet.lab.yaml`;

let host: TestHost | undefined;
afterEach(() => host?.close());

/** Where the test itself still has what its machine is without. Sandboxes have a /run of their own, and see this. */
const shelf = '/dev/shm';
const kept = `${shelf}/kept`;

/**
 * A machine without these programs: over each folder that has one lies another, with everything else of it, in the mount namespace of the
 * machine alone. There is nothing of the name left: what is there and cannot be run gives another error.
 */
async function machineWithout(...programs: readonly string[]): Promise<TestHost> {
  host = await TestHost.make();
  host.sh(`mount -t tmpfs tmpfs ${shelf} && mkdir ${kept}`);
  for (const program of programs) {
    host.sh(`for folder in $(echo "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin:$PATH" | tr : ' '); do
      [ -f "$folder/${program}" ] || continue
      whole=$(mktemp -d ${shelf}/whole.XXXXXX) lacking=$(mktemp -d ${shelf}/lacking.XXXXXX)
      chmod 755 "$whole" "$lacking"
      mount --rbind "$folder" "$whole"
      ln -s "$whole"/* "$lacking"
      mv "$lacking/${program}" ${kept}/
      mount --bind "$lacking" "$folder"
    done`);
    expect(host.run('sh', '-c', `command -v ${program}`).stdout).toBe('');
  }
  return host;
}

/** The lab is what it can be here, and nothing is left to do. */
async function expectSettled(running: SandboxedLab): Promise<void> {
  expect(running.report).toMatchObject({ failures: [], differences: [] });
  await expectNothingLeft(running);
  expect(running.drift).toEqual([]);
  expect(running.run('ip', 'netns', 'exec', 'h1', 'ping', '-c1', '-W5', '10.0.0.254').status).toBe(0);
}

/** Where it has a say about what is forwarded, on the machine itself too only pasta is a way out. */
const firewall = `
  nft add table inet firewall
  nft 'add chain inet firewall forward { type filter hook forward priority 0; policy drop; }'`;

describe('a machine without pasta', () => {
  it('needs none for labs on the machine itself where no firewall is in the way', async () => {
    const machine = await machineWithout('pasta');
    machine.giveOutside();
    const running = await openHostLab(machine, 'lacking', lab);
    await expectSettled(running);
    expect(running.observed.namespaces.inet?.wayOut).toEqual({ subnet: '198.18.0.0/24', hostPorts: [9000] });
    expect(running.run('ip', 'netns', 'exec', 'h1', 'ping', '-c1', '-W5', '203.0.113.1').status).toBe(0);
    await running.close();
  });

  it('has everything of a lab but its way out, says what to install, and has nothing left to do', async () => {
    const machine = await machineWithout('pasta');
    machine.sh(firewall);
    const running = await openHostLab(machine, 'lacking', lab);
    await expectSettled(running);
    expect(running.observed.namespaces.inet).toMatchObject({ forwarding: { ipv4: true, ipv6: true } });
    expect(running.observed.namespaces.inet?.wayOut).toBeUndefined();
    const wayOut = running.features.find(({ name }) => name === 'way-out');
    expect(wayOut).toMatchObject({ available: false, reason: expect.stringContaining('pasta') });
    expect(wayOut?.remedy).toContain('apt-get install passt');
    // Whatever is repaired or edited, no step of a way out is tried.
    expect((await running.agent.request({ type: 'repair', items: null })).report).toMatchObject({ failures: [] });
    const report = await running.edit({ type: 'set-outside', node: 'inet' as never, hostPorts: [] as never });
    expect([report.failures, report.differences]).toEqual([[], []]);
    await running.close();
  });

  it('runs a command in a lab with an internet node, after a warning', async () => {
    const machine = await machineWithout('pasta');
    const { status, stdout, stderr } = machine.vethlab(
      'run',
      example,
      '--',
      'ip',
      'netns',
      'exec',
      'laptop',
      'echo',
      'ran',
    );
    expect([status, stdout]).toEqual([0, 'ran\n']);
    expect(stderr).toMatch(/warning: .*way out in internet is left out.*pasta.*apt-get install passt/s);
  });
});

describe('a machine without nft', () => {
  it('has its ways out all the same', async () => {
    const machine = await machineWithout('nft');
    machine.giveOutside();
    const running = await openHostLab(machine, 'lacking', lab);
    await expectSettled(running);
    expect(running.observed.namespaces.inet?.wayOut).toEqual({ subnet: '198.18.0.0/24', hostPorts: [9000] });
    await running.close();
  });

  it('says what to install where the rules of a node are looked at', async () => {
    const running = await openHostLab(await machineWithout('nft'), 'lacking', withRules);
    const news: LiveNews[] = [];
    running.agent.onMessage((message) => {
      if (message.type === 'live') news.push(message);
    });
    running.agent.send({ type: 'inspect', wishes: [{ node: 'r', sections: ['firewall'] }] });
    const told = () => news.at(-1)?.pieces.firewall;
    await running.until(() => told() !== undefined, 'the firewall is told');
    const problem = { reason: 'nft is not installed.', remedy: 'sudo apt-get install nftables' };
    expect(told()).toEqual({ tables: [], total: 0, problem });
    const { reading } = await running.agent.request({ type: 'look', node: 'r', sections: ['firewall'] });
    expect(reading.pieces.firewall).toEqual(told());
    await running.close();
  });
});

describe('a machine without tc and nft', () => {
  it('has everything of a lab with a rate and a firewall all the same', async () => {
    const running = await openHostLab(await machineWithout('tc', 'nft'), 'lacking', withRules);
    expect(running.report).toMatchObject({ failures: [], differences: [] });
    await expectNothingLeft(running);
    expect(running.drift).toEqual([]);
    const inside = (node: string, ...command: [string, ...string[]]) =>
      running.run('nsenter', `--net=/run/netns/${node}`, ...command);
    expect(inside('h1', 'ping', '-c1', '-W5', '10.2.0.2').status).toBe(0);
    expect(inside('h2', 'ping', '-c1', '-W1', '10.1.0.2').status).not.toBe(0);
    // The machine has none to ask, the test has.
    expect(inside('r', `${kept}/tc`, 'qdisc', 'show', 'dev', 'eth1').stdout).toMatch(/^qdisc tbf .*rate 10Mbit/);
    expect(inside('r', `${kept}/nft`, 'list', 'ruleset').stdout).toMatch(/policy drop[\s\S]*iifname "eth0"/);
    await running.close();
  });
});
