import { getSystemErrorMap } from 'node:util';
import { errnoName } from './errno-names.js';

/** What went wrong in one system call or one rtnetlink request. */
export interface NetlinkErrorDetails {
  /** Positive error number, as in errno(3). */
  readonly errno: number;
  /** The call or request, for instance `setns` or `RTM_NEWLINK`. */
  readonly syscall: string;
  /** The kernel's own sentence (NLMSGERR_ATTR_MSG of the extended acknowledgement), when it gave one. */
  readonly kernelMessage?: string | undefined;
  /** What the call was about: a path, a name. Shown in the message. */
  readonly subject?: string | undefined;
  readonly cause?: unknown;
}

/**
 * A refusal by the kernel, from a system call or from an rtnetlink request.
 * `code` is the name of the error number (`EEXIST`), `errno` the positive number, `syscall` the call or request that failed.
 */
export class NetlinkError extends Error {
  override readonly name = 'NetlinkError';
  readonly code: string;
  readonly errno: number;
  readonly syscall: string;
  readonly kernelMessage: string | null;

  constructor(details: NetlinkErrorDetails) {
    const code = errnoName(details.errno);
    const words = getSystemErrorMap().get(-details.errno)?.[1] ?? 'the kernel refused';
    const said = details.kernelMessage ?? words;
    const subject = details.subject === undefined ? '' : ` ${details.subject}`;
    super(
      `${details.syscall}${subject}: ${code}: ${said}`,
      details.cause === undefined ? {} : { cause: details.cause },
    );
    this.code = code;
    this.errno = details.errno;
    this.syscall = details.syscall;
    this.kernelMessage = details.kernelMessage ?? null;
  }
}

/** Turns an error of Node's `fs` into a {@link NetlinkError}; anything else is given back as it came. */
export function fromFileError(error: unknown, subject: string): unknown {
  if (!(error instanceof Error) || !('errno' in error) || typeof error.errno !== 'number') return error;
  const syscall = 'syscall' in error && typeof error.syscall === 'string' ? error.syscall : 'open';
  return new NetlinkError({ errno: -error.errno, syscall, subject, cause: error });
}
