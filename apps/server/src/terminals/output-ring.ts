/** Most sessions write a few screens: memory is taken as it is needed, and doubled. */
const firstBytes = 8 * 1024;

/** How far to look for the end of a line that is only half kept. */
const lineSearchBytes = 4 * 1024;

const lineFeed = 0x0a;

/** The last bytes that a terminal wrote, addressed by how many came before them. */
export class OutputRing {
  readonly #maxBytes: number;
  #bytes = Buffer.alloc(0);
  #start = 0;
  #end = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Offset of the first byte that is kept. */
  get start(): number {
    return this.#start;
  }

  /** Offset after the last byte: all that was ever written. */
  get end(): number {
    return this.#end;
  }

  /**
   * Where somebody begins who has nothing yet: at the start of a line when the bytes before it are gone, so that half a
   * character or half an escape sequence does not garble the first screen.
   */
  get beginning(): number {
    if (this.#start === 0) return 0;
    const until = Math.min(this.#end, this.#start + lineSearchBytes);
    for (let offset = this.#start; offset < until; offset += 1) {
      if (this.#bytes[offset % this.#bytes.length] === lineFeed) return offset + 1;
    }
    return this.#start;
  }

  push(added: Buffer): void {
    const kept = added.subarray(Math.max(0, added.length - this.#maxBytes));
    this.#makeRoom(kept.length);
    const at = (this.#end + added.length - kept.length) % this.#bytes.length;
    const first = kept.subarray(0, this.#bytes.length - at);
    this.#bytes.set(first, at);
    this.#bytes.set(kept.subarray(first.length), 0);
    this.#end += added.length;
    this.#start = Math.max(this.#start, this.#end - this.#bytes.length);
  }

  /** Bytes from `offset` on, at least one and at most `most`; a copy, since what is kept is overwritten later. `offset` is kept. */
  read(offset: number, most: number): Buffer {
    const at = offset % this.#bytes.length;
    const length = Math.min(most, this.#end - offset, this.#bytes.length - at);
    return Buffer.from(this.#bytes.subarray(at, at + length));
  }

  #makeRoom(added: number): void {
    const wanted = Math.min(this.#maxBytes, this.#end - this.#start + added);
    if (wanted <= this.#bytes.length) return;
    let size = Math.max(firstBytes, this.#bytes.length);
    while (size < wanted) size *= 2;
    const larger = Buffer.alloc(Math.min(size, this.#maxBytes));
    for (let offset = this.#start; offset < this.#end; ) {
      const place = offset % larger.length;
      const piece = this.read(offset, larger.length - place);
      larger.set(piece, place);
      offset += piece.length;
    }
    this.#bytes = larger;
  }
}
