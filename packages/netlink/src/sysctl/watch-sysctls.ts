import { NetlinkError } from '../errors/netlink-error.js';
import type { Inotify } from '../inotify/inotify.js';
import { ENOENT } from '../libc/constants.js';
import { sysctlPath } from './key.js';

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
 * @param folders their keys, such as `net.ipv4.conf.all`; one that this kernel does not have is passed over. What lies deeper than directly in them is not heard.
 * @param onWrite somebody wrote to the file of this name in one of them. It may have the value that it had.
 * @throws NetlinkError ENOSPC at fs.inotify.max_user_watches; nothing half-watched stays behind.
 */
export function watchSysctls(
  inotify: Inotify,
  folders: readonly string[],
  onWrite: (file: string) => void,
): WatchedSysctls {
  const watches: number[] = [];
  const forget = (): void => {
    for (const watch of watches) inotify.remove(watch);
  };
  for (const path of folders.map(sysctlPath)) {
    try {
      watches.push(inotify.add(path, 'writes', onWrite));
    } catch (error) {
      if (error instanceof NetlinkError && error.errno === ENOENT) continue;
      forget();
      throw error;
    }
  }
  return { forget };
}
