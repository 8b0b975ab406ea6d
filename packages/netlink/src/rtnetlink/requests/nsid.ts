import { RTM_NEWNSID } from '../codec/message-types.js';
import { NETNSA_FD, NETNSA_NSID } from '../codec/nsid.js';
import type { Request } from '../request.js';
import { checkUnsigned } from './checks.js';

/** The kernel counts nsids with a sign. */
const LARGEST_NSID = 0x7fff_ffff;

/**
 * Gives another namespace a number in the socket's namespace: events and the peers of veth pairs name namespaces by it.
 * EEXIST when the namespace has a number or the number is taken. A number cannot be taken back.
 */
export function newNsid(spec: { readonly namespaceFd: number; readonly nsid: number }): Request {
  const { namespaceFd, nsid } = spec;
  checkUnsigned(namespaceFd, 'namespaceFd');
  if (!Number.isInteger(nsid) || nsid < 0 || nsid > LARGEST_NSID) throw new RangeError(`nsid cannot be ${nsid}`);
  return {
    label: `RTM_NEWNSID ${nsid}`,
    type: RTM_NEWNSID,
    flags: 0,
    encode: (writer) => {
      writer.u32(0);
      writer.attributeU32(NETNSA_NSID, nsid);
      writer.attributeU32(NETNSA_FD, namespaceFd);
    },
  };
}
