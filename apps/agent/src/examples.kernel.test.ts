import { readdirSync } from 'node:fs';
import type { Observed, ObservedInterface } from '@vethlab/observed';
import { scriptOf } from '@vethlab/planner';
import { probeKey, type Topology } from '@vethlab/topology';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openHostLab } from './testing/host-lab.js';
import { exampleLab, SandboxedLab } from './testing/sandboxed-lab.js';
import { TestHost } from './testing/test-host.js';

const examples = readdirSync(new URL('../../../labs', import.meta.url))
  .filter((name) => name.endsWith('.lab.yaml'))
  .map((name) => name.replace('.lab.yaml', ''));

const open: SandboxedLab[] = [];

async function openLab(...options: Parameters<typeof SandboxedLab.open>): Promise<SandboxedLab> {
  const lab = await SandboxedLab.open(...options);
  open.push(lab);
  return lab;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((lab) => lab.close()));
  expect(host.look()).toBe(foreign);
});

/** A machine for the labs of the host runtime, with somebody else's things on it. */
let host: TestHost;
let foreign: string;

beforeAll(async () => {
  host = await TestHost.make();
  foreign = host.look();
});
afterAll(() => host.close());

const runtimes = {
  sandbox: (_name: string, topology: Topology) => openLab(topology),
  host: async (name: string, topology: Topology) => {
    const lab = await openHostLab(host, name, topology);
    open.push(lab);
    return lab;
  },
} as const;

const cases = examples.flatMap((name) => [
  { name, runtime: 'sandbox' as const },
  { name, runtime: 'host' as const },
]);

describe.each(cases)('the example lab $name in the runtime $runtime', ({ name, runtime }) => {
  it('applies, verifies, and answers all its probes but those that must not be answered', async () => {
    const topology = exampleLab(name);
    const lab = await runtimes[runtime](name, topology);
    expect(lab.report.failures).toEqual([]);
    expect(lab.report.differences).toEqual([]);
    expect(topology.probes.length).toBeGreaterThan(0);
    for (const probe of topology.probes) {
      const key = probeKey(probe);
      const isBlocked = probe.expect === 'none';
      await lab.until(
        () => lab.samples.some((sample) => sample.key === key && (sample.outcome.kind === 'reply') !== isBlocked),
        `the probe ${key} is ${isBlocked ? 'not ' : ''}answered`,
      );
      // A second opinion, not ours.
      const ping = lab.run('nsenter', `--net=/run/netns/${probe.from}`, 'ping', '-c1', '-W2', probe.to);
      expect([key, ping.status === 0]).toEqual([key, !isBlocked]);
    }
  });

  it('has an empty second plan', async () => {
    const lab = await runtimes[runtime](name, exampleLab(name));
    const { steps } = await lab.agent.request({ type: 'plan', diff: null });
    expect(steps.map(({ object, reason }) => `${object}: ${reason}`)).toEqual([]);
  });

  it('exports a script that builds the same observed state', async () => {
    const topology = exampleLab(name);
    const drawn = await runtimes[runtime](name, topology);
    const typed = await openLab();
    const script = typed.run('sh', '-euc', scriptOf(topology));
    expect(script.stderr).toBe('');
    expect(script.status).toBe(0);
    await typed
      .until(
        () => JSON.stringify(comparable(typed.observed)) === JSON.stringify(comparable(drawn.observed)),
        'both sandboxes look the same',
      )
      .catch(() => expect(comparable(typed.observed)).toEqual(comparable(drawn.observed)));
  });
});

/** What two sandboxes must share: everything but identities that the kernel chooses (indexes, inodes, random MACs and what follows from them). */
function comparable(observed: Observed): unknown {
  return sorted(observed.namespaces).map(([name, { forwarding, interfaces, routes, tables }]) => ({
    name,
    forwarding,
    tables,
    interfaces: sorted(interfaces).map(([, one]) => comparableInterface(one)),
    routes: [...routes].sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))),
  }));
}

function comparableInterface({ ifindex: _, mac: __, addresses, ...rest }: ObservedInterface): unknown {
  return {
    ...rest,
    addresses: addresses.filter(({ kernelMade }) => !kernelMade).sort((a, b) => a.address.localeCompare(b.address)),
  };
}

function sorted<Value>(record: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(record).sort(([a], [b]) => a.localeCompare(b));
}
