import { lstatSync, unlinkSync } from 'node:fs';
import { fromFileError, NetlinkError } from '../errors/netlink-error.js';
import { EINVAL } from '../libc/constants.js';
import { unmount } from '../mounts/mounts.js';
import { DEFAULT_DIRECTORY, namespacePath } from './name.js';

/**
 * Takes a namespace's name away, as `ip netns delete NAME` does. The namespace itself goes when nothing holds it any more:
 * a process inside, an open handle or a socket keeps it alive, nameless.
 * @throws NetlinkError ENOENT when there is no such name; EINVAL when the file holds data and is no namespace.
 */
export function deleteNamespace(name: string, directory: string = DEFAULT_DIRECTORY): void {
  const path = namespacePath(name, directory);
  try {
    unmount(path);
  } catch (error) {
    if (!(error instanceof NetlinkError) || error.errno !== EINVAL) throw error;
    // EINVAL: nothing is mounted there. What a crash leaves is an empty file; anything else is not ours to delete.
    refuseForeignFile(path, error);
  }
  try {
    unlinkSync(path);
  } catch (error) {
    throw fromFileError(error, path);
  }
}

function refuseForeignFile(path: string, cause: NetlinkError): void {
  const status = lstatSync(path);
  if (status.isFile() && status.size === 0) return;
  const kernelMessage = 'this file is not a network namespace';
  throw new NetlinkError({ errno: EINVAL, syscall: 'umount2', subject: path, kernelMessage, cause });
}
