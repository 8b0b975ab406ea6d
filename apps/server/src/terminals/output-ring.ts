import { type PackedBlock, packBlock } from './packed-block.js';

/** A ring is made of so many blocks: memory is taken as it is needed, and the oldest block is forgotten as a whole. */
const blocksPerRing = 32;

/** Blocks that are kept as they are: whoever follows the output reads these. Older ones are packed. */
const plainBlocks = 4;

/** How far to look for the end of a line that is only half kept. */
const lineSearchBytes = 4 * 1024;

const lineFeed = 0x0a;

/** The last bytes that a terminal wrote, addressed by how many came before them. */
export class OutputRing {
  readonly #maxBytes: number;
  readonly #blockBytes: number;
  /** Full ones, the oldest first. Before `#plain`. */
  readonly #packed: PackedBlock[] = [];
  /** The newest, all full but the last one. */
  readonly #plain: Buffer[] = [];
  /** The packed block that was read last: somebody who comes back reads one in several pieces. */
  #unpacked: { readonly of: PackedBlock; readonly bytes: Buffer } | null = null;
  #start = 0;
  #end = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
    this.#blockBytes = Math.ceil(maxBytes / blocksPerRing);
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
    return this.#start + this.read(this.#start, lineSearchBytes).indexOf(lineFeed) + 1;
  }

  push(added: Buffer): void {
    for (let written = 0; written < added.length; ) {
      const used = (this.#end - this.#start) % this.#blockBytes;
      if (used === 0) this.#addBlock();
      const piece = added.subarray(written, written + this.#blockBytes - used);
      this.#plain.at(-1)?.set(piece, used);
      written += piece.length;
      this.#end += piece.length;
      if (this.#end - this.#start <= this.#maxBytes) continue;
      this.#packed.shift();
      this.#start += this.#blockBytes;
    }
  }

  /**
   * Bytes from `offset` on, at least one and at most `most`; a copy, since the block is used again.
   * @throws RangeError when `offset` is not kept
   */
  read(offset: number, most: number): Buffer {
    if (offset < this.#start || offset >= this.#end) throw new RangeError(`Offset ${offset} is not in the ring.`);
    const first = offset - this.#start;
    const at = first % this.#blockBytes;
    const length = Math.min(most, this.#end - offset);
    return Buffer.from(this.#block(Math.floor(first / this.#blockBytes)).subarray(at, at + length));
  }

  /** A block that was packed is used again: thrown away, it would be memory that Node is in no hurry to give back. */
  #addBlock(): void {
    const oldest = this.#plain.length < plainBlocks ? undefined : this.#plain.shift();
    if (oldest !== undefined) this.#packed.push(packBlock(oldest));
    this.#plain.push(oldest ?? Buffer.allocUnsafeSlow(this.#blockBytes));
  }

  #block(index: number): Buffer {
    const packed = this.#packed[index];
    if (packed === undefined) return this.#plain[index - this.#packed.length] ?? Buffer.alloc(0);
    if (this.#unpacked?.of !== packed) this.#unpacked = { of: packed, bytes: packed.unpack() };
    return this.#unpacked.bytes;
  }
}
