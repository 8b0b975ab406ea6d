import { readFile } from 'node:fs/promises';

/** How often to look whether a process is gone: a sandbox is usually gone within 20 ms. */
const pollIntervalMs = 2;

/** A sandbox that is not gone after this long is stuck in the kernel; waiting longer would only hang the caller as well. */
const goneDeadlineMs = 5_000;

/**
 * The pid, as we see it, of pid 1 of the sandbox: the only child of the `unshare` process. Null before it was forked.
 * Needs /proc/PID/task/TID/children (CONFIG_PROC_CHILDREN, which systemd and CRIU need too); proc(5).
 */
export async function findInit(unsharePid: number): Promise<number | null> {
  try {
    const text = await readFile(`/proc/${unsharePid}/task/${unsharePid}/children`, 'utf8');
    const pid = Number.parseInt(text, 10);
    return Number.isNaN(pid) ? null : pid;
  } catch {
    return null;
  }
}

/**
 * Waits until a sandbox's pid 1 is gone, and with it every process inside: the kernel ends and reaps them all before pid 1 itself can be
 * reaped (pid_namespaces(7)). A zombie counts as gone: in a container without an init nobody reaps it.
 */
export async function initIsGone(pid: number): Promise<void> {
  const deadline = performance.now() + goneDeadlineMs;
  while ((await isAlive(pid)) && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, pollIntervalMs));
  }
}

async function isAlive(pid: number): Promise<boolean> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return stat.charAt(stat.lastIndexOf(')') + 2) !== 'Z';
  } catch {
    return false;
  }
}
