import { endianness } from 'node:os';
import koffi from 'koffi';

if (process.platform !== 'linux') throw new Error(`@vethlab/netlink needs Linux; this is ${process.platform}`);
// Netlink speaks the machine's byte order; every machine that Node supports on Linux today but s390x is little-endian.
if (endianness() !== 'LE') throw new Error('@vethlab/netlink needs a little-endian machine');

/** The C library that the process already runs on (glibc or musl): no file name to guess. */
const library = koffi.load(null);

/** The callback of a koffi call on a thread of libuv's pool. */
export type AsyncResult = (error: unknown, result: number) => void;

/** A C function that can be called on this thread, or on a thread of libuv's pool through `async`. */
export type NativeFunction<Arguments extends unknown[]> = ((...args: Arguments) => number) & {
  async(...args: [...Arguments, AsyncResult]): void;
};

/**
 * Binds one function of the C library.
 * @param prototype in C. `ssize_t` is no type that koffi knows: write `long`.
 */
export function bind<Arguments extends unknown[]>(prototype: string): NativeFunction<Arguments> {
  return library.func(prototype) as NativeFunction<Arguments>;
}

/** The error number that the last call on this thread (or the asynchronous call whose callback is running) left behind. */
export function lastErrno(): number {
  return koffi.errno();
}

/** The address of a buffer's memory, for structures that hold pointers. Keep the buffer referenced while the kernel may use it. */
export function addressOf(buffer: Uint8Array): bigint {
  return koffi.address(buffer);
}
