import { type FileHandle, open, readdir, readFile, readlink } from 'node:fs/promises';
import { OwnDeadline } from './own-time.js';

const kinds = ['net', 'mnt', 'user', 'pid', 'ipc', 'uts'];

/** The living processes whose environment holds `mark`, without this one. Other sandboxes may come and go on the machine in the meantime. */
export async function processesOf(mark: string): Promise<readonly string[]> {
  const pids: string[] = [];
  for (const pid of await livingProcesses()) {
    // An environment that we may not read is none of ours.
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    if (environment.split('\0').includes(`VETHLAB_TEST_MARK=${mark}`) && pid !== `${process.pid}`) pids.push(pid);
  }
  return pids;
}

/**
 * Namespaces that are held open, so that their numbers stay theirs: the kernel gives the number of one that is gone away at once, and a test beside
 * this one would be told to live in it. Holding them keeps no process alive. End with `release`.
 */
export interface HeldNamespaces {
  /** By inode: `net:[4026531840]`, `mnt:[…]`, `user:[…]`, `pid:[…]`. */
  readonly names: readonly string[];
  /** Those that a process still lives in. */
  lived(): Promise<readonly string[]>;
  release(): Promise<void>;
}

/** The namespaces that the processes of `mark` have for themselves: without those that we live in. */
export async function holdNamespacesOf(mark: string): Promise<HeldNamespaces> {
  const own = new Set(await namespacesOf('self'));
  const held = new Map<string, FileHandle>();
  for (const pid of await processesOf(mark)) {
    for (const kind of kinds) {
      const file = await open(`/proc/${pid}/ns/${kind}`, 'r').catch(() => null);
      if (file === null) continue;
      const name = await readlink(`/proc/self/fd/${file.fd}`);
      if (own.has(name) || held.has(name)) await file.close();
      else held.set(name, file);
    }
  }
  return {
    names: [...held.keys()],
    async lived() {
      const lived = new Set((await Promise.all((await livingProcesses()).map(namespacesOf))).flat());
      return [...held.keys()].filter((name) => lived.has(name));
    },
    async release() {
      await Promise.all([...held.values()].map((file) => file.close()));
    },
  };
}

async function namespacesOf(pid: string): Promise<readonly string[]> {
  const links = await Promise.all(kinds.map((kind) => readlink(`/proc/${pid}/ns/${kind}`).catch(() => null)));
  return links.filter((link) => link !== null);
}

/** Zombies do not count: a container without an init never reaps them, and they hold nothing. */
async function livingProcesses(): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const living = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      // After the name in brackets: state is field 3 (proc_pid_stat(5)).
      return !['', 'Z', 'X'].includes(stat.slice(stat.lastIndexOf(')') + 2).charAt(0));
    }),
  );
  return pids.filter((_, index) => living[index]);
}

/** Polls until `check` gives nothing more, or the deadline is over; gives what is still there. */
export async function untilEmpty(
  check: () => Promise<readonly string[]>,
  deadlineMs: number,
): Promise<readonly string[]> {
  const deadline = new OwnDeadline(deadlineMs);
  for (;;) {
    const rest = await check();
    if (rest.length === 0 || deadline.isOver) return rest;
    await deadline.pause();
  }
}
