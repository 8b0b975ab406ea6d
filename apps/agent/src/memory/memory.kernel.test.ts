import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { TestTerminal } from '../terminals/testing/test-terminal.js';
import { exampleLab, SandboxedLab } from '../testing/sandboxed-lab.js';
import { memoryBudget, memoryVariable } from './memory-budget.js';

/** Far under what this machine has, so that the test takes little of it. */
const budgetMb = 160;

let lab: SandboxedLab;
let other: SandboxedLab;

beforeAll(() => {
  process.env[memoryVariable] = `${budgetMb}`;
});
afterAll(() => {
  delete process.env[memoryVariable];
});
beforeEach(async () => {
  [lab, other] = [await SandboxedLab.open(exampleLab('two-hosts')), await SandboxedLab.open(exampleLab('two-hosts'))];
});
afterEach(async () => {
  await Promise.all([lab.close(), other.close()]);
});

async function shell(of: SandboxedLab): Promise<TestTerminal> {
  const terminal = await TestTerminal.open(of, 'ns1');
  await terminal.until(() => terminal.plain.endsWith('# '), 'the prompt');
  return terminal;
}

it('a program that takes more than it may alone is refused it by the kernel, and says so itself', async () => {
  const terminal = await shell(lab);
  await terminal.run('echo most=$(ulimit -d)', new RegExp(`most=${budgetMb * 1024}\\r`));
  await terminal.run('echo first=$(cat /proc/self/oom_score_adj)', /first=900\r/);
  // All of it in one piece: a program that grows bit by bit may be met by the watch on what all take together first.
  await terminal.run('dd if=/dev/zero of=/dev/null bs=300M count=1', /dd: memory exhausted/);
});

it('programs that take too much together are ended, the largest first, and their terminal says so; other labs notice nothing', async () => {
  const [terminal, elsewhere] = [await shell(lab), await shell(other)];
  await elsewhere.run('sleep 1000 & echo sleeper $!', /sleeper \d+/);
  // By hand, so that only what all of them take together counts.
  await terminal.run('for i in 1 2 3; do (head -c 70M /dev/zero | tail -c 70M | sleep 1000) & done; echo go', /go/);
  await terminal.until(
    () =>
      /vethlab: tail \(process \d+\) was ended: it took \d+ MB of memory, and the programs of a lab may take 160 MB together\./.test(
        terminal.plain,
      ),
    'the terminal says it',
  );
  await terminal.run('echo still "here"', /still here/);
  await elsewhere.run('kill -0 $! && echo al"ive"', /alive/);
  expect(terminal.exited).toBeNull();
  expect(lab.run('ip', 'netns', 'exec', 'ns1', 'ping', '-c1', '-W2', '192.168.1.2').status).toBe(0);
});

it('what a lab may take is a quarter of the machine, or what was said', () => {
  const total = 1024 * Number(/MemTotal:\s+(\d+)/.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1]);
  expect(memoryBudget({})).toBe(Math.max(512 * 1024 * 1024, Math.floor(total / 4)));
  expect(memoryBudget({ [memoryVariable]: '64' })).toBe(64 * 1024 * 1024);
  expect(memoryBudget({ [memoryVariable]: 'much' })).toBe(memoryBudget({}));
});
