import { align4 } from './message-types.js';

/** The first size of a writer's memory: a batch of a few dozen requests. It grows when needed. */
const INITIAL_BYTES = 16 * 1024;

/**
 * Writes netlink messages one behind the other into memory that is used again for the next batch.
 * `begin` … `end` make a message; `nest` … `unnest` an attribute that holds attributes.
 */
export class MessageWriter {
  /** The memory. A new one after it had to grow. */
  bytes = Buffer.alloc(INITIAL_BYTES);
  /** How much of it is written. */
  length = 0;
  #view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength);
  #message = 0;

  /** Forgets what is written. */
  clear(): void {
    this.length = 0;
  }

  begin(type: number, flags: number, sequence: number): void {
    this.#message = this.length;
    this.u32(0);
    this.u16(type);
    this.u16(flags);
    this.u32(sequence);
    this.u32(0);
  }

  /** Ends the message that `begin` started; returns its first byte's offset. */
  end(): number {
    this.#view.setUint32(this.#message, this.length - this.#message, true);
    return this.#message;
  }

  /** Sets further flags in the header of the message that starts at `message`. */
  addFlags(message: number, flags: number): void {
    this.#view.setUint16(message + 6, this.#view.getUint16(message + 6, true) | flags, true);
  }

  u8(value: number): void {
    this.#reserve(1);
    this.#view.setUint8(this.length, value);
    this.length += 1;
  }

  u16(value: number): void {
    this.#reserve(2);
    this.#view.setUint16(this.length, value, true);
    this.length += 2;
  }

  u32(value: number): void {
    this.#reserve(4);
    this.#view.setUint32(this.length, value, true);
    this.length += 4;
  }

  /** struct ifinfomsg */
  interfaceHeader(ifindex: number, flags: number, change: number): void {
    this.u32(0);
    this.u32(ifindex);
    this.u32(flags);
    this.u32(change);
  }

  attribute(type: number, value: Uint8Array): void {
    this.#header(type, value.length);
    this.bytes.set(value, this.length);
    this.length += value.length;
    this.#pad();
  }

  attributeU8(type: number, value: number): void {
    this.#header(type, 1);
    this.bytes[this.length] = value;
    this.length += 1;
    this.#pad();
  }

  attributeU16(type: number, value: number): void {
    this.#header(type, 2);
    this.#view.setUint16(this.length, value, true);
    this.length += 2;
    this.#pad();
  }

  /** In network byte order. */
  attributeU16be(type: number, value: number): void {
    this.#header(type, 2);
    this.#view.setUint16(this.length, value);
    this.length += 2;
    this.#pad();
  }

  /** In network byte order. */
  attributeU32be(type: number, value: number): void {
    this.#header(type, 4);
    this.#view.setUint32(this.length, value >>> 0);
    this.length += 4;
  }

  attributeU32(type: number, value: number): void {
    this.#header(type, 4);
    this.#view.setUint32(this.length, value >>> 0, true);
    this.length += 4;
  }

  /** In network byte order, as nfnetlink has its numbers. */
  attributeBe32(type: number, value: number): void {
    this.#header(type, 4);
    this.#view.setUint32(this.length, value >>> 0, false);
    this.length += 4;
  }

  /** A whole number up to 2^53. */
  attributeU64(type: number, value: number): void {
    this.#header(type, 8);
    this.u32(value % 2 ** 32);
    this.u32(Math.floor(value / 2 ** 32));
  }

  /** Text with the NUL that the kernel expects behind names. */
  attributeText(type: number, value: string): void {
    const size = Buffer.byteLength(value);
    this.#header(type, size + 1);
    this.bytes.write(value, this.length, 'utf8');
    this.bytes[this.length + size] = 0;
    this.length += size + 1;
    this.#pad();
  }

  /** Starts an attribute that holds attributes; give the result to `unnest`. */
  nest(type: number): number {
    const at = this.length;
    this.#header(type, 0);
    return at;
  }

  unnest(at: number): void {
    this.#view.setUint16(at, this.length - at, true);
  }

  #header(type: number, size: number): void {
    this.#reserve(align4(4 + size));
    this.#view.setUint16(this.length, 4 + size, true);
    this.#view.setUint16(this.length + 2, type, true);
    this.length += 4;
  }

  #pad(): void {
    while (this.length & 3) {
      this.#reserve(1);
      this.bytes[this.length++] = 0;
    }
  }

  #reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const grown = Buffer.alloc(Math.max(this.bytes.length * 2, this.length + more));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
    this.#view = new DataView(grown.buffer, grown.byteOffset, grown.byteLength);
  }
}
