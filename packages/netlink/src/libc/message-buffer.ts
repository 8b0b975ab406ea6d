import { libc } from './calls.js';
import { MSG_CTRUNC, MSG_DONTWAIT, MSG_TRUNC } from './constants.js';
import { addressOf } from './library.js';

/** struct msghdr, iovec and cmsghdr of a 64-bit machine (bits/socket.h). */
const HEADER_BYTES = 56;
const IOVEC_BYTES = 16;
const CMSG_HEADER_BYTES = 16;

/** One ancillary datum: where its value lies in `control`. */
export interface Ancillary {
  readonly level: number;
  readonly type: number;
  readonly start: number;
  readonly end: number;
}

/** Memory for `recvmsg`: data, the sender's address and ancillary data. Made once and used for every message of many sockets. */
export class MessageBuffer {
  readonly data: Buffer;
  readonly view: DataView;
  readonly name: Buffer;
  readonly control: DataView;
  readonly #control: Buffer;
  readonly #header = Buffer.alloc(HEADER_BYTES);
  readonly #iovec = Buffer.alloc(IOVEC_BYTES);

  constructor(dataBytes: number, nameBytes: number, controlBytes: number) {
    this.data = Buffer.alloc(dataBytes);
    this.view = new DataView(this.data.buffer, this.data.byteOffset, dataBytes);
    this.name = Buffer.alloc(nameBytes);
    this.#control = Buffer.alloc(controlBytes);
    this.control = new DataView(this.#control.buffer, this.#control.byteOffset, controlBytes);
    this.#iovec.writeBigUInt64LE(addressOf(this.data), 0);
    this.#iovec.writeBigUInt64LE(BigInt(dataBytes), 8);
    this.#header.writeBigUInt64LE(addressOf(this.name), 0);
    this.#header.writeBigUInt64LE(addressOf(this.#iovec), 16);
    this.#header.writeBigUInt64LE(1n, 24);
    this.#header.writeBigUInt64LE(addressOf(this.#control), 32);
  }

  /**
   * Takes one message out of a socket's queue, without waiting.
   * @returns as recvmsg(2): its length, or -1 (see `lastErrno`). A message longer than the memory is cut: its true length is returned.
   */
  receive(fd: number): number {
    this.#header.writeUInt32LE(this.name.length, 8);
    this.#header.writeUInt32LE(this.#control.length, 40);
    this.#header.writeUInt32LE(0, 44);
    return libc.recvmsg(fd, this.#header, MSG_DONTWAIT | MSG_TRUNC);
  }

  /** The ancillary data of the last message. What does not fit ends the walk. */
  *ancillary(): Generator<Ancillary> {
    const flags = this.#header.readUInt32LE(48);
    const length = (flags & MSG_CTRUNC) !== 0 ? 0 : Math.min(this.#header.readUInt32LE(40), this.#control.length);
    for (let at = 0; at + CMSG_HEADER_BYTES <= length; ) {
      const size = this.control.getUint32(at, true);
      if (size < CMSG_HEADER_BYTES || at + size > length) return;
      const level = this.control.getInt32(at + 8, true);
      const type = this.control.getInt32(at + 12, true);
      yield { level, type, start: at + CMSG_HEADER_BYTES, end: at + size };
      at += (size + 7) & ~7;
    }
  }
}
