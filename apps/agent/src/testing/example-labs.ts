import { readdirSync } from 'node:fs';
import type { FeatureName, Observed, ObservedInterface } from '@vethlab/observed';
import { featuresAskedBy, scriptOf } from '@vethlab/planner';
import { type Probe, probeKey, type Topology } from '@vethlab/topology';
import { expect } from 'vitest';
import { exampleLab, SandboxedLab } from './sandboxed-lab.js';

/** What the second kernel (scripts/uml) is for: the kernel that runs the tests may lack it. */
const ofFullKernel: ReadonlySet<FeatureName> = new Set([
  'vrf',
  'vlan',
  'dummy',
  'bond',
  'gre',
  'netem',
  'vlan-filtering',
]);

const names = readdirSync(new URL('../../../../labs', import.meta.url))
  .filter((name) => name.endsWith('.lab.yaml'))
  .map((name) => name.replace('.lab.yaml', ''));

function isForFullKernel(name: string): boolean {
  return [...featuresAskedBy(exampleLab(name))].some((feature) => ofFullKernel.has(feature));
}

function hasWayOut(name: string): boolean {
  return Object.values(exampleLab(name).nodes).some(({ kind }) => kind === 'internet');
}

/** Example labs that any kernel can do as they are, those that need the full one, and those that need a machine with a network. */
export const examples = {
  ofAnyKernel: names.filter((name) => !isForFullKernel(name) && !hasWayOut(name)),
  withWayOut: names.filter(hasWayOut),
  ofFullKernel: names.filter(isForFullKernel),
};

/** Everything takes several times as long in the second kernel. */
const patience = process.env.VETHLAB_UML === '1' ? 5 : 1;

/** The lab is in the kernel as its file says, and each probe is answered but those that must not be. */
export async function expectApplied(lab: SandboxedLab, topology: Topology): Promise<void> {
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
  }
  // A second opinion, not ours, on all of them at once: what must not answer is waited for.
  const answered = await Promise.all(
    topology.probes.map(async (probe) => [probeKey(probe), (await ping(lab, probe)) === 0]),
  );
  expect(answered).toEqual(topology.probes.map((probe) => [probeKey(probe), probe.expect !== 'none']));
}

/** More than one packet where answers are expected, because some examples lose some. */
function ping(lab: SandboxedLab, { from, vrf, to, expect: expected }: Probe): Promise<number | null> {
  const wait = expected === 'none' ? ['-c1', '-W2'] : ['-c4', '-i0.2', `-W${2 * patience}`];
  const bind = vrf === undefined ? [] : ['-I', vrf];
  return lab.exitCodeOf('nsenter', `--net=/run/netns/${from}`, 'ping', ...bind, ...wait, to);
}

export async function expectNothingLeft(lab: SandboxedLab): Promise<void> {
  const { steps } = await lab.agent.request({ type: 'plan', diff: null });
  expect(steps.map(({ object, reason }) => `${object}: ${reason}`)).toEqual([]);
  // The second kernel takes a second for each of these programs.
  if (process.env.VETHLAB_UML !== '1') await expectNothingBeyond(lab);
}

/** A lab makes nothing that would be told as somebody's: everything is looked at that is only looked at after somebody did something. */
async function expectNothingBeyond(lab: SandboxedLab): Promise<void> {
  const names = Object.keys(lab.observed.namespaces);
  const seen = () =>
    names.flatMap((name) => lab.observed.namespaces[name]?.beyond ?? []).map(({ kind, text }) => `${kind} ${text}`);
  await lab.agent.request({ type: 'repair', items: null });
  expect(seen()).toEqual([]);
  const setTtl = 'for name in "$@"; do ip netns exec "$name" sysctl -qw net.ipv4.ip_default_ttl=65; done';
  expect(lab.run('sh', '-ec', setTtl, '_', ...names)).toMatchObject({ status: 0, stderr: '' });
  await lab.until(() => seen().length === names.length, 'every node tells its sysctl');
  expect(new Set(seen())).toEqual(new Set(['sysctl net.ipv4.ip_default_ttl = 65']));
}

/** The exported script, typed in a sandbox of its own, gives the same as was made, in however many runtimes. */
export async function expectSameWhenTyped(drawn: SandboxedLab, topology: Topology, ...alike: SandboxedLab[]) {
  const typed = await SandboxedLab.open();
  try {
    const script = typed.run('sh', '-euc', scriptOf(topology));
    expect(script.stderr).toBe('');
    expect(script.status).toBe(0);
    for (const made of [drawn, ...alike]) {
      await typed
        .until(
          () => JSON.stringify(comparable(typed.observed)) === JSON.stringify(comparable(made.observed)),
          'both sandboxes look the same',
        )
        .catch(() => expect(comparable(typed.observed)).toEqual(comparable(made.observed)));
    }
    expect(Object.values(typed.observed.namespaces).flatMap(({ beyond }) => beyond ?? [])).toEqual([]);
  } finally {
    await typed.close();
  }
}

/** What two sandboxes must share: everything but identities that the kernel chooses (indexes, inodes, random MACs and what follows from them). */
function comparable(observed: Observed): unknown {
  return sorted(observed.namespaces).map(([name, { forwarding, interfaces, routes, tables }]) => ({
    name,
    forwarding,
    tables,
    // Which port of spanning tree blocks is decided by MACs.
    interfaces: sorted(interfaces).map(([, one]) => comparableInterface(one, interfaces.br0?.stp === true)),
    routes: [...routes].sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))),
  }));
}

function comparableInterface(
  { ifindex: _, mac: __, addresses, portState, ...rest }: ObservedInterface,
  isInTree: boolean,
): unknown {
  return {
    ...rest,
    portState: isInTree ? null : portState,
    addresses: addresses.filter(({ kernelMade }) => !kernelMade).sort((a, b) => a.address.localeCompare(b.address)),
  };
}

function sorted<Value>(record: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(record).sort(([a], [b]) => a.localeCompare(b));
}
