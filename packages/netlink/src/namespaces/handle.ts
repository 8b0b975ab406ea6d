import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { fromFileError, NetlinkError } from '../errors/netlink-error.js';
import { libc } from '../libc/calls.js';
import { CLONE_NEWNET, EINVAL, NS_GET_NSTYPE } from '../libc/constants.js';

/** The network namespace of the calling thread. `/proc/self` would be that of the first thread of the process. */
export const THREAD_NAMESPACE_PATH = '/proc/thread-self/ns/net';

/**
 * A network namespace that stays alive while this is open. `inode` identifies it as long as it exists, whatever its names.
 * `fd` can be given to `setns`, IFLA_NET_NS_FD and the like.
 */
export interface NamespaceHandle {
  /** The name it was made or opened by; null for one that was reached in another way. */
  readonly name: string | null;
  readonly fd: number;
  readonly inode: number;
  /** Lets go of the namespace. Closing twice does nothing. */
  close(): void;
}

class OpenNamespace implements NamespaceHandle {
  readonly name: string | null;
  readonly fd: number;
  readonly inode: number;
  #open = true;

  constructor(name: string | null, fd: number) {
    this.name = name;
    this.fd = fd;
    this.inode = fstatSync(fd).ino;
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    closeSync(this.fd);
  }
}

/**
 * Opens a namespace by a path: `/run/netns/NAME`, `/proc/PID/ns/net`.
 * @throws NetlinkError ENOENT; EINVAL when the file is no network namespace.
 */
export function openNamespacePath(path: string, name: string | null): NamespaceHandle {
  let fd: number;
  try {
    // A foreign file may be a pipe: never wait for its other end.
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw fromFileError(error, path);
  }
  if (libc.ioctl(fd, NS_GET_NSTYPE) !== CLONE_NEWNET) {
    closeSync(fd);
    const kernelMessage = 'this file is not a network namespace';
    throw new NetlinkError({ errno: EINVAL, syscall: 'ioctl NS_GET_NSTYPE', subject: path, kernelMessage });
  }
  return new OpenNamespace(name, fd);
}

/** The namespace that the calling thread is in now. Close the handle when done. */
export function currentNamespace(): NamespaceHandle {
  return openNamespacePath(THREAD_NAMESPACE_PATH, null);
}
