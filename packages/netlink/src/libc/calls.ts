import { bind } from './library.js';

/**
 * The system calls this package makes, exactly as the C library declares them (man pages of section 2). They return what the
 * kernel returned and throw nothing: look at the result, then at `lastErrno()` at once. Buffers stand for `void *`.
 */
export const libc = {
  unshare: bind<[flags: number]>('int unshare(int flags)'),
  setns: bind<[fd: number, type: number]>('int setns(int fd, int nstype)'),
  mount: bind<[source: string | null, target: string, type: string | null, flags: number, data: string | null]>(
    'int mount(const char *source, const char *target, const char *type, unsigned long flags, const char *data)',
  ),
  umount2: bind<[target: string, flags: number]>('int umount2(const char *target, int flags)'),
  /** Only for requests without a third argument. */
  ioctl: bind<[fd: number, request: number]>('int ioctl(int fd, unsigned long request)'),
  ioctlData: bind<[fd: number, request: number, data: Uint8Array]>(
    'int ioctl(int fd, unsigned long request, void *data)',
  ),
  close: bind<[fd: number]>('int close(int fd)'),
  prlimit: bind<[pid: number, resource: number, limit: Uint8Array, before: null]>(
    'int prlimit(int pid, int resource, void *newLimit, void *oldLimit)',
  ),
  /** For calls that the C library has no function for; see the numbers of the machine. */
  syscall: bind<[number: number, operation: number, flags: number, data: Uint8Array]>(
    'long syscall(long number, unsigned long operation, unsigned long flags, void *data)',
  ),
  /** Only for commands that take a number. */
  fcntl: bind<[fd: number, command: number, value: number]>('int fcntl(int fd, int command, long value)'),
  socket: bind<[domain: number, type: number, protocol: number]>('int socket(int domain, int type, int protocol)'),
  bind: bind<[fd: number, address: Uint8Array, length: number]>('int bind(int fd, void *address, unsigned int length)'),
  connect: bind<[fd: number, address: Uint8Array, length: number]>(
    'int connect(int fd, void *address, unsigned int length)',
  ),
  setsockopt: bind<[fd: number, level: number, name: number, value: Uint8Array, length: number]>(
    'int setsockopt(int fd, int level, int name, void *value, unsigned int length)',
  ),
  send: bind<[fd: number, data: Uint8Array, length: number, flags: number]>(
    'long send(int fd, void *data, size_t length, int flags)',
  ),
  sendto: bind<
    [fd: number, data: Uint8Array, length: number, flags: number, address: Uint8Array, addressLength: number]
  >('long sendto(int fd, void *data, size_t length, int flags, void *address, unsigned int addressLength)'),
  recvfrom: bind<
    [fd: number, data: Uint8Array, length: number, flags: number, address: Uint8Array, addressLength: Uint8Array]
  >('long recvfrom(int fd, void *data, size_t length, int flags, void *address, void *addressLength)'),
  recvmsg: bind<[fd: number, header: Uint8Array, flags: number]>('long recvmsg(int fd, void *header, int flags)'),
  read: bind<[fd: number, data: Uint8Array, length: number]>('long read(int fd, void *data, size_t length)'),
  inotifyInit1: bind<[flags: number]>('int inotify_init1(int flags)'),
  inotifyAddWatch: bind<[fd: number, path: string, mask: number]>(
    'int inotify_add_watch(int fd, const char *path, unsigned int mask)',
  ),
  inotifyRmWatch: bind<[fd: number, watch: number]>('int inotify_rm_watch(int fd, int watch)'),
  epollCreate1: bind<[flags: number]>('int epoll_create1(int flags)'),
  epollCtl: bind<[epoll: number, operation: number, fd: number, event: Uint8Array]>(
    'int epoll_ctl(int epoll, int operation, int fd, void *event)',
  ),
  epollWait: bind<[epoll: number, events: Uint8Array, maximum: number, timeoutMs: number]>(
    'int epoll_wait(int epoll, void *events, int maximum, int timeout)',
  ),
  /** Ends the process at once, whatever its other threads wait for. */
  exitNow: bind<[code: number]>('int _exit(int code)'),
  clockGettime: bind<[clock: number, time: Uint8Array]>('int clock_gettime(int clock, void *time)'),
} as const;
