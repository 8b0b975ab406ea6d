import type { ScriptFailure } from '@vethlab/protocol';

/** A record of the trace begins with it (ASCII RS): nothing that a person reads does. */
const recordStart = '\u001e';

/** Failures told one by one; a loop that fails a thousand times says nothing more. */
const mostFailures = 200;

/** Of what a failing command said. */
const messageMaxLength = 1_000;

/** A record is one line; what is longer without an end is ordinary text. */
const recordMaxLength = 2_000;

/** A command that was begun, and what was said since. */
interface Traced {
  readonly line: number | null;
  readonly command: string;
  message: string;
  /** A function that ends with its failing command fails too: that is told once. */
  isTold: boolean;
}

/**
 * Reads the errors of a traced script as they come: before each command the trace tells its line, after each failure the
 * exit code. What a command said in between is its message.
 */
export class TraceReader {
  readonly failures: ScriptFailure[] = [];
  moreFailures = 0;
  readonly #mark: string;
  #rest = '';
  #current: Traced = { line: null, command: '', message: '', isTold: true };
  /** What was traced before that, when nothing was said in between. */
  #before: Traced | null = null;

  /** `token` is in every record, and in nothing else. */
  constructor(token: string) {
    this.#mark = `${recordStart}${token} `;
  }

  /** Takes what came, and gives the text for people in it. */
  add(chunk: string): string {
    let text = '';
    this.#rest += chunk;
    for (;;) {
      const start = this.#rest.indexOf(this.#mark);
      if (start === -1) {
        // A part of a mark may be at the end.
        const keep = this.#rest.lastIndexOf(recordStart);
        const isPart = keep !== -1 && this.#mark.startsWith(this.#rest.slice(keep));
        const end = isPart ? keep : this.#rest.length;
        return text + this.#takeText(end);
      }
      const end = this.#rest.indexOf('\n', start);
      text += this.#takeText(start);
      if (end === -1) {
        if (this.#rest.length > recordMaxLength) text += this.#takeText(this.#rest.length);
        return text;
      }
      const length = end - start;
      this.#takeRecord(this.#rest.slice(this.#mark.length, length));
      this.#rest = this.#rest.slice(length + 1);
    }
  }

  /** The shell itself says what it cannot read, and ends: `script: line 7: syntax error …`. */
  end(script: string, exitCode: number): void {
    if (exitCode === 0) return;
    const prefix = `${script}: line `;
    for (const line of this.#current.message.split('\n')) {
      const at = line.indexOf(prefix);
      const match = at === -1 ? null : /^(\d+): (.*)$/.exec(line.slice(at + prefix.length));
      if (match === null || this.failures.some((failure) => failure.message.includes(match[2] ?? ''))) continue;
      this.#tell({ line: Number(match[1]), command: '', message: match[2] ?? '', exitCode });
      return;
    }
  }

  #takeText(length: number): string {
    const text = this.#rest.slice(0, length);
    this.#rest = this.#rest.slice(length);
    if (text === '') return text;
    this.#current.message = `${this.#current.message}${text}`.slice(-messageMaxLength);
    this.#before = null;
    return text;
  }

  /** `L 12 'ip link …'` before a command, `E 2` after one that failed. */
  #takeRecord(record: string): void {
    const [kind, number, ...words] = record.split(' ');
    if (kind === 'L') {
      this.#before = this.#current;
      this.#current = { line: Number(number), command: unquoted(words.join(' ')), message: '', isTold: false };
      return;
    }
    if (kind !== 'E') return;
    // The shell traces the command that tells of the failure as well, under the name of the one that failed.
    if (this.#before?.command === this.#current.command) this.#current = this.#before;
    this.#before = null;
    const { line, command, message, isTold } = this.#current;
    this.#current.isTold = true;
    if (!isTold) this.#tell({ line, command, message: plain(message), exitCode: Number(number) });
  }

  #tell(failure: ScriptFailure): void {
    if (this.failures.length < mostFailures) this.failures.push(failure);
    else this.moreFailures += 1;
  }
}

/** The command as typed, of bash's `'…'`; `$'…'`, which has odd characters in it, is shown as it is. */
function unquoted(text: string): string {
  return /^'[^']*'$/.test(text) ? text.slice(1, -1) : text;
}

/** Without what could act on a terminal. */
function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose.
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '').trim();
}
