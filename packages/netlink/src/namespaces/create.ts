import { closeSync, constants, openSync, unlinkSync } from 'node:fs';
import { fromFileError } from '../errors/netlink-error.js';
import { libc } from '../libc/calls.js';
import { check } from '../libc/check.js';
import { CLONE_NEWNET } from '../libc/constants.js';
import { bindMount } from '../mounts/mounts.js';
import { prepareNamespaceDirectory } from './directory.js';
import { withWayBack } from './enter.js';
import { type NamespaceHandle, openNamespacePath, THREAD_NAMESPACE_PATH } from './handle.js';
import { DEFAULT_DIRECTORY, namespacePath } from './name.js';

/**
 * Makes a network namespace and names it, as `ip netns add NAME` does. Synchronous, about 0.5 ms.
 * @param prepare runs with the calling thread in the new namespace, before it is named: to open sockets there and to set sysctls
 *   (`fs.*Sync` on /proc/sys/net) without entering it a second time. Synchronous; what it throws undoes everything.
 * @returns an open handle; close it when it is no longer needed (the name keeps the namespace alive).
 * @throws NetlinkError EEXIST when the name is taken (by anything), EPERM without CAP_SYS_ADMIN, ENOSPC at
 *   user.max_net_namespaces. Nothing half-made stays behind.
 */
export function createNamespace(
  name: string,
  directory: string = DEFAULT_DIRECTORY,
  prepare: () => void = () => undefined,
): NamespaceHandle {
  const path = namespacePath(name, directory);
  prepareNamespaceDirectory(directory);
  reserveName(path);
  let handle: NamespaceHandle | null = null;
  try {
    handle = unshareNamespace(name, prepare);
    // The descriptor leads to the new namespace from here too, so the mount needs no second visit.
    bindMount(`/proc/thread-self/fd/${handle.fd}`, path);
    return handle;
  } catch (error) {
    handle?.close();
    unlinkSync(path);
    throw error;
  }
}

/** Takes a name by making the empty file that a namespace will be mounted on. EEXIST if it is taken. */
export function reserveName(path: string): void {
  try {
    closeSync(openSync(path, constants.O_RDONLY | constants.O_CREAT | constants.O_EXCL, 0o000));
  } catch (error) {
    throw fromFileError(error, path);
  }
}

/**
 * Runs `visit` with the calling thread in a new namespace that has no name and is gone when nothing holds it any more: to try out
 * what the kernel can do without touching anything that is there. Synchronous; gives what `visit` gave.
 */
export function inNewNamespace<T>(visit: () => T): T {
  return withWayBack(() => {
    check(libc.unshare(CLONE_NEWNET), 'unshare', 'without a name');
    return visit();
  });
}

function unshareNamespace(name: string, prepare: () => void): NamespaceHandle {
  return withWayBack(() => {
    check(libc.unshare(CLONE_NEWNET), 'unshare', name);
    prepare();
    return openNamespacePath(THREAD_NAMESPACE_PATH, name);
  });
}
