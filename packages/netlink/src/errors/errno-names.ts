import { constants } from 'node:os';

/** Codes that the kernel's rtnetlink answers with and that `os.constants.errno` of Node does not name (asm-generic/errno.h, linux/errno.h). */
const KERNEL_ONLY: readonly (readonly [string, number])[] = [
  ['ENOTUNIQ', 76],
  ['EPFNOSUPPORT', 96],
  ['ESHUTDOWN', 108],
  ['EHOSTDOWN', 112],
  ['ENOTSUPP', 524],
];

const names = new Map<number, string>();
for (const [name, number] of [...Object.entries(constants.errno), ...KERNEL_ONLY]) {
  // EAGAIN/EWOULDBLOCK and EOPNOTSUPP/ENOTSUP share a number: the first and more usual name of each pair stays.
  if (!names.has(number)) names.set(number, name);
}
names.set(constants.errno.EAGAIN, 'EAGAIN');
names.set(constants.errno.EOPNOTSUPP, 'EOPNOTSUPP');

/**
 * The name of an error number of Linux.
 * @param errno positive number, as in errno(3).
 * @returns for instance `EEXIST`; `E4095` for a number nobody named.
 */
export function errnoName(errno: number): string {
  return names.get(errno) ?? `E${errno}`;
}
