import { maximumArgumentBytes } from './limits.js';
import { type Parsed, type Problem, quoted, refused } from './problem.js';

/**
 * One argument of a command, as execve(2) takes it: any text without a zero byte, at most 4,096 bytes as UTF-8. Half a
 * surrogate pair has no bytes in UTF-8, so it is refused, too.
 */
export function parseArgument(text: string): Parsed<string> {
  if (text.includes('\0')) {
    return refused('command.argument', `${quoted(text)} has a zero byte, which ends every argument in the kernel.`);
  }
  if (/\p{Surrogate}/u.test(text)) {
    return refused('command.argument', `${quoted(text)} has half a character (a lone surrogate).`);
  }
  const bytes = utf8Length(text);
  if (bytes > maximumArgumentBytes) {
    return refused('command.argument', `The argument has ${bytes} bytes; at most ${maximumArgumentBytes} fit.`);
  }
  return { ok: true, value: text };
}

/** What is wrong with an argument list as a whole; null when nothing is. */
export function runProblem(run: readonly string[]): Problem | null {
  if (run.length === 0) return { code: 'command.empty', detail: 'The list of arguments is empty.' };
  if (run[0] === '') return { code: 'command.empty', detail: 'The first argument is the program, and it is empty.' };
  return null;
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
