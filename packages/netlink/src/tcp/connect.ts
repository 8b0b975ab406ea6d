import { NetlinkError } from '../errors/netlink-error.js';
import { libc } from '../libc/calls.js';
import { check } from '../libc/check.js';
import { AF_INET, AF_INET6, SO_SNDTIMEO, SOCK_CLOEXEC, SOCK_STREAM, SOL_SOCKET } from '../libc/constants.js';
import { lastErrno } from '../libc/library.js';
import { inNamespace } from '../namespaces/enter.js';
import type { NamespaceHandle } from '../namespaces/handle.js';
import { familyOf, parseIp } from '../rtnetlink/codec/ip-address.js';

/** struct sockaddr_in and sockaddr_in6 (linux/in.h, linux/in6.h). */
const IPV4_BYTES = 16;
const IPV6_BYTES = 28;
/** struct timeval of a 64-bit machine. */
const TIMEVAL_BYTES = 16;

export interface ConnectTarget {
  /** Without prefix length or zone. */
  readonly address: string;
  readonly port: number;
  /** Whole seconds to wait for the other side, on a thread of libuv's pool. */
  readonly timeoutSeconds: number;
}

/**
 * Makes a TCP connection from inside a network namespace and gives its descriptor, for `new net.Socket({ fd })`. The socket stays in the namespace
 * for ever; the calling thread does not.
 * @throws NetlinkError ECONNREFUSED when nobody listens there, ENETUNREACH, EINPROGRESS when it took too long (socket(7), SO_SNDTIMEO)
 */
export async function connectIn(namespace: NamespaceHandle, target: ConnectTarget): Promise<number> {
  const { address, port, timeoutSeconds } = target;
  const family = familyOf(address);
  const domain = family === 4 ? AF_INET : AF_INET6;
  const place = Buffer.alloc(family === 4 ? IPV4_BYTES : IPV6_BYTES);
  place.writeUInt16LE(domain, 0);
  place.writeUInt16BE(port, 2);
  place.set(parseIp(address, family), family === 4 ? 4 : 8);
  const timeout = Buffer.alloc(TIMEVAL_BYTES);
  timeout.writeBigInt64LE(BigInt(timeoutSeconds), 0);
  const fd = inNamespace(namespace, () => check(libc.socket(domain, SOCK_STREAM | SOCK_CLOEXEC, 0), 'socket', 'TCP'));
  try {
    check(libc.setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, timeout, timeout.length), 'setsockopt', 'SO_SNDTIMEO');
    await connected(fd, place, `${address} port ${port}`);
    return fd;
  } catch (error) {
    libc.close(fd);
    throw error;
  }
}

function connected(fd: number, place: Uint8Array, subject: string): Promise<void> {
  return new Promise((resolve, reject) => {
    libc.connect.async(fd, place, place.length, (error, result) => {
      const errno = lastErrno();
      if (error !== null && error !== undefined) reject(error);
      else if (result < 0) reject(new NetlinkError({ errno, syscall: 'connect', subject }));
      else resolve();
    });
  });
}
