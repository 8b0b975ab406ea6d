import { mkdirSync, statSync } from 'node:fs';
import { fromFileError, NetlinkError } from '../errors/netlink-error.js';
import { EINVAL } from '../libc/constants.js';
import { bindMount, makeShared } from '../mounts/mounts.js';

/** Folders that this process has prepared, by device and inode: another tmpfs mounted over the path is another folder. */
const prepared = new Set<string>();

/**
 * Makes the folder of names, and a shared mount point of it, as `ip netns add` does: a process with a copied mount table
 * (every `ip netns exec`) would otherwise keep a deleted namespace alive through its copy of the mount.
 * Costs one `stat` when it was done before.
 */
export function prepareNamespaceDirectory(directory: string): void {
  if (prepared.has(identity(directory))) return;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o755 });
  } catch (error) {
    throw fromFileError(error, directory);
  }
  try {
    makeShared(directory);
  } catch (error) {
    if (!(error instanceof NetlinkError) || error.errno !== EINVAL) throw error;
    // EINVAL: no mount point yet. Mounted on itself it becomes one.
    bindMount(directory, directory, { recursive: true });
    makeShared(directory);
  }
  prepared.add(identity(directory));
}

function identity(directory: string): string {
  const status = statSync(directory, { throwIfNoEntry: false });
  return status === undefined ? '' : `${directory}\n${status.dev}:${status.ino}`;
}
