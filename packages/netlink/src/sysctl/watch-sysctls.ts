import { NetlinkError } from '../errors/netlink-error.js';
import type { FolderWatch, Inotify } from '../inotify/inotify.js';
import { ENOENT } from '../libc/constants.js';

/** The folders of one namespace that are watched. */
export interface WatchedSysctls {
  /** Stops watching them. */
  forget(): void;
}

/**
 * Tells when somebody writes a sysctl of the network namespace in which the calling thread is. The kernel has no netlink event for most of
 * them, but /proc/sys/net has inodes of its own for every namespace, and writing to one of them is an event of inotify(7) like writing to any
 * file. Of what the kernel changes by itself, and of writes through another mount of /proc (`unshare --mount-proc`), nothing is heard.
 *
 * @param folders their paths below /proc/sys/net, by parts, such as `['ipv4', 'conf', 'all']`; a part may be any name that the kernel gives an
 *   interface. One that is not there is passed over. What lies deeper than directly in them is not heard.
 * @param onWrite somebody wrote to the file of this name in one of them. It may have the value that it had.
 * @throws NetlinkError ENOSPC at fs.inotify.max_user_watches; nothing half-watched stays behind
 * @throws RangeError when a part would lead out of its folder; no interface is called so (dev_valid_name in net/core/dev.c)
 */
export function watchSysctls(
  inotify: Inotify,
  folders: readonly (readonly string[])[],
  onWrite: (file: string) => void,
): WatchedSysctls {
  const watches: FolderWatch[] = [];
  const forget = (): void => {
    for (const watch of watches) watch.stop();
  };
  for (const parts of folders) {
    try {
      watches.push(inotify.add(folderPath(parts), 'writes', onWrite));
    } catch (error) {
      if (error instanceof NetlinkError && error.errno === ENOENT) continue;
      forget();
      throw error;
    }
  }
  return { forget };
}

function folderPath(parts: readonly string[]): string {
  for (const part of parts)
    if (part === '' || part === '.' || part === '..' || part.includes('/'))
      throw new RangeError(`${JSON.stringify(part)} is no part of a path of sysctls`);
  return ['/proc/sys/net', ...parts].join('/');
}
