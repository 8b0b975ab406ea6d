import { libc } from '../libc/calls.js';
import { check } from '../libc/check.js';
import {
  MNT_DETACH,
  MS_BIND,
  MS_NODEV,
  MS_NOEXEC,
  MS_NOSUID,
  MS_PRIVATE,
  MS_RDONLY,
  MS_REC,
  MS_SHARED,
  UMOUNT_NOFOLLOW,
} from '../libc/constants.js';
import { assertNoNul } from './path.js';

/** What a fresh tmpfs may hold. */
export interface TmpfsOptions {
  /** Octal permissions of its root, as `0o755`. Default: `0o755`. */
  readonly mode?: number;
  /** Largest size in bytes. Default: the kernel's (half of the memory). */
  readonly sizeBytes?: number;
  /** Programs on it may be run. Default: no. */
  readonly executable?: boolean;
}

/** Mounts an empty tmpfs on an existing folder: no devices, no set-user-ID files, nothing executable unless asked for. See mount(2), tmpfs(5). */
export function mountTmpfs(path: string, options: TmpfsOptions = {}): void {
  assertNoNul(path);
  const data = [`mode=${(options.mode ?? 0o755).toString(8)}`];
  if (options.sizeBytes !== undefined) data.push(`size=${options.sizeBytes}`);
  const flags = MS_NOSUID | MS_NODEV | (options.executable === true ? 0 : MS_NOEXEC);
  check(libc.mount('tmpfs', path, 'tmpfs', flags, data.join(',')), 'mount', path);
}

/** Mounts a sysfs, read-only, on an existing folder. Its `class/net` shows the network namespace that the calling thread is in now. */
export function mountSysfs(path: string): void {
  assertNoNul(path);
  check(libc.mount('sysfs', path, 'sysfs', MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, null), 'mount', path);
}

/** Makes `target` (an existing file or folder) show what `source` is; with `recursive` also what is mounted below it. */
export function bindMount(source: string, target: string, options: { readonly recursive?: boolean } = {}): void {
  assertNoNul(source);
  assertNoNul(target);
  const flags = MS_BIND | (options.recursive === true ? MS_REC : 0);
  check(libc.mount(source, target, 'none', flags, null), 'mount', `${source} on ${target}`);
}

/** Stops mounts below `path` (a mount point) from being passed to, or taken from, other mount namespaces. */
export function makePrivate(path: string): void {
  assertNoNul(path);
  check(libc.mount('none', path, null, MS_PRIVATE | MS_REC, null), 'mount', `--make-rprivate ${path}`);
}

/** Passes mounts and unmounts below `path` (a mount point) on to copies of this mount namespace. */
export function makeShared(path: string): void {
  assertNoNul(path);
  check(libc.mount('none', path, null, MS_SHARED | MS_REC, null), 'mount', `--make-rshared ${path}`);
}

/** Takes the topmost mount off `path`, at once, also while it is in use. Throws EINVAL when nothing is mounted there. */
export function unmount(path: string): void {
  assertNoNul(path);
  check(libc.umount2(path, MNT_DETACH | UMOUNT_NOFOLLOW), 'umount2', path);
}
