import { chmodSync, mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { captureCommand } from './run-command.js';

const bounds = { timeoutMs: 10_000, maxBytes: 1_000 };

it('gives what a command printed', async () => {
  expect(await captureCommand({ command: ['printf', '%s', '$(id)\n'], ...bounds })).toEqual({
    outcome: 'done',
    stdout: '$(id)\n',
  });
});

it('tells a command that is not installed, also behind one that starts it', async () => {
  expect(await captureCommand({ command: ['no-such-program'], ...bounds })).toEqual({ outcome: 'missing' });
  const behind = ['env', 'no-such-program'] as const;
  expect(await captureCommand({ command: behind, ...bounds })).toEqual({ outcome: 'missing' });
});

it('tells the same where a folder of PATH is not ours to search, as those of root are not in a sandbox that root started', async () => {
  const closed = mkdtempSync(join(tmpdir(), 'vethlab-closed-'));
  chmodSync(closed, 0);
  vi.stubEnv('PATH', `${closed}:${process.env.PATH}`);
  try {
    for (const command of [['no-such-program'], ['env', 'no-such-program']] as const)
      expect(await captureCommand({ command, ...bounds })).toEqual({ outcome: 'missing' });
  } finally {
    vi.unstubAllEnvs();
    rmdirSync(closed);
  }
});

it('ends a command that takes too long, or prints too much', async () => {
  const started = performance.now();
  expect(await captureCommand({ command: ['sleep', '60'], ...bounds, timeoutMs: 100 })).toEqual({
    outcome: 'timed-out',
  });
  expect(await captureCommand({ command: ['yes'], ...bounds })).toEqual({ outcome: 'too-long' });
  expect(performance.now() - started).toBeLessThan(10_000);
});

it('has the words of a command that failed', async () => {
  const command = ['sh', '-c', 'echo not so >&2; exit 3'] as const;
  expect(await captureCommand({ command, ...bounds })).toEqual({ outcome: 'failed', stderr: 'not so\n' });
});

it('gives a command no environment but the way to find programs', async () => {
  const captured = await captureCommand({ command: ['env'], ...bounds });
  const names =
    captured.outcome === 'done'
      ? captured.stdout
          .trim()
          .split('\n')
          .map((line) => line.split('=')[0])
      : [];
  expect(names.sort()).toEqual(['LC_ALL', 'PATH']);
});
