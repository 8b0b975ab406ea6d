import { unlinkSync } from 'node:fs';
import { bindMount, unmount } from '../mounts/mounts.js';
import { reserveName } from './create.js';
import { DEFAULT_DIRECTORY, namespacePath } from './name.js';
import { openNamespace } from './open.js';

/**
 * Gives a namespace another name. The namespace itself, its inode, its processes and its sockets stay as they are.
 * The new name exists before the old one goes, so the namespace is never without a name.
 * @throws NetlinkError ENOENT (no such name), EINVAL (not a namespace), EEXIST (the new name is taken).
 */
export function renameNamespace(from: string, to: string, directory: string = DEFAULT_DIRECTORY): void {
  const oldPath = namespacePath(from, directory);
  const newPath = namespacePath(to, directory);
  const handle = openNamespace(from, directory);
  try {
    reserveName(newPath);
    try {
      bindMount(`/proc/thread-self/fd/${handle.fd}`, newPath);
    } catch (error) {
      unlinkSync(newPath);
      throw error;
    }
  } finally {
    handle.close();
  }
  unmount(oldPath);
  unlinkSync(oldPath);
}
