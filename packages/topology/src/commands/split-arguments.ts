import { quoted } from '../model/problem.js';

/** The arguments of a line, or why it was not split. `at` is the index of the character that is to blame. */
export type SplitArguments =
  | { readonly ok: true; readonly run: readonly string[] }
  | { readonly ok: false; readonly detail: string; readonly at: number };

/** What a shell would do something with; here nothing would be done, so it is refused where it stands without quotes. */
const meanings = new Map([
  ['|', 'would connect two programs'],
  ['&', 'would put a program into the background'],
  [';', 'would end one command and begin another'],
  ['<', 'would read from a file'],
  ['>', 'would write to a file'],
  ['(', 'would begin a subshell'],
  [')', 'would end a subshell'],
  ['$', 'would put the value of a variable in'],
  ['`', 'would run another command'],
  ['*', 'would put names of files in'],
  ['?', 'would put names of files in'],
  ['[', 'would put names of files in'],
  ['{', 'would be expanded'],
  ['}', 'would be expanded'],
  ['~', 'would put your home folder in'],
  ['#', 'would begin a comment'],
  ['!', 'would call up an older command'],
  ['\n', 'would begin another command'],
  ['\r', 'would begin another command'],
]);

const escapes = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
]);

class SplitError extends Error {
  constructor(
    readonly detail: string,
    readonly at: number,
  ) {
    super(detail);
  }
}

/**
 * Splits a line into arguments by the rules of a shell for blanks, quotes and backslashes, and refuses everything that only
 * a shell could carry out (variables, pipes, patterns): no shell reads a command of a lab. Pure; never throws.
 */
export function splitArguments(line: string): SplitArguments {
  try {
    return { ok: true, run: new Splitter(line).all() };
  } catch (error) {
    if (error instanceof SplitError) return { ok: false, detail: error.detail, at: error.at };
    throw error;
  }
}

class Splitter {
  readonly #line: string;
  #at = 0;

  constructor(line: string) {
    this.#line = line;
  }

  all(): readonly string[] {
    const run: string[] = [];
    for (;;) {
      while (isBlank(this.#line.charAt(this.#at))) this.#at += 1;
      if (this.#at >= this.#line.length) return run;
      run.push(this.#argument());
    }
  }

  #argument(): string {
    let text = '';
    while (this.#at < this.#line.length) {
      const character = this.#line.charAt(this.#at);
      if (isBlank(character)) break;
      if (character === "'") text += this.#single();
      else if (character === '"') text += this.#double();
      else if (character === '$' && this.#line.charAt(this.#at + 1) === "'") text += this.#spelled();
      else if (character === '\\') text += this.#escaped();
      else {
        this.#refuseMeaning(character);
        text += character;
        this.#at += 1;
      }
    }
    return text;
  }

  #single(): string {
    const start = this.#at;
    const end = this.#line.indexOf("'", start + 1);
    if (end < 0) throw new SplitError('This quote is never closed.', start);
    this.#at = end + 1;
    return this.#line.slice(start + 1, end);
  }

  #double(): string {
    const start = this.#at;
    let text = '';
    for (this.#at += 1; this.#at < this.#line.length; this.#at += 1) {
      const character = this.#line.charAt(this.#at);
      if (character === '"') {
        this.#at += 1;
        return text;
      }
      if (character === '$' || character === '`') this.#refuseMeaning(character);
      const next = this.#line.charAt(this.#at + 1);
      if (character === '\\' && '$`"\\'.includes(next) && next !== '') {
        text += next;
        this.#at += 1;
      } else text += character;
    }
    throw new SplitError('This quote is never closed.', start);
  }

  /** `$'…'` of bash: the escapes that `formatArguments` writes. */
  #spelled(): string {
    const start = this.#at;
    let text = '';
    for (this.#at += 2; this.#at < this.#line.length; ) {
      const character = this.#line.charAt(this.#at);
      if (character === "'") {
        this.#at += 1;
        return text;
      }
      if (character !== '\\') {
        text += character;
        this.#at += 1;
        continue;
      }
      const next = this.#line.charAt(this.#at + 1);
      const simple = escapes.get(next);
      const hex = /^(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(this.#line.slice(this.#at + 1, this.#at + 10));
      const code = Number.parseInt(hex?.[1] ?? hex?.[2] ?? '', 16);
      if (simple !== undefined) {
        text += simple;
        this.#at += 2;
      } else if (hex !== null && code <= 0x10ffff) {
        text += String.fromCodePoint(code);
        this.#at += 1 + hex[0].length;
      } else {
        throw new SplitError(`${quoted(`\\${next}`)} is not known inside $'…'.`, this.#at);
      }
    }
    throw new SplitError('This quote is never closed.', start);
  }

  #escaped(): string {
    const next = this.#line.slice(this.#at + 1, this.#at + 2);
    if (next === '') throw new SplitError('A backslash at the end stands for nothing.', this.#at);
    if (next === '\n' || next === '\r') this.#refuseMeaning(next);
    this.#at += 2;
    return next;
  }

  #refuseMeaning(character: string): void {
    const meaning = meanings.get(character);
    if (meaning === undefined) return;
    const shown = quoted(character);
    const detail = `${shown} ${meaning} in a shell, and no shell reads this line. Put it in single quotes, or run a shell: sh -c '…'.`;
    throw new SplitError(detail, this.#at);
  }
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t';
}
