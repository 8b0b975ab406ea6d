import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { labVariable } from './places.js';

/** A process and the network namespace it runs in. */
export interface NamespaceProcess {
  readonly pid: number;
  readonly inode: number;
}

/** Every process that we may look at, with its network namespace; zombies have none. */
export function processesByNamespace(): NamespaceProcess[] {
  const found: NamespaceProcess[] = [];
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid)) continue;
    const inode = Number(/\[(\d+)\]/.exec(linkOf(pid))?.[1] ?? 0);
    if (inode !== 0) found.push({ pid, inode });
  }
  return found;
}

/** Whether an agent of this lab started it, itself or through another process: its environment says so. */
export function startedByLab(pid: number, lab: string): boolean {
  return textOf(`/proc/${pid}/environ`).split('\0').includes(`${labVariable}=${lab}`);
}

/** Whether it has let go of its memory already, its environment included, and will be gone in a moment: its program cannot be told any more (proc_pid_exe(5)). */
export function isEnding(pid: number): boolean {
  try {
    readlinkSync(`/proc/${pid}/exe`);
    return false;
  } catch {
    return true;
  }
}

/** Its name as `ps -o comm` gives it. */
export function commandOf(pid: number): string {
  return textOf(`/proc/${pid}/comm`).trim();
}

/** Names one process for ever, together with its pid: field 22 of /proc/PID/stat (proc(5)). Empty when it is gone or a zombie. */
export function startTimeOf(pid: number): string {
  const text = textOf(`/proc/${pid}/stat`);
  // The name is in brackets and may hold brackets and spaces of its own; behind it the state, and 19 fields on the start time.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? '' : (fields[19] ?? '');
}

/** Sends a signal. False when the process is gone. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

function linkOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`);
  } catch {
    // Ended between the two looks, or a zombie.
    return '';
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // As above: a process that is gone has no text.
    return '';
  }
}
