import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** The names of namespaces in the sandbox of this first process; none before it has made one, and none when it is gone. */
export function namesIn(init: number): readonly string[] {
  try {
    return readdirSync(`/proc/${init}/root/run/netns`);
  } catch {
    return [];
  }
}

/** The first process of the sandbox below a process, once there is one: number 1 in its own namespace of processes (NSpid of proc_pid_status(5)). */
export function firstProcessBelow(pid: number): number | null {
  for (const child of childrenOf(pid)) {
    const numbers = /^NSpid:\t(.*)$/m.exec(read(`/proc/${child}/status`))?.[1]?.split('\t') ?? [];
    if (numbers.length > 1 && numbers.at(-1) === '1') return child;
    const below = firstProcessBelow(child);
    if (below !== null) return below;
  }
  return null;
}

export function childrenOf(pid: number): readonly number[] {
  const text = read(`/proc/${pid}/task/${pid}/children`).trim();
  return text === '' ? [] : text.split(' ').map(Number);
}

/** Identities of those of this machine that are in the namespace of processes of this first process. */
export function processesOfSandbox(init: number): readonly string[] {
  const namespace = readlinkSync(`/proc/${init}/ns/pid`);
  const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
  return pids.flatMap((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/ns/pid`) === namespace ? [identityOf(pid)] : [];
    } catch {
      return [];
    }
  });
}

export function isThere(identity: string): boolean {
  return identityOf(identity.split(' ')[0] ?? '') === identity;
}

/**
 * Its pid and when it was started (proc_pid_stat(5)): pids are given again, both together are not. A zombie is gone: it holds nothing, and waits
 * for whoever adopted it.
 */
export function identityOf(pid: string): string {
  const stat = read(`/proc/${pid}/stat`);
  // After the name in brackets: state is field 3, start time field 22.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ['', 'Z', 'X'].includes(fields[0] ?? '') ? `${pid} is gone` : `${pid} ${fields[19]}`;
}

/** Nothing of a process that is gone. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
