import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Stalls } from '@vethlab/sandbox/testing/own-time';
import { expect, it } from 'vitest';
import { CommandsOfLab } from '../../processes/testing/commands-of-lab.js';
import { TestTerminal } from '../../terminals/testing/test-terminal.js';
import { edit, onTestHost, pair } from '../../testing/host-case.js';
import { topologyOf } from '../../testing/sandboxed-lab.js';

const on = onTestHost();

/** Only root may make groups. */
const canMakeGroups = process.getuid?.() === 0;

const other = topologyOf(`vethlab: 1
name: Other
nodes:
  a1: { kind: host, interfaces: { eth0: { addresses: [10.2.0.1/24] } } }
  a2: { kind: host, interfaces: { eth0: { addresses: [10.2.0.2/24] } } }
links:
  - endpoints: ["a1:eth0", "a2:eth0"]
`);

/** What a file of a lab's groups says. */
function told(...path: readonly string[]): string {
  return readFileSync(join(on.host.groups ?? '', 'vethlab', ...path), 'utf8').trim();
}

/** A bomb takes both cores for as long as it goes: one is enough every time. */
const shells: readonly (readonly [string, string | null])[] = [
  // What it starts is in no namespace of the lab.
  ['of the machine', null],
  ...(process.env.VETHLAB_FULL === undefined ? [] : [['of a node', 'ns1'] as const]),
];

it.skipIf(!canMakeGroups).each(shells)(
  'a fork bomb in a shell %s stays in its lab, another lab answers without a gap, and down ends it',
  async (_, node) => {
    const lab = await on.openLab('pair', pair);
    await on.openLab('other', other);
    const terminal = await TestTerminal.open(lab, node);
    await terminal.until(() => terminal.plain.endsWith('# '), 'the prompt');
    terminal.keeps = false;
    terminal.type('bomb() { bomb | bomb & }; bomb 2>/dev/null\r');
    const running = () => Number(told('lab-pair', 'shells', 'pids.current'));
    await lab.until(() => running() > 1000, 'the bomb has gone off');
    const stalls = new Stalls();
    const ping = ['ip', 'netns', 'exec', 'a1', 'ping', '-D', '-i', '0.1', '-c', '25', '10.2.0.2'] as const;
    const [file, ...words] = on.host.enter;
    const { stdout: pings } = await promisify(execFile)(file, [...words, ...ping]);
    stalls.stop();
    expect(running()).toBeLessThanOrEqual(2048);
    const times = [...pings.matchAll(/\[(\d+\.\d+)\] \d+ bytes from/g)].map(([, time]) => 1000 * Number(time));
    expect(times.length).toBeGreaterThan(20);
    expect(stalls.longestGapMs(times)).toBeLessThan(1000);
    // The agent has room to work, and to start what the lab asks for.
    const commands = new CommandsOfLab(lab);
    await commands.add('ns2', 'job', ['sleep', '1000']);
    await commands.until('ns2:job', 'running');
    expect(on.host.vethlab('down', 'pair')).toMatchObject({ status: 0, stderr: '' });
    expect(readdirSync(join(on.host.groups ?? '', 'vethlab')).filter((name) => name.startsWith('lab-'))).toEqual([
      'lab-other',
    ]);
  },
);

it.skipIf(!canMakeGroups)('everything that a lab starts is counted, and its groups go with it', async () => {
  const lab = await on.openLab('pair', pair);
  const terminal = await TestTerminal.open(lab, null);
  const commands = new CommandsOfLab(lab);
  await commands.add('ns1', 'job', ['sleep', '1000']);
  await commands.until('ns1:job', 'running');
  expect(told('lab-pair', 'pids.max')).toBe('4096');
  expect(Number(told('lab-pair', 'agent', 'pids.current'))).toBeGreaterThan(2);
  expect(Number(told('lab-pair', 'shells', 'pids.current'))).toBeGreaterThan(0);
  terminal.close();
  await terminal.until(() => terminal.exited !== null, 'the shell has ended');
  await lab.edit(edit({ type: 'remove-nodes', nodes: ['ns1'] }));
  expect(on.host.vethlab('down', 'pair')).toMatchObject({ status: 0, stderr: '' });
  expect(readdirSync(on.host.groups ?? '').includes('vethlab')).toBe(false);
});

it('works where no groups can be made', async () => {
  if (on.host.groups !== null)
    on.host.sh('umount /sys/fs/cgroup/pids 2>/dev/null || :; mount -t tmpfs none /sys/fs/cgroup');
  const lab = await on.openLab('pair', pair);
  const terminal = await TestTerminal.open(lab, 'ns1');
  await terminal.run('echo he""re', /here/);
  terminal.close();
});
