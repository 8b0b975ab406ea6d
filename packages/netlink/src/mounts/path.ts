/** A C string ends at its first NUL: a path with one inside would silently mean another path. */
export function assertNoNul(path: string): void {
  if (path.includes('\0')) throw new TypeError('a path cannot hold a NUL character');
}
