import { readFile } from 'node:fs/promises';

export interface Limits {
  /** Processes and threads in one sandbox. */
  readonly processes: number;
  /** Open files of one process of the sandbox. */
  readonly openFiles: number;
}

/** Enough for a daemon in each node of a large lab and a terminal besides; small enough that a fork bomb leaves a machine usable. */
export const mostProcesses = 4096;

/** 5,000 namespaces with three sockets each (rtnetlink, packets, ICMP), and room for terminals and pipes. */
const wantedOpenFiles = 32_768;

/** The limits of a sandbox: what a lab wants, as far as our own hard limits permit; a limit can only be lowered without privilege. */
export async function sandboxLimits(): Promise<Limits> {
  const text = await readFile('/proc/self/limits', 'utf8');
  return {
    processes: Math.min(mostProcesses, hardLimit(text, 'Max processes')),
    openFiles: Math.min(wantedOpenFiles, hardLimit(text, 'Max open files')),
  };
}

/** The hard limit on a line of /proc/PID/limits (proc(5)): name, soft, hard, unit, in columns. */
export function hardLimit(text: string, name: string): number {
  const line = text.split('\n').find((candidate) => candidate.startsWith(name));
  const hard = line?.slice(name.length).trim().split(/\s+/)[1];
  const value = Number(hard);
  return hard === undefined || Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
}
