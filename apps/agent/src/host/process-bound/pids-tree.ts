/** Where groups of processes are made that the pids controller counts: cgroups(7). */
export interface PidsTree {
  /** Where it is mounted. */
  readonly folder: string;
  /** The group that is mounted there: `/`, unless somebody shows us a part of the tree only. */
  readonly root: string;
  /** In version 2 a group hands the controller on to those in it only when it is told to. */
  readonly version: 1 | 2;
}

/**
 * The tree that this process sees, from the lines of /proc/self/mountinfo (proc_pid_mountinfo(5)); null: no such tree is mounted.
 *
 * @param controllersOf the text of `cgroup.controllers` in a folder
 */
export function pidsTreeOf(mountinfo: string, controllersOf: (folder: string) => string): PidsTree | null {
  const trees = mountinfo.split('\n').flatMap((line): PidsTree[] => {
    const [before = '', after = ''] = line.split(' - ');
    const [root = '/', folder = ''] = before.split(' ').slice(3).map(unescaped);
    const [type, , options = ''] = after.split(' ');
    if (type === 'cgroup' && options.split(',').includes('pids')) return [{ folder, root, version: 1 }];
    if (type !== 'cgroup2' || !controllersOf(folder).split(/\s/).includes('pids')) return [];
    return [{ folder, root, version: 2 }];
  });
  // What was mounted last lies on top.
  return trees.at(-1) ?? null;
}

/**
 * The folder of the group that a process is in, from the lines of its /proc/PID/cgroup (`N:controllers:/path`, in version 2 `0::/path`); that of the
 * whole tree when it is in none that we see.
 */
export function groupFolderOf(cgroups: string, { folder, root, version }: PidsTree): string {
  const inside = root === '/' ? '' : root;
  for (const line of cgroups.split('\n')) {
    const [, controllers = '', ...parts] = line.split(':');
    const isIt = version === 1 ? controllers.split(',').includes('pids') : line.startsWith('0::');
    const path = parts.join(':');
    if (isIt && path.startsWith(`${inside}/`)) return `${folder}${path.slice(inside.length)}`.replace(/\/$/, '');
  }
  return folder;
}

/** Spaces and the like are written as three octal digits. */
function unescaped(text: string): string {
  return text.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
