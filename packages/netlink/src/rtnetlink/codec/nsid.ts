import { Attributes } from './attributes.js';
import type { Frame } from './frame.js';
import { FAMILY_BYTES } from './message-types.js';

export const NETNSA_NSID = 1;
export const NETNSA_FD = 3;
/** NETNSA_NSID_NOT_ASSIGNED (linux/net_namespace.h). */
const NOT_ASSIGNED = -1;

/** The nsid in the body of RTM_NEWNSID or RTM_DELNSID; null when the namespace has none or the message is cut short. */
export function decodeNsid(frame: Frame, start: number, end: number): number | null {
  const attribute = new Attributes(frame, start + FAMILY_BYTES, end);
  while (attribute.next()) {
    if (attribute.type !== NETNSA_NSID) continue;
    const nsid = attribute.s32(NOT_ASSIGNED);
    return nsid === NOT_ASSIGNED ? null : nsid;
  }
  return null;
}
