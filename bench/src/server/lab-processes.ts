import { readdirSync, readFileSync } from 'node:fs';

/** One running lab, as the machine sees it. */
export interface LabProcesses {
  /** Pid of the agent. Its main thread visits the lab's namespaces: /proc/PID/ns/net is not always the lab's root. */
  readonly agent: number;
  /** Pid of the sandbox's pid 1, which waits in the lab's root namespace: where to enter the lab from outside. */
  readonly init: number;
}

/** The running labs of a server, oldest first. */
export function labsOf(server: number): LabProcesses[] {
  const parents = new Map<number, number>();
  const agents: number[] = [];
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const pid = Number(entry);
    // pid (name) state ppid …; proc_pid_stat(5)
    const stat = readOrEmpty(`/proc/${pid}/stat`);
    parents.set(pid, Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    // Everything before it in the sandbox has the agent on its command line too; only the last one is node itself.
    const command = readOrEmpty(`/proc/${pid}/cmdline`).split('\0');
    if (command[0]?.endsWith('node') && command.some((word) => word.endsWith('agent.mjs'))) agents.push(pid);
  }
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid) ?? 0;
    return parent === server || (parent > 1 && isBelow(parent));
  };
  return agents
    .filter(isBelow)
    .sort((a, b) => a - b)
    .map((agent) => ({ agent, init: parents.get(agent) ?? 0 }));
}

/** The lab of a server that was started last. */
export function newestLabOf(server: number): LabProcesses {
  const newest = labsOf(server).at(-1);
  if (newest === undefined) throw new Error('The server runs no lab.');
  return newest;
}

/** Empty when the process ended while we looked. */
function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
