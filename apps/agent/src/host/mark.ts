import {
  type NamespaceHandle,
  openNamespace,
  type RtnetlinkSocket,
  RtnetlinkSocket as Socket,
  setLink,
} from '@vethlab/netlink';

/** The loopback is the first interface of every namespace (LOOPBACK_IFINDEX, linux/if.h). */
const loopback = 1;
const prefix = 'vethlab:';

/** The alias that everything of a lab carries: `vethlab:LAB`, as `ip link` shows it. */
export function markOf(lab: string): string {
  return `${prefix}${lab}`;
}

/** The lab that an alias names; null for an alias that is not ours. */
export function labOfMark(alias: string | null): string | null {
  return alias?.startsWith(prefix) ? alias.slice(prefix.length) : null;
}

/**
 * Marks a namespace by the alias of its loopback. The mark is inside, so it lives and dies with the namespace itself. An inode
 * alone would not do: the kernel gives the number of a namespace that is gone to the next one that is made.
 */
export function markNamespace(socket: RtnetlinkSocket, lab: string): void {
  for (const answer of socket.batchSync([setLink({ ifindex: loopback, alias: markOf(lab) })]))
    if (!answer.ok) throw answer.error;
}

/** The lab whose mark the namespace behind a socket carries; null: none of ours. */
export function labOfNamespace(socket: RtnetlinkSocket): string | null {
  return labOfMark(socket.links({ ifindex: loopback })[0]?.alias ?? null);
}

/** Looks into a named namespace. Null also when the name is gone by now, or never was a namespace. */
export function labOfName(name: string, directory: string, inode: number): string | null {
  let handle: ReturnType<typeof openNamespace>;
  try {
    handle = openNamespace(name, directory);
  } catch {
    return null;
  }
  try {
    return handle.inode === inode ? withSocket(handle, labOfNamespace) : null;
  } finally {
    handle.close();
  }
}

/** Visits a named namespace. Throws the system's error when there is none. */
export function inNamespace<Result>(
  name: string,
  directory: string,
  visit: (socket: RtnetlinkSocket) => Result,
): Result {
  const handle = openNamespace(name, directory);
  try {
    return withSocket(handle, visit);
  } finally {
    handle.close();
  }
}

function withSocket<Result>(handle: NamespaceHandle, visit: (socket: RtnetlinkSocket) => Result): Result {
  const socket = Socket.open(handle);
  try {
    return visit(socket);
  } finally {
    socket.close();
  }
}
