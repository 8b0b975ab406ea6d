import type { Frame } from './frame.js';
import { formatIp } from './ip-address.js';
import { formatMac } from './mac.js';
import { align4 } from './message-types.js';

const HEADER_BYTES = 4;
/** The two high bits of a type say "nested" and "network byte order"; they are no part of the number (linux/netlink.h). */
const TYPE_MASK = 0x3fff;

/**
 * Walks the attributes (struct nlattr) between two offsets of a frame: `while (attributes.next()) switch (attributes.type)`.
 * Never looks outside its bounds whatever the lengths inside claim: an attribute that does not fit ends the walk. A value that
 * is too short for what is asked of it gives the caller's default.
 */
export class Attributes {
  type = 0;
  /** First byte of the value. */
  start = 0;
  /** Behind the last byte of the value. */
  end = 0;
  readonly #frame: Frame;
  readonly #limit: number;
  #next: number;

  constructor(frame: Frame, start: number, limit: number) {
    this.#frame = frame;
    this.#next = start;
    this.#limit = Math.min(limit, frame.bytes.length);
  }

  /** Goes to the next attribute; false at the end. */
  next(): boolean {
    const at = this.#next;
    if (at + HEADER_BYTES > this.#limit) return false;
    const length = this.#frame.view.getUint16(at, true);
    if (length < HEADER_BYTES || at + length > this.#limit) return false;
    this.type = this.#frame.view.getUint16(at + 2, true) & TYPE_MASK;
    this.start = at + HEADER_BYTES;
    this.end = at + length;
    this.#next = at + align4(length);
    return true;
  }

  /** The attributes inside the current one. */
  nested(): Attributes {
    return new Attributes(this.#frame, this.start, this.end);
  }

  u8(otherwise: number): number {
    return this.end - this.start < 1 ? otherwise : this.#frame.view.getUint8(this.start);
  }

  u16(otherwise: number): number {
    return this.end - this.start < 2 ? otherwise : this.#frame.view.getUint16(this.start, true);
  }

  /** In network byte order: ports, Ethernet types. */
  u16be(otherwise: number): number {
    return this.end - this.start < 2 ? otherwise : this.#frame.view.getUint16(this.start);
  }

  /** In network byte order. */
  u32be(otherwise: number): number {
    return this.end - this.start < 4 ? otherwise : this.#frame.view.getUint32(this.start);
  }

  u32(otherwise: number): number {
    return this.end - this.start < 4 ? otherwise : this.#frame.view.getUint32(this.start, true);
  }

  /** Exact up to 2^53. */
  u64(otherwise: number): number {
    if (this.end - this.start < 8) return otherwise;
    const { view } = this.#frame;
    return view.getUint32(this.start, true) + view.getUint32(this.start + 4, true) * 2 ** 32;
  }

  s32(otherwise: number): number {
    return this.end - this.start < 4 ? otherwise : this.#frame.view.getInt32(this.start, true);
  }

  /** Text up to its NUL. Bytes that are no UTF-8 come as U+FFFD. */
  text(): string {
    const { bytes } = this.#frame;
    let ascii = '';
    for (let at = this.start; at < this.end; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === 0) return ascii;
      if (byte >= 0x80) return this.#utf8();
      ascii += String.fromCharCode(byte);
    }
    return ascii;
  }

  /** An IPv4 or IPv6 address by its length; null for any other length. */
  ip(): string | null {
    return formatIp(this.#frame.bytes, this.start, this.end - this.start);
  }

  /** A link-layer address of any length as pairs of hex digits; null when it is empty. */
  mac(): string | null {
    return formatMac(this.#frame.bytes, this.start, this.end);
  }

  #utf8(): string {
    const nul = this.#frame.bytes.indexOf(0, this.start);
    return this.#frame.bytes.toString('utf8', this.start, nul < 0 ? this.end : Math.min(nul, this.end));
  }
}
