import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from 'node:fs';
import { maximumNodeProcesses, type NodeProcess, type NodeProcesses, type ProcessSignal } from '@vethlab/protocol';

/** The kernel counts in these for programs, whatever it uses itself (USER_HZ, asm/param.h): time(7). */
const ticksPerSecond = 100;
const millisecondsPerTick = 1000 / ticksPerSecond;

/** Of a command line: enough to know it, whatever it is. */
const maximumLine = 4_096;
const maximumShown = 64;

/** Fields of /proc/PID/stat after the name (proc_pid_stat(5)). */
interface Stat {
  readonly name: string;
  readonly state: string;
  readonly parentPid: number;
  readonly pgid: number;
  readonly cpuTicks: number;
  readonly startedTicks: number;
  readonly residentPages: number;
}

/** Pages are this large wherever the agent's native modules run (getconf PAGESIZE). */
const pageBytes = 4_096;

/**
 * Every process whose network namespace has this inode, whoever started it: read from /proc at this moment, and never on its own.
 * @param commandOf name of the command of the lab with this process group
 */
export function listProcesses(inode: number, commandOf: (pgid: number) => string | null): NodeProcesses {
  const bootMs = bootTimeMs();
  const found: NodeProcess[] = [];
  for (const pid of pidsIn(inode)) {
    const stat = readStat(pid);
    if (stat === null) continue;
    found.push({
      pid,
      parentPid: stat.parentPid,
      startedTicks: stat.startedTicks,
      startedAtMs: Math.round(bootMs + stat.startedTicks * millisecondsPerTick),
      arguments: readArguments(pid) ?? [`[${stat.name}]`],
      state: stat.state,
      cpuMs: stat.cpuTicks * millisecondsPerTick,
      residentBytes: stat.residentPages * pageBytes,
      command: commandOf(stat.pgid),
    });
  }
  found.sort((a, b) => a.startedTicks - b.startedTicks || a.pid - b.pid);
  return { takenMs: performance.now(), processes: found.slice(0, maximumNodeProcesses), total: found.length };
}

export interface SignalTarget {
  readonly pid: number;
  readonly startedTicks: number;
  readonly signal: ProcessSignal;
}

/**
 * Sends a signal to a process of a namespace.
 * @throws Error when it is not there any more: a later process with its number must not be hit
 */
export function signalProcess(inode: number, { pid, startedTicks, signal }: SignalTarget): void {
  const isThere = pid > 1 && pid !== process.pid && inodeOf(pid) === inode;
  if (!isThere || readStat(pid)?.startedTicks !== startedTicks) {
    throw new Error(`The process ${pid} is not there any more.`);
  }
  process.kill(pid, signal);
}

function* pidsIn(inode: number): Generator<number> {
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (Number.isInteger(pid) && inodeOf(pid) === inode) yield pid;
  }
}

/** 0 when the process is gone, or not ours to look at. */
function inodeOf(pid: number): number {
  return orGone(() => Number(/\[(\d+)\]/.exec(readlinkSync(`/proc/${pid}/ns/net`))?.[1] ?? 0)) ?? 0;
}

function readStat(pid: number): Stat | null {
  const text = orGone(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (text === null) return null;
  // The name stands in brackets and may have brackets and spaces of its own: the last one closes it.
  const close = text.lastIndexOf(')');
  const fields = text.slice(close + 2).split(' ');
  const number = (index: number) => Number(fields[index] ?? 0);
  return {
    name: text.slice(text.indexOf('(') + 1, close),
    state: fields[0] ?? '?',
    parentPid: number(1),
    pgid: number(2),
    cpuTicks: number(11) + number(12),
    startedTicks: number(19),
    residentPages: number(21),
  };
}

/** Null for a process that says nothing: one that has ended, or that wiped its line out. */
function readArguments(pid: number): readonly string[] | null {
  const line = orGone(() => readStart(`/proc/${pid}/cmdline`, maximumLine));
  if (line === null || line === '') return null;
  const parts = (line.endsWith('\0') ? line.slice(0, -1) : line).split('\0');
  return parts.slice(0, maximumShown);
}

/** A process can make its line megabytes long. */
function readStart(path: string, maximum: number): string {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(maximum);
    return buffer.toString('utf8', 0, readSync(file, buffer, 0, maximum, 0));
  } finally {
    closeSync(file);
  }
}

/** Milliseconds since the epoch at which the machine was started (proc_stat(5)). */
function bootTimeMs(): number {
  return Number(/^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1] ?? 0) * 1000;
}

/** Processes end while they are looked at. */
function orGone<Result>(read: () => Result): Result | null {
  try {
    return read();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM', 'EINVAL'].includes(code)) return null;
    throw error;
  }
}
