import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const builtModule = fileURLToPath(new URL('../../dist/index.js', import.meta.url));

/** Size of the table of open files of a new process, as the kernel tells it (proc_pid_status(5)), and how many are open, before and after. */
function reserveInNewProcess(count: number, limits: readonly string[] = []) {
  const script = `
    import { readdirSync, readFileSync } from 'node:fs';
    import { reserveFiles } from ${JSON.stringify(builtModule)};
    const look = () => ({
      size: Number(/FDSize:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]),
      open: readdirSync('/proc/self/fd').length,
    });
    const before = look();
    await reserveFiles(${count});
    console.log(JSON.stringify({ before, after: look() }));
  `;
  const [file = '', ...args] = [...limits, process.execPath, '--input-type=module', '--eval', script];
  const run = spawnSync(file, args, { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  type Look = { readonly size: number; readonly open: number };
  return JSON.parse(run.stdout) as { readonly before: Look; readonly after: Look };
}

it('makes the table of open files as large as it will be needed, and leaves nothing open', () => {
  const { before, after } = reserveInNewProcess(5000);
  expect(before.size).toBeLessThan(5000);
  expect(after.size).toBeGreaterThanOrEqual(5000);
  expect(after.open).toBe(before.open);
});

it('takes what the limit of the process allows', () => {
  const { after } = reserveInNewProcess(5000, ['prlimit', '--nofile=2000:2000']);
  expect(after.size).toBeGreaterThanOrEqual(1024);
});
