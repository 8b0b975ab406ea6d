import { readdir, readFile, readlink } from 'node:fs/promises';

/** What a marked sandbox is made of, seen from outside. Other sandboxes may come and go on the machine in the meantime. */
export interface Traces {
  readonly pids: readonly string[];
  /** By inode: `net:[4026531840]`, `mnt:[…]`, `user:[…]`, `pid:[…]`; without those we live in ourselves. */
  readonly namespaces: readonly string[];
}

const kinds = ['net', 'mnt', 'user', 'pid', 'ipc', 'uts'];

/** The living processes whose environment holds `mark`, and the namespaces they have for themselves. */
export async function tracesOf(mark: string): Promise<Traces> {
  const pids: string[] = [];
  const namespaces = new Set<string>();
  for (const { pid } of await livingProcesses()) {
    // An environment that we may not read is none of ours.
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    if (!environment.split('\0').includes(`VETHLAB_TEST_MARK=${mark}`) || pid === `${process.pid}`) continue;
    pids.push(pid);
    for (const namespace of await namespacesOf(pid)) namespaces.add(namespace);
  }
  for (const namespace of await namespacesOf('self')) namespaces.delete(namespace);
  return { pids, namespaces: [...namespaces] };
}

/**
 * Which of `namespaces` one of these processes still lives in. The kernel gives the number of a namespace that is gone away at once, so a process
 * that came later may be in another one of the same number: take `witnesses` at the moment of death.
 */
export async function stillAlive(
  namespaces: readonly string[],
  witnesses: ReadonlySet<string>,
): Promise<readonly string[]> {
  const living = (await livingProcesses()).filter(({ identity }) => witnesses.has(identity));
  const alive = new Set((await Promise.all(living.map(({ pid }) => namespacesOf(pid)))).flat());
  return namespaces.filter((namespace) => alive.has(namespace));
}

/** All that live now, by process id and start time: ids are given again, both together are not. */
export async function witnessesNow(): Promise<ReadonlySet<string>> {
  return new Set((await livingProcesses()).map(({ identity }) => identity));
}

async function namespacesOf(pid: string): Promise<readonly string[]> {
  const links = await Promise.all(kinds.map((kind) => readlink(`/proc/${pid}/ns/${kind}`).catch(() => null)));
  return links.filter((link) => link !== null);
}

interface LivingProcess {
  readonly pid: string;
  readonly identity: string;
}

/** Zombies do not count: a container without an init never reaps them, and they hold nothing. */
async function livingProcesses(): Promise<readonly LivingProcess[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      // After the name in brackets: state is field 3, start time field 22 (proc_pid_stat(5)).
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return ['', 'Z', 'X'].includes(fields[0] ?? '') ? [] : [{ pid, identity: `${pid} ${fields[19]}` }];
    }),
  );
  return found.flat();
}

/** Polls until `check` gives nothing more, or the deadline is over; gives what is still there. */
export async function untilEmpty(
  check: () => Promise<readonly string[]>,
  deadlineMs: number,
): Promise<readonly string[]> {
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    const rest = await check();
    if (rest.length === 0 || performance.now() > deadline) return rest;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
