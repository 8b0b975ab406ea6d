import type { Topology } from '@vethlab/topology';
import { afterEach, describe, expect, it } from 'vitest';
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

const example = `${repository}labs/internet.lab.yaml`;

let host: TestHost | undefined;
afterEach(() => host?.close());

/** A machine without these programs: something that is no program lies over each, in its mount namespace alone. */
async function machineWithout(...programs: readonly string[]): Promise<TestHost> {
  host = await TestHost.make();
  for (const program of programs) {
    host.sh(`for folder in $(echo "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin:$PATH" | tr : ' '); do
      [ ! -f "$folder/${program}" ] || mount --bind /dev/null "$folder/${program}"
    done`);
    expect(host.run('sh', '-c', `command -v ${program}`).stdout).toBe('');
  }
  return host;
}

/** The lab is what it can be here, and nothing is left to do. */
async function expectSettled(running: SandboxedLab): Promise<void> {
  expect(running.report).toMatchObject({ failures: [], differences: [] });
  expect((await running.agent.request({ type: 'plan', diff: null })).steps).toEqual([]);
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
});
