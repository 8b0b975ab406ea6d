import type { CommandState, CommandStatus, NodeProcess, NodeProcesses } from '@vethlab/protocol';
import { describe, expect, it } from 'vitest';
import { commandLook, hasFailed } from './command-words';
import { failedCommands } from './failed-commands';
import { shownProcesses } from './shown-processes';

const of = (status: CommandState, more: Partial<CommandStatus> = {}): CommandStatus => ({
  node: 'h1',
  name: 'web',
  status,
  restarts: 0,
  stoppedByHand: false,
  ...more,
});

const exited = (exitCode: number | null, signal: string | null, restartAtMs: number | null = null): CommandState => ({
  state: 'exited',
  exitCode,
  signal,
  atMs: 1,
  restartAtMs,
});

describe('the word for a command', () => {
  it.each([
    [undefined, false, 'not running'],
    [undefined, true, 'waits for consent'],
    [of({ state: 'waiting-for-consent' }), true, 'waits for consent'],
    [of({ state: 'running', pid: 7, sinceMs: 1 }), false, 'running'],
    [of({ state: 'failed', error: 'ENOENT: no such program x', atMs: 1 }), false, 'could not be started'],
    [of(exited(0, null)), false, 'ended with 0'],
    [of(exited(3, null)), false, 'ended with 3'],
    [of(exited(null, 'SIGKILL')), false, 'ended by SIGKILL'],
    [of(exited(null, 'SIGTERM'), { stoppedByHand: true }), false, 'stopped'],
  ])('%# says what it does', (status, isWaiting, word) => {
    const look = commandLook(status, isWaiting);
    expect(look.word).toBe(word);
    expect(look.sign).not.toBe('');
  });

  it('shows the error of the system as text that can do nothing', () => {
    const look = commandLook(of({ state: 'failed', error: 'ENOENT: \u001b[2J\u202e', atMs: 1 }), false);
    expect(look.detail).toMatch(/^ENOENT: /);
    expect(look.detail).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

describe('a command has failed', () => {
  it('when it could not be started or ended with a fault, and not when somebody stopped it', () => {
    expect(hasFailed(of({ state: 'failed', error: '', atMs: 1 }))).toBe(true);
    expect(hasFailed(of(exited(1, null)))).toBe(true);
    expect(hasFailed(of(exited(null, 'SIGSEGV')))).toBe(true);
    expect(hasFailed(of(exited(0, null)))).toBe(false);
    expect(hasFailed(of(exited(null, 'SIGTERM'), { stoppedByHand: true }))).toBe(false);
    expect(hasFailed(of({ state: 'running', pid: 1, sinceMs: 1 }))).toBe(false);
  });

  it('and is told for its node', () => {
    const statuses = { 'h1:web': of(exited(1, null)), 'h2:web': of(exited(0, null), { node: 'h2' }) };
    expect([...failedCommands(statuses)]).toEqual([['h1', ['web']]]);
    expect(failedCommands(statuses)).toBe(failedCommands(statuses));
  });
});

const process = (pid: number, more: Partial<NodeProcess> = {}): NodeProcess => ({
  pid,
  parentPid: 1,
  startedTicks: pid,
  startedAtMs: 0,
  arguments: ['sleep', String(pid)],
  state: 'S',
  cpuMs: 0,
  residentBytes: 1024 * 1024,
  command: null,
  ...more,
});

const looks = (takenMs: number, ...processes: NodeProcess[]): NodeProcesses => ({
  takenMs,
  processes,
  total: processes.length,
});

describe('the processes of a node', () => {
  it('have a share of a core from the second look on, and not that of an earlier process with the same number', () => {
    const before = looks(1_000, process(7, { cpuMs: 100 }), process(8, { cpuMs: 900 }));
    const now = looks(2_000, process(7, { cpuMs: 600 }), process(8, { startedTicks: 99, cpuMs: 950 }));
    expect(shownProcesses(now, null, '').map(({ cpu }) => cpu)).toEqual(['…', '…']);
    expect(shownProcesses(now, before, '').map(({ cpu }) => cpu)).toEqual(['50 %', '…']);
  });

  it('are found by number, program, argument and name of the command, all words together', () => {
    const now = looks(1, process(7, { arguments: ['python3', '-m', 'http.server'], command: 'web' }), process(8));
    const found = (search: string) => shownProcesses(now, null, search).map(({ pid }) => pid);
    expect(found('HTTP python')).toEqual([7]);
    expect(found('web')).toEqual([7]);
    expect(found('8')).toEqual([8]);
    expect(found('nothing')).toEqual([]);
    expect(found('  ')).toEqual([7, 8]);
  });

  it('are shown with every character of their line to be seen', () => {
    const [shown] = shownProcesses(looks(1, process(7, { arguments: ['\u001b[2Jevil', '$(id)'] })), null, '');
    expect(shown?.line).toBe(`$'\\u001b[2Jevil' '$(id)'`);
  });
});
