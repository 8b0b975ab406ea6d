import type { Frame } from './frame.js';
import { align4, NLMSG_HEADER_BYTES } from './message-types.js';

/** Walks the messages (struct nlmsghdr) of one datagram. What does not fit ends the walk, whatever its length claims. */
export class Messages {
  type = 0;
  flags = 0;
  sequence = 0;
  /** First byte of the body. */
  start = 0;
  /** Behind the last byte of the body. */
  end = 0;
  readonly #view: DataView;
  readonly #limit: number;
  #next = 0;

  constructor(frame: Frame, length: number) {
    this.#view = frame.view;
    this.#limit = Math.min(length, frame.bytes.length);
  }

  next(): boolean {
    const at = this.#next;
    if (at + NLMSG_HEADER_BYTES > this.#limit) return false;
    const length = this.#view.getUint32(at, true);
    if (length < NLMSG_HEADER_BYTES || at + length > this.#limit) return false;
    this.type = this.#view.getUint16(at + 4, true);
    this.flags = this.#view.getUint16(at + 6, true);
    this.sequence = this.#view.getUint32(at + 8, true);
    this.start = at + NLMSG_HEADER_BYTES;
    this.end = at + length;
    this.#next = at + align4(length);
    return true;
  }
}
