import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import { fromFileError } from '../errors/netlink-error.js';
import { inNamespace } from '../namespaces/enter.js';
import type { NamespaceHandle } from '../namespaces/handle.js';
import { sysctlPath } from './key.js';

/** A sysctl holds at most one page of text. */
const LONGEST_VALUE_BYTES = 4096;
const buffer = Buffer.alloc(LONGEST_VALUE_BYTES);

/**
 * Reads a network sysctl of a namespace, without the line end.
 * @param namespace null for the calling thread's own.
 * @throws NetlinkError ENOENT for a key that this kernel or namespace does not have; RangeError for a key outside the alphabet.
 */
export function readSysctl(namespace: NamespaceHandle | null, key: string): string {
  const path = sysctlPath(key);
  return visit(namespace, () => {
    const fd = open(path, constants.O_RDONLY);
    try {
      const length = readSync(fd, buffer, 0, LONGEST_VALUE_BYTES, 0);
      return buffer.toString('utf8', 0, length).replace(/\n$/, '');
    } catch (error) {
      throw fromFileError(error, key);
    } finally {
      closeSync(fd);
    }
  });
}

/**
 * Sets a network sysctl of a namespace. Some values act on others: setting `conf.all.forwarding` sets every interface's.
 * @param namespace null for the calling thread's own.
 * @throws NetlinkError EINVAL for a value the kernel refuses, ENOENT, EACCES; RangeError for a key outside the alphabet.
 */
export function writeSysctl(namespace: NamespaceHandle | null, key: string, value: string): void {
  writeSysctls(namespace, [{ key, value }]);
}

/** Sets several sysctls of one namespace in one visit, in order; stops at the first that fails. */
export function writeSysctls(
  namespace: NamespaceHandle | null,
  settings: readonly { readonly key: string; readonly value: string }[],
): void {
  const writes = settings.map(({ key, value }) => ({ key, value, path: sysctlPath(key) }));
  visit(namespace, () => {
    for (const { key, value, path } of writes) {
      const fd = open(path, constants.O_WRONLY);
      try {
        // One write: the kernel reads the value from the first one only.
        writeSync(fd, value);
      } catch (error) {
        throw fromFileError(error, key);
      } finally {
        closeSync(fd);
      }
    }
  });
}

// The synchronous calls of fs run on this thread; the asynchronous ones would see the namespace of a pool thread.
function visit<T>(namespace: NamespaceHandle | null, work: () => T): T {
  return namespace === null ? work() : inNamespace(namespace, work);
}

function open(path: string, flags: number): number {
  try {
    return openSync(path, flags);
  } catch (error) {
    throw fromFileError(error, path);
  }
}
