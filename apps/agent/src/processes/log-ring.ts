import { type CommandLog, commandLogBytes } from '@vethlab/protocol';

/** The last 64 KB that a command printed. Its memory is taken with the first byte, and never grows. */
export class LogRing {
  #bytes: Buffer | null = null;
  /** Bytes that were ever added. */
  #total = 0;

  get total(): number {
    return this.#total;
  }

  add(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.#bytes ??= Buffer.alloc(commandLogBytes);
    const kept = chunk.subarray(Math.max(0, chunk.length - commandLogBytes));
    const start = (this.#total + chunk.length - kept.length) % commandLogBytes;
    const first = kept.copy(this.#bytes, start);
    if (first < kept.length) kept.copy(this.#bytes, 0, first);
    this.#total += chunk.length;
  }

  /** What is kept of what was printed after `from` bytes. It never begins or ends inside a character of UTF-8. */
  read(from: number): CommandLog {
    const oldest = Math.max(0, this.#total - commandLogBytes);
    let start = Math.min(Math.max(from, oldest), this.#total);
    const bytes = this.#slice(start, this.#total);
    const skipped = start === oldest && oldest > 0 ? continuationBytes(bytes) : 0;
    start += skipped;
    const whole = bytes.subarray(skipped, bytes.length - tornBytes(bytes));
    return { from: start, next: start + whole.length, text: whole.toString('utf8') };
  }

  #slice(start: number, end: number): Buffer {
    if (this.#bytes === null || start === end) return Buffer.alloc(0);
    const [a, b] = [start % commandLogBytes, end % commandLogBytes];
    return a < b
      ? Buffer.from(this.#bytes.subarray(a, b))
      : Buffer.concat([this.#bytes.subarray(a), this.#bytes.subarray(0, b)]);
  }
}

/** Bytes at the beginning that continue a character (RFC 3629): at most three. */
function continuationBytes(bytes: Buffer): number {
  let count = 0;
  while (count < 3 && ((bytes[count] ?? 0) & 0xc0) === 0x80) count += 1;
  return count;
}

/** Bytes at the end of a character whose rest was not printed yet. */
function tornBytes(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}
