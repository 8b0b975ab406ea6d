import { closeSync, openSync, readSync } from 'node:fs';

/** Some 6,000 connections: a node with more of them is under test of another kind. */
const longestBytes = 1024 * 1024;
const chunkBytes = 64 * 1024;

/** The lines of a file of /proc without its heading; `cut` when there was more than is read. Missing files have no lines. */
export function readLines(path: string): { readonly lines: readonly string[]; readonly cut: boolean } {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch {
    // A kernel without this protocol.
    return { lines: [], cut: false };
  }
  try {
    const parts: string[] = [];
    let length = 0;
    const chunk = Buffer.alloc(chunkBytes);
    while (length < longestBytes) {
      const read = readSync(fd, chunk, 0, chunkBytes, null);
      if (read === 0) return { lines: linesOf(parts), cut: false };
      length += read;
      parts.push(chunk.toString('latin1', 0, read));
    }
    return { lines: linesOf(parts).slice(0, -1), cut: true };
  } finally {
    closeSync(fd);
  }
}

function linesOf(parts: readonly string[]): readonly string[] {
  return parts
    .join('')
    .split('\n')
    .slice(1)
    .filter((line) => line !== '');
}
