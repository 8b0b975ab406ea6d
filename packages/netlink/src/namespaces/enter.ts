import { writeSync } from 'node:fs';
import { libc } from '../libc/calls.js';
import { check } from '../libc/check.js';
import { CLONE_NEWNET } from '../libc/constants.js';
import { lastErrno } from '../libc/library.js';
import { currentNamespace, type NamespaceHandle } from './handle.js';

/** Where this thread is at home, opened once: a visit costs one `setns` each way. Every worker thread has its own copy of this module. */
let home: NamespaceHandle | null = null;
/** Visits under way: one inside another returns to where the outer one is, not home. */
let depth = 0;

/**
 * Runs `visit`, which may move the calling thread to another network namespace, and brings the thread back to where it was,
 * also when `visit` throws.
 *
 * A thread left in a foreign namespace would open every later socket there, unseen. So if the way back fails, the process
 * ends (SIGABRT) instead of going on.
 */
export function withWayBack<T>(visit: () => T): T {
  home ??= currentNamespace();
  const back = depth === 0 ? home : currentNamespace();
  depth += 1;
  try {
    return visit();
  } finally {
    depth -= 1;
    if (libc.setns(back.fd, CLONE_NEWNET) !== 0) endProcess(lastErrno());
    if (depth > 0) back.close();
  }
}

/**
 * Runs `visit` with the calling thread in another network namespace: sockets it opens belong to that namespace for ever, and
 * `fs.*Sync` on /proc/sys/net sees that namespace. Everything must be synchronous: after an `await` the code would run in the
 * original namespace again (a promise is refused).
 * @throws NetlinkError when the namespace cannot be entered; whatever `visit` throws.
 */
export function inNamespace<T>(handle: NamespaceHandle, visit: () => T): T {
  return withWayBack(() => {
    check(libc.setns(handle.fd, CLONE_NEWNET), 'setns', handle.name ?? `inode ${handle.inode}`);
    const result = visit();
    if (result instanceof Promise) throw new TypeError('inNamespace takes synchronous functions only');
    return result;
  });
}

function endProcess(errno: number): never {
  writeSync(
    2,
    `@vethlab/netlink: the thread cannot go back to its network namespace (errno ${errno}); ending the process\n`,
  );
  process.abort();
}
