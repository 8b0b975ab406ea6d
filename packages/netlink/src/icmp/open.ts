import { libc } from '../libc/calls.js';
import { check } from '../libc/check.js';
import {
  AF_INET,
  AF_INET6,
  ICMP6_FILTER,
  IPPROTO_ICMP,
  IPPROTO_ICMPV6,
  IPPROTO_IPV6,
  IPV6_RECVHOPLIMIT,
  SO_BINDTODEVICE,
  SO_TIMESTAMPNS,
  SOCK_CLOEXEC,
  SOCK_RAW,
  SOL_SOCKET,
} from '../libc/constants.js';
import { setIntegerOption, setReceiveBuffer } from '../libc/sockets.js';
import type { Family } from '../rtnetlink/codec/ip-address.js';
import { checkIfname } from '../rtnetlink/requests/checks.js';
import { attachEchoFilter, type IdentifierRange } from './filter.js';

/** Room for the answers of some hundred hosts at once, about 1 KiB each; more is dropped, never piled up. */
const RECEIVE_BUFFER_BYTES = 512 * 1024;
/** ICMPv6: unreachable, packet too big, time exceeded, echo reply. */
const ICMPV6_TYPES = [1, 2, 3, 129];

/** Opens a raw ICMP socket in the thread's namespace. The filters stand before the first packet can be read. */
export function openEchoSocket(family: Family, identifiers: IdentifierRange, device?: string): number {
  const domain = family === 4 ? AF_INET : AF_INET6;
  const protocol = family === 4 ? IPPROTO_ICMP : IPPROTO_ICMPV6;
  const fd = check(libc.socket(domain, SOCK_RAW | SOCK_CLOEXEC, protocol), 'socket', `raw ICMP, IPv${family}`);
  try {
    attachEchoFilter(fd, family, identifiers);
    if (device !== undefined) bindToDevice(fd, device);
    if (family === 6) {
      filterIcmpv6(fd);
      setIntegerOption(fd, IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1, 'IPV6_RECVHOPLIMIT');
    }
    setReceiveBuffer(fd, RECEIVE_BUFFER_BYTES);
    setIntegerOption(fd, SOL_SOCKET, SO_TIMESTAMPNS, 1, 'SO_TIMESTAMPNS');
    return fd;
  } catch (error) {
    libc.close(fd);
    throw error;
  }
}

/** socket(7): the socket sends and receives through this interface only; of a VRF, through its members by its table. */
function bindToDevice(fd: number, device: string): void {
  checkIfname(device);
  const name = Buffer.from(device);
  check(libc.setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, name, name.length), 'setsockopt', `SO_BINDTODEVICE ${device}`);
}

/** struct icmp6_filter: 256 bits, a set one blocks its type (RFC 3542). */
function filterIcmpv6(fd: number): void {
  const blocked = Buffer.alloc(32, 0xff);
  for (const type of ICMPV6_TYPES) {
    const word = (type >> 5) * 4;
    blocked.writeUInt32LE((blocked.readUInt32LE(word) & ~(1 << (type & 31))) >>> 0, word);
  }
  check(libc.setsockopt(fd, IPPROTO_ICMPV6, ICMP6_FILTER, blocked, blocked.length), 'setsockopt', 'ICMP6_FILTER');
}
