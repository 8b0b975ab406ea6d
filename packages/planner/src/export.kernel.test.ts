import { readdirSync, readFileSync } from 'node:fs';
import type { FeatureName } from '@vethlab/observed';
import { parseLabFile, type Topology } from '@vethlab/topology';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { driftOf } from './drift.js';
import { featuresAskedBy } from './features/without-missing.js';
import { scriptOf } from './shell/script.js';
import { readKernel } from './testing/read-kernel.js';
import { SandboxShell } from './testing/sandbox-shell.js';

const LABS = new URL('../../../labs/', import.meta.url);

function labOf(file: string): Topology {
  const { topology, diagnostics } = parseLabFile(readFileSync(new URL(file, LABS), 'utf8'));
  if (topology === null) throw new Error(`${file}: ${JSON.stringify(diagnostics)}`);
  return topology;
}

const ofFullKernel: ReadonlySet<FeatureName> = new Set([
  'vrf',
  'vlan',
  'dummy',
  'bond',
  'gre',
  'netem',
  'vlan-filtering',
]);

function isForAnyKernel(file: string): boolean {
  return ![...featuresAskedBy(labOf(file))].some((feature) => ofFullKernel.has(feature));
}

function hasWayOut(file: string): boolean {
  return Object.values(labOf(file).nodes).some(({ kind }) => kind === 'internet');
}

/**
 * What a kernel may lack is exported and typed in the full one, and a way out on a machine with a network (examples.uml.test.ts
 * and outside/on-a-machine.kernel.test.ts in the agent).
 */
const all = readdirSync(LABS)
  .filter((file) => file.endsWith('.lab.yaml'))
  .filter((file) => isForAnyKernel(file) && !hasWayOut(file));

/** That each script builds what the agent builds is tested there; that pings answer then, with these, or with all in the long variant. */
const files =
  process.env.VETHLAB_FULL === undefined ? ['router', 'nat', 'dual-stack'].map((name) => `${name}.lab.yaml`) : all;

/** Duplicate address detection of one address takes one to two seconds (RFC 4862). */
const DAD_DEADLINE_MS = 60_000;

/**
 * The kernel checks its own link-local addresses for duplicates, and a router asks for neighbours from such an address:
 * until then it forwards no IPv6. (Addresses of the lab are set with nodad and are ready at once.)
 */
async function linkLocalAddressesAreReady(shell: SandboxShell): Promise<void> {
  const deadline = performance.now() + DAD_DEADLINE_MS;
  while (performance.now() < deadline) {
    const { namespaces } = await readKernel(shell);
    const interfaces = Object.values(namespaces).flatMap((namespace) => Object.values(namespace.interfaces));
    if (!interfaces.some(({ addresses }) => addresses.some(({ tentative }) => tentative))) return;
  }
}

describe.each(files)('the exported script of %s, run with the real ip', (file) => {
  let shell: SandboxShell;

  beforeEach(async () => {
    shell = await SandboxShell.open();
  });

  afterEach(async () => {
    await shell.close();
  });

  it('makes every namespace, address and route of the lab, and every probe answers', async () => {
    const topology = labOf(file);
    const built = await shell.run(scriptOf(topology));
    expect(built).toMatchObject({ exitCode: 0, stderr: '' });

    const observed = await readKernel(shell);
    expect(Object.keys(observed.namespaces).sort()).toEqual(Object.keys(topology.nodes).sort());
    for (const [name, node] of Object.entries(topology.nodes)) {
      const namespace = observed.namespaces[name];
      for (const [ifname, { addresses }] of Object.entries(node.interfaces)) {
        const found = namespace?.interfaces[ifname]?.addresses.filter((one) => !one.kernelMade);
        expect(found?.map((one) => one.address)).toEqual(addresses);
      }
      const routes = namespace?.routes.map(({ to, via }) => ({ to, via }));
      expect(routes).toEqual(node.routes.map(({ to, via }) => ({ to, via })));
    }
    expect(driftOf({ topology, observed })).toEqual([]);

    await linkLocalAddressesAreReady(shell);
    expect(topology.probes.length).toBeGreaterThan(0);
    for (const { from, to, expect: expected } of topology.probes) {
      // A port with spanning tree forwards after four seconds.
      const patience = expected === 'none' ? 2 : 15;
      const ping = await shell.run(`ip netns exec ${from} ping -c1 -w${patience} ${to}`);
      expect(ping.exitCode === 0, `ping from ${from} to ${to}`).toBe(expected !== 'none');
    }
  });
});
