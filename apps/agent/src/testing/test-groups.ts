import { existsSync, mkdirSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const tree = ['/sys/fs/cgroup/pids', '/sys/fs/cgroup'].find((folder) => existsSync(join(folder, 'cgroup.procs')));

const goneDeadlineMs = 60_000;
const pollMs = 20;

/**
 * A part of this machine's tree of process groups (cgroups(7)) that stands for the whole in a test's machine: what is made in there meets nothing of
 * another test's. Null where we may make none: then a lab's processes are not bounded.
 */
export class TestGroups {
  private constructor(
    readonly tree: string,
    readonly folder: string,
  ) {}

  static make(name: string): TestGroups | null {
    if (tree === undefined || process.getuid?.() !== 0) return null;
    const folder = join(tree, `vethlab-test-${name}`);
    try {
      // Version 2: the groups in it may count. Version 1 knows no such file.
      const control = join(tree, 'cgroup.subtree_control');
      if (existsSync(control)) writeFileSync(control, '+pids');
      mkdirSync(folder);
    } catch {
      return null;
    }
    return new TestGroups(tree, folder);
  }

  /** Once its processes were killed; that they are gone takes the kernel a moment. */
  async remove(): Promise<void> {
    const deadline = performance.now() + goneDeadlineMs;
    while (existsSync(this.folder)) {
      try {
        removeAll(this.folder);
      } catch (error) {
        if (performance.now() > deadline) throw error;
        await new Promise((tick) => setTimeout(tick, pollMs));
      }
    }
  }
}

/** Files of the kernel's in it are no hindrance. */
function removeAll(group: string): void {
  for (const entry of readdirSync(group, { withFileTypes: true }))
    if (entry.isDirectory()) removeAll(join(group, entry.name));
  rmdirSync(group);
}
