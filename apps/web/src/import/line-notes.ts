import type { ImportScriptReply } from '@vethlab/protocol';

export type Failure = ImportScriptReply['failures'][number];

/** Failures by their line, from 1. */
export function failuresByLine(failures: readonly Failure[]): ReadonlyMap<number, readonly Failure[]> {
  const byLine = new Map<number, readonly Failure[]>();
  for (const failure of failures) {
    if (failure.line !== null) byLine.set(failure.line, [...(byLine.get(failure.line) ?? []), failure]);
  }
  return byLine;
}

/** What a command said, in one sentence; some say nothing. */
export function failureWords({ message, exitCode, command }: Failure): string {
  if (message !== '') return message.replace(ofTheShell, '');
  if (exitCode === 127) return `${command.split(' ')[0] ?? command}: not found`;
  return `ended with exit code ${exitCode} and said nothing`;
}

/** The shell puts the path of its script and the line before what it says; the line is told already. */
const ofTheShell = /^\S+: line \d+: /;

/** `1` to `count`, one on each line, for the gutter beside a text. */
export function lineNumbers(count: number): string {
  return Array.from({ length: count }, (_, index) => index + 1).join('\n');
}

/** Lines as an editor counts them: an empty text has one, and what ends a line begins another. */
export function countLines(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
