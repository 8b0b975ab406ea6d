import { parseLabFile } from '@vethlab/topology';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { driftOf } from '../drift.js';
import { readKernel } from '../testing/read-kernel.js';
import { SandboxShell } from '../testing/sandbox-shell.js';
import { scriptOf } from './script.js';

/** Words of `ip` itself, beginnings of them, and numbers: all are names that the document allows. */
const NAMES = [
  'a',
  'up',
  'mtu',
  'dev',
  'type',
  'name',
  'netns',
  'add',
  'default0',
  'no',
  '1',
  '42',
  'peer',
  'veth',
  'br0',
  'on',
];

describe('commands for names that ip could take for its own words', () => {
  let shell: SandboxShell;

  beforeAll(async () => {
    shell = await SandboxShell.open();
  });

  afterAll(async () => {
    await shell.close();
  });

  it('mean the names, not the words', async () => {
    const lines = ['vethlab: 1', 'name: Words', 'nodes:'];
    for (const [index, name] of NAMES.entries()) {
      const far = NAMES.at(index - 1);
      lines.push(`  "${name}":`, '    kind: router', '    interfaces:');
      lines.push(`      "${name}": { addresses: [10.0.${index}.1/24, "2001:db8:${index}::1/64"], mtu: 1400 }`);
      lines.push(`      "${far}": { addresses: [10.0.${(index + 15) % 16}.2/24] }`);
      lines.push('    routes:', `      - { to: 10.9.0.0/16, dev: "${name}", metric: 7 }`);
      lines.push(
        `    nat: { masquerade: [{ out: "${name}" }], forwards: [{ in: "${name}", protocol: udp, port: 7, to: 10.0.0.9 }] }`,
      );
      lines.push(
        `    firewall: { forward: { policy: drop, rules: [{ in: "${name}", out: "${far}", action: accept }] } }`,
      );
    }
    lines.push('links:');
    for (const [index, name] of NAMES.entries()) {
      lines.push(`  - { endpoints: ["${name}:${name}", "${NAMES[(index + 1) % 16]}:${name}"] }`);
    }
    const { topology, diagnostics } = parseLabFile(`${lines.join('\n')}\n`);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    if (topology === null) return;

    const built = await shell.run(scriptOf(topology));
    expect(built).toMatchObject({ exitCode: 0, stderr: '' });
    expect(driftOf({ topology, observed: await readKernel(shell) })).toEqual([]);
  });
});
