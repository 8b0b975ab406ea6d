import { closeSync, openSync, readSync } from 'node:fs';

/** Some 6,000 connections: a node with more of them is under test of another kind. */
const longestBytes = 1024 * 1024;

/** Of this thread, which reads one file at a time. */
const chunk = Buffer.alloc(64 * 1024);

/**
 * The lines of a file of /proc; `cut` when there was more than is read. Missing files have no lines.
 *
 * @param headings lines at the top that are left out
 */
export function readLines(path: string, headings = 1): { readonly lines: readonly string[]; readonly cut: boolean } {
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
    while (length < longestBytes) {
      const read = readSync(fd, chunk, 0, chunk.length, null);
      if (read === 0) return { lines: linesOf(parts, headings), cut: false };
      length += read;
      parts.push(chunk.toString('latin1', 0, read));
    }
    return { lines: linesOf(parts, headings).slice(0, -1), cut: true };
  } finally {
    closeSync(fd);
  }
}

function linesOf(parts: readonly string[], headings: number): readonly string[] {
  return parts
    .join('')
    .split('\n')
    .slice(headings)
    .filter((line) => line !== '');
}
