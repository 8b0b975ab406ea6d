import { existsSync, renameSync, rmSync } from 'node:fs';

/** Fills a folder anew. A program that starts right now finds the old one or the new one, never half of it. @param {(draft: string) => Promise<void>} fill */
export async function newFolder(target, fill) {
  const draft = `${target}.draft-${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  await fill(draft);
  const old = `${target}.old-${process.pid}`;
  if (existsSync(target)) renameSync(target, old);
  renameSync(draft, target);
  rmSync(old, { recursive: true, force: true });
}
