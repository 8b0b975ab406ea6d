import { NetlinkError } from '../errors/netlink-error.js';
import { libc } from '../libc/calls.js';
import { EAGAIN, EINTR, MSG_DONTWAIT, MSG_TRUNC } from '../libc/constants.js';
import { lastErrno } from '../libc/library.js';
import { type Frame, frameOf } from './codec/frame.js';

/**
 * The kernel makes a dump's messages as large as the buffer they were last read into, but never more than 32 KiB
 * (netlink_dump in net/netlink/af_netlink.c). Twice that leaves room for a single large message.
 */
const INITIAL_BYTES = 64 * 1024;
/** No answer of rtnetlink is anywhere near this; a length beyond it is a mistake, not a message. */
const LARGEST_BYTES = 16 * 1024 * 1024;
/** struct sockaddr_nl { u16 family; u16 pad; u32 port; u32 groups } */
const ADDRESS_BYTES = 12;

const sender = new Uint8Array(ADDRESS_BYTES);
const senderView = new DataView(sender.buffer);
const senderLength = new Uint8Array(4);
const senderLengthView = new DataView(senderLength.buffer);

/**
 * The one place where answers of all sockets are received: memory does not grow with the number of sockets. What is in it
 * counts until the next `receive`, so read it out before anything else is asked of the kernel.
 */
export const inbox = {
  frame: frameOf(Buffer.alloc(INITIAL_BYTES)),

  /**
   * Takes one datagram of the kernel out of a socket's queue, without waiting.
   * @returns its length; 0 when the queue is empty; -1 when it was cut because the memory is too small (see `grow`).
   * @throws NetlinkError ENOBUFS when the kernel had to drop messages.
   */
  receive(fd: number): number {
    for (;;) {
      senderLengthView.setUint32(0, ADDRESS_BYTES, true);
      const { bytes } = inbox.frame;
      const length = libc.recvfrom(fd, bytes, bytes.length, MSG_DONTWAIT | MSG_TRUNC, sender, senderLength);
      if (length < 0) {
        const errno = lastErrno();
        if (errno === EINTR) continue;
        if (errno === EAGAIN) return 0;
        throw new NetlinkError({ errno, syscall: 'recvfrom' });
      }
      // Port 0 is the kernel; a process with CAP_NET_ADMIN could write to this socket too.
      if (senderView.getUint32(4, true) !== 0) continue;
      if (length > bytes.length) {
        grow(length);
        return -1;
      }
      return length;
    }
  },
} satisfies { frame: Frame; receive(fd: number): number };

function grow(needed: number): void {
  let size = inbox.frame.bytes.length;
  while (size < needed && size < LARGEST_BYTES) size *= 2;
  inbox.frame = frameOf(Buffer.alloc(size));
}
