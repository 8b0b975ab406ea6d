import type { YamlSource } from './read-yaml.js';
import { afterLine, lineStart } from './source-places.js';

interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly order: number;
}

/** Changes to a text, collected by offset and made all at once. What no splice names stays as it is, to the byte. */
export class Splices {
  readonly source: YamlSource;
  readonly #splices: Splice[] = [];
  readonly #lineEnd: string;

  constructor(source: YamlSource) {
    this.source = source;
    this.#lineEnd = /\r?\n/.exec(source.text)?.[0] ?? '\n';
  }

  replace(start: number, end: number, text: string): void {
    this.#splices.push({ start, end, text, order: this.#splices.length });
  }

  insert(offset: number, text: string): void {
    this.replace(offset, offset, text);
  }

  /** Inserts whole lines after the line of an offset. */
  insertLinesAfter(offset: number, lines: readonly string[]): void {
    const { text } = this.source;
    const at = afterLine(this.source, offset);
    const isOpen = at === text.length && !text.endsWith('\n');
    const joined = lines.join(this.#lineEnd);
    this.insert(at, isOpen ? `${this.#lineEnd}${joined}` : `${joined}${this.#lineEnd}`);
  }

  /** Inserts whole lines before the line of an offset. */
  insertLinesBefore(offset: number, lines: readonly string[]): void {
    this.insert(lineStart(this.source, offset), lines.map((line) => `${line}${this.#lineEnd}`).join(''));
  }

  /** Removes whole lines, and leaves the comments in them as lines of their own. */
  removeLines(start: number, end: number, indent: number): void {
    const from = lineStart(this.source, start);
    const to = afterLine(this.source, end);
    const lead = ' '.repeat(indent);
    const kept = this.commentsIn(from, to).map((comment) => `${lead}${comment}${this.#lineEnd}`);
    this.replace(from, to, kept.join(''));
  }

  /** Replaces a part of a line; comments that stood in it go to lines of their own, before the line. */
  replaceKeepingComments(start: number, end: number, text: string, indent: number): void {
    const lead = ' '.repeat(indent);
    const kept = this.commentsIn(start, end);
    if (kept.length > 0) {
      this.insertLinesBefore(
        start,
        kept.map((comment) => `${lead}${comment}`),
      );
    }
    this.replace(start, end, text);
  }

  /** Lines as they are inserted after something on the same line. */
  asBlock(lines: readonly string[]): string {
    return lines.map((line) => `${this.#lineEnd}${line}`).join('');
  }

  commentsIn(start: number, end: number): readonly string[] {
    return this.source.comments
      .filter((comment) => comment.start >= start && comment.end <= end)
      .map((comment) => this.source.text.slice(comment.start, comment.end).trimEnd());
  }

  /** The text with all splices. One that lies within another is dropped: the larger one says what becomes of it. */
  result(): string {
    const { text } = this.source;
    const sorted = [...this.#splices].sort((a, b) => {
      if (a.start !== b.start) return a.start - b.start;
      const byKind = Number(a.end > a.start) - Number(b.end > b.start);
      if (byKind !== 0) return byKind;
      return a.end === a.start ? a.order - b.order : b.end - a.end || b.order - a.order;
    });
    const pieces: string[] = [];
    let offset = 0;
    for (const splice of sorted) {
      if (splice.start < offset) continue;
      pieces.push(text.slice(offset, splice.start), splice.text);
      offset = splice.end;
    }
    pieces.push(text.slice(offset));
    return pieces.join('');
  }
}
