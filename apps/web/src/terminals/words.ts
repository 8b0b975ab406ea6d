import type { TerminalSession } from '@vethlab/protocol';

/** Longer than any path worth reading in a tab. */
const longestTitle = 60;

/**
 * A title that a program gave its terminal, made fit to be shown: control, format and direction signs are gone (they could
 * turn the words around it), and it is short. Null when nothing is left.
 */
export function plainTitle(title: string): string | null {
  const plain = title
    .slice(0, 1_000)
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .trim();
  if (plain === '') return null;
  const signs = Array.from(plain);
  return signs.length <= longestTitle ? plain : `${signs.slice(0, longestTitle - 1).join('')}…`;
}

/** What a tab says; the lab's own shell is no node called root. */
export function tabName(session: Pick<TerminalSession, 'node' | 'title'>): string {
  return session.node === null ? session.title.replace(/^root\b/, 'Lab shell') : session.title;
}

/** One short word about the end, for the tab. */
export function endWord(session: TerminalSession): string | null {
  if (session.state === 'running') return null;
  if (session.reason !== 'ended') return 'ended';
  if (session.signal !== null) return session.signal;
  if (session.exitCode !== null) return `exit ${session.exitCode}`;
  return 'ended';
}

/** The whole sentence about the end. */
export function endSentence(session: TerminalSession): string {
  if (session.reason === 'ended' && session.exitCode !== null)
    return `The shell ended with exit code ${session.exitCode}.`;
  if (session.reason === 'ended' && session.signal !== null) return `The shell was ended by ${session.signal}.`;
  return session.detail ?? 'The shell ended.';
}
