// Groups of version 2, which the second kernel has mounted (scripts/uml/init.sh); the machine around it may have those of version 1.
if (process.env.VETHLAB_UML !== '1') {
  throw new Error('*.uml.test.ts run in a second kernel: npm run test:uml, or node scripts/uml/run-tests.mjs FILTER');
}

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ProcessBound, processesInBound, startNoMore } from './process-bound.js';

const ofLab = '/sys/fs/cgroup/vethlab/lab-pair';
const told = (path: string) => readFileSync(path, 'utf8').trim();

it('a lab is bounded in groups of version 2, may be told to start no more, and leaves nothing', async () => {
  const before = told('/proc/self/cgroup');
  const bound = ProcessBound.enter('pair');
  expect(told('/proc/self/cgroup')).toBe('0::/vethlab/lab-pair/agent');
  expect([told(`${ofLab}/pids.max`), told(`${ofLab}/shells/pids.max`)]).toEqual(['4096', '2048']);
  const shell = spawn('sleep', ['1000']);
  bound.shell(shell.pid ?? 0);
  expect(told(`${ofLab}/shells/cgroup.procs`)).toBe(`${shell.pid}`);
  expect(processesInBound('pair')).toContain(shell.pid);
  const startAgain = startNoMore('pair');
  expect(spawnSync('true').error).toMatchObject({ code: 'EAGAIN' });
  startAgain();
  expect(spawnSync('true').status).toBe(0);
  const gone = once(shell, 'exit');
  shell.kill('SIGKILL');
  await gone;
  bound.leave();
  expect(told('/proc/self/cgroup')).toBe(before);
  expect(spawnSync('true').status).toBe(0);
  expect(existsSync('/sys/fs/cgroup/vethlab')).toBe(false);
});
