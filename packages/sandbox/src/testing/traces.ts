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
  for (const pid of await livingPids()) {
    // An environment that we may not read is none of ours.
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    if (!environment.split('\0').includes(`VETHLAB_TEST_MARK=${mark}`) || pid === `${process.pid}`) continue;
    pids.push(pid);
    for (const namespace of await namespacesOf(pid)) namespaces.add(namespace);
  }
  for (const namespace of await namespacesOf('self')) namespaces.delete(namespace);
  return { pids, namespaces: [...namespaces] };
}

/** Which of `namespaces` some process still lives in. */
export async function stillAlive(namespaces: readonly string[]): Promise<readonly string[]> {
  const alive = new Set((await Promise.all((await livingPids()).map(namespacesOf))).flat());
  return namespaces.filter((namespace) => alive.has(namespace));
}

async function namespacesOf(pid: string): Promise<readonly string[]> {
  const links = await Promise.all(kinds.map((kind) => readlink(`/proc/${pid}/ns/${kind}`).catch(() => null)));
  return links.filter((link) => link !== null);
}

/** Zombies do not count: a container without an init never reaps them, and they hold nothing. */
async function livingPids(): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const states = await Promise.all(
    pids.map((pid) =>
      readFile(`/proc/${pid}/stat`, 'utf8').then(
        (stat) => stat.charAt(stat.lastIndexOf(')') + 2),
        () => 'Z',
      ),
    ),
  );
  return pids.filter((_, index) => states[index] !== 'Z');
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
