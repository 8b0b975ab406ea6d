import { libc } from './calls.js';
import { check } from './check.js';
import { SO_RCVBUF, SO_RCVBUFFORCE, SOL_SOCKET } from './constants.js';

const integer = new Uint8Array(4);
const integerView = new DataView(integer.buffer);

/** Sets an `int` option of a socket; throws a NetlinkError named after the option. */
export function setIntegerOption(fd: number, level: number, option: number, value: number, name: string): void {
  integerView.setInt32(0, value, true);
  check(libc.setsockopt(fd, level, option, integer, 4), 'setsockopt', name);
}

/** Sets an `int` option that an older kernel may lack; says whether it was taken. */
export function trySetIntegerOption(fd: number, level: number, option: number, value: number): boolean {
  integerView.setInt32(0, value, true);
  return libc.setsockopt(fd, level, option, integer, 4) === 0;
}

/**
 * Asks for a receive buffer of `bytes`. It is a limit, no memory is taken before messages wait in it. SO_RCVBUFFORCE needs
 * CAP_NET_ADMIN in the initial user namespace, so inside a user namespace the kernel may cut it down to net.core.rmem_max.
 */
export function setReceiveBuffer(fd: number, bytes: number): void {
  if (trySetIntegerOption(fd, SOL_SOCKET, SO_RCVBUFFORCE, bytes)) return;
  setIntegerOption(fd, SOL_SOCKET, SO_RCVBUF, bytes, 'SO_RCVBUF');
}
