import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Lines kept of what an agent printed, to explain its end: enough for a stack trace. */
const keptLines = 20;

/** A line longer than this is cut: it is for a log and for people. */
const maxLineLength = 2_000;

/** The last lines that an agent printed. */
export class LastWords {
  readonly #lines: string[] = [];

  /** Reads a stream to its end, line by line. */
  listen(stream: Readable, onLine: ((line: string) => void) | undefined): void {
    createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => {
      const cut = line.slice(0, maxLineLength);
      this.#lines.push(cut);
      if (this.#lines.length > keptLines) this.#lines.shift();
      onLine?.(cut);
    });
  }

  get text(): string {
    return this.#lines.join('\n').trim();
  }
}
