import { createHash } from 'node:crypto';

/** Identity of a file's text: tells our own writes from somebody else's. */
export function textHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
