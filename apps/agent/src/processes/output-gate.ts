import type { Readable } from 'node:stream';

/** All commands of a lab together are read at most this fast: 4 MB a second, much more than anybody reads and little to copy. */
const bytesPerTurn = 200 * 1024;
const turnMs = 50;

/**
 * Reads what commands print, so fast and no faster: one that prints without end (`yes`) is held up by its full pipe, as it would
 * be by a slow terminal, and costs next to nothing.
 */
export class OutputGate {
  #left = bytesPerTurn;
  readonly #paused = new Set<Readable>();
  #timer: NodeJS.Timeout | null = null;

  read(output: Readable, take: (chunk: Buffer) => void): void {
    output.on('data', (chunk: Buffer) => {
      take(chunk);
      this.#left -= chunk.length;
      this.#timer ??= setTimeout(() => this.#turn(), turnMs);
      if (this.#left > 0) return;
      output.pause();
      this.#paused.add(output);
    });
    // A pipe that breaks has nothing more to say; the exit of the program tells why.
    output.on('error', () => this.#paused.delete(output));
    output.on('close', () => this.#paused.delete(output));
  }

  #turn(): void {
    this.#timer = null;
    this.#left = Math.min(bytesPerTurn, this.#left + bytesPerTurn);
    if (this.#left <= 0) {
      this.#timer = setTimeout(() => this.#turn(), turnMs);
      return;
    }
    const waiting = [...this.#paused];
    this.#paused.clear();
    for (const output of waiting) output.resume();
  }
}
