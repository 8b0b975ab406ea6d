import { Attributes } from './attributes.js';
import type { Frame } from './frame.js';
import { align4, NLM_F_ACK_TLVS, NLM_F_CAPPED, NLMSG_HEADER_BYTES } from './message-types.js';

/** The kernel's verdict on one request (struct nlmsgerr of netlink(7)). */
export interface Verdict {
  /** 0: done. Otherwise a positive error number. */
  readonly errno: number;
  /** The kernel's own sentence, when it gave one. */
  readonly text: string | null;
}

const NLMSGERR_ATTR_MSG = 1;
const ERROR_BYTES = 4;

/**
 * Reads the body of NLMSG_ERROR.
 * @param flags of its header: they say whether the request is repeated inside and whether sentences follow it.
 */
export function decodeVerdict(frame: Frame, start: number, end: number, flags: number): Verdict | null {
  const limit = Math.min(end, frame.bytes.length);
  if (limit - start < ERROR_BYTES) return null;
  const errno = Math.abs(frame.view.getInt32(start, true));
  if ((flags & NLM_F_ACK_TLVS) === 0 || limit - start < ERROR_BYTES + NLMSG_HEADER_BYTES) return { errno, text: null };
  const requestBytes =
    (flags & NLM_F_CAPPED) === 0 ? frame.view.getUint32(start + ERROR_BYTES, true) : NLMSG_HEADER_BYTES;
  return { errno, text: sentence(frame, start + ERROR_BYTES + align4(requestBytes), limit) };
}

/** Reads the body of NLMSG_DONE: the error that ended a dump, 0 for none, and its sentence. */
export function decodeDone(frame: Frame, start: number, end: number, flags: number): Verdict {
  const limit = Math.min(end, frame.bytes.length);
  if (limit - start < ERROR_BYTES) return { errno: 0, text: null };
  const errno = Math.abs(Math.min(0, frame.view.getInt32(start, true)));
  return { errno, text: (flags & NLM_F_ACK_TLVS) === 0 ? null : sentence(frame, start + ERROR_BYTES, limit) };
}

function sentence(frame: Frame, start: number, end: number): string | null {
  // align4 of a hostile length may turn negative.
  if (start < 0) return null;
  const attribute = new Attributes(frame, start, end);
  while (attribute.next()) if (attribute.type === NLMSGERR_ATTR_MSG) return attribute.text();
  return null;
}
