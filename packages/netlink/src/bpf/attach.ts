import { libc } from '../libc/calls.js';
import { check } from '../libc/check.js';
import { SO_ATTACH_FILTER, SOL_SOCKET } from '../libc/constants.js';
import { addressOf } from '../libc/library.js';
import { assemble, type FilterLine } from './bpf.js';

/** Lets only what the filter keeps into the queue of a socket; the kernel drops the rest before anybody is woken. */
export function attachFilter(fd: number, lines: readonly FilterLine[]): void {
  const code = assemble(lines);
  // struct sock_fprog { u16 count; pointer }
  const program = Buffer.alloc(16);
  program.writeUInt16LE(code.length / 8, 0);
  program.writeBigUInt64LE(addressOf(code), 8);
  check(libc.setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, program, program.length), 'setsockopt', 'SO_ATTACH_FILTER');
}
