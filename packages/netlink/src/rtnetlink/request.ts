import type { NetlinkError } from '../errors/netlink-error.js';
import type { MessageWriter } from './codec/message-writer.js';

/** One change asked of the kernel. Made by the functions of `requests/`; encoded when it is sent. */
export interface Request {
  /** For errors and logs: `RTM_NEWLINK eth0`. */
  readonly label: string;
  /** RTM_* number. */
  readonly type: number;
  /** NLM_F_* bits beside NLM_F_REQUEST and NLM_F_ACK. */
  readonly flags: number;
  /** Writes the fixed header of the message and its attributes. */
  readonly encode: (writer: MessageWriter) => void;
}

/** What the kernel said to one request. */
export type Answer = { readonly ok: true } | { readonly ok: false; readonly error: NetlinkError };
