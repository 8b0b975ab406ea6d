import { readFile } from 'node:fs/promises';
import { claimUid } from './uid-claim.js';
import { chooseUidRange, parseIdMap } from './uid-range.js';

/** Who a sandbox runs as when we are root. */
export interface Identity {
  /** Also used as the group. */
  readonly uid: number;
  /** Gives the uid back; call it when every process of the sandbox is gone. */
  readonly release: () => Promise<void>;
}

/**
 * An unprivileged identity for one sandbox, which no other living sandbox has; null when we are an ordinary user and stay what we are.
 *
 * Root drops because a real root in a user namespace escapes RLIMIT_NPROC and owns root's files. Root of a namespace that maps no other
 * uids (a sandbox in a sandbox) is an ordinary user outside, cannot drop, and need not.
 */
export async function claimIdentity(): Promise<Identity | null> {
  if (process.geteuid?.() !== 0) return null;
  const range = chooseUidRange(
    parseIdMap(await readFile('/proc/self/uid_map', 'utf8')),
    parseIdMap(await readFile('/proc/self/gid_map', 'utf8')),
  );
  return range === null ? null : claimUid(range);
}
