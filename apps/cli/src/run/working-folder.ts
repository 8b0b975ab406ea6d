import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { printable } from '../output/printable.js';

/** Others may enter a folder; stat(2), S_IXOTH. */
const othersMayEnter = 0o001;

/**
 * The folder a command runs in: ours, where it can be entered. A sandbox that root started runs as another user, who cannot enter a folder under a
 * root-only home; the command then runs in `/`, and we say so.
 */
export async function workingFolder(folder = process.cwd()): Promise<string> {
  if (process.geteuid?.() !== 0 || (await canBeEntered(folder))) return folder;
  process.stderr.write(`note: the lab's user cannot enter ${printable(folder)}; the command runs in /\n`);
  return '/';
}

/** A home for the command: the person's own, where the lab's user can enter it. */
export async function homeFolder(home = process.env.HOME ?? '/'): Promise<string> {
  return process.geteuid?.() !== 0 || (await canBeEntered(home)) ? home : '/';
}

async function canBeEntered(folder: string): Promise<boolean> {
  const found = await stat(folder).catch(() => null);
  if (found === null || (found.mode & othersMayEnter) === 0) return false;
  return folder === '/' || canBeEntered(dirname(folder));
}
