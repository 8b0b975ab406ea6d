import { RTM_NEWNSID } from '../codec/message-types.js';
import { NETNSA_FD, NETNSA_NSID } from '../codec/nsid.js';
import type { Request } from '../request.js';
import { checkUnsigned } from './checks.js';

/** NETNSA_NSID_NOT_ASSIGNED (linux/net_namespace.h): the kernel chooses. */
const KERNEL_CHOOSES = -1;
/** The kernel counts nsids with a sign. */
const LARGEST_NSID = 0x7fff_ffff;

/**
 * Gives another namespace a number in the socket's namespace: events and the peers of veth pairs name namespaces by it.
 * EEXIST when the namespace has a number or the number is taken. A number cannot be taken back.
 * Without an `nsid` the kernel chooses a free one: where others give numbers too, that is the only safe way.
 */
export function newNsid(spec: { readonly namespaceFd: number; readonly nsid: number | null }): Request {
  const { namespaceFd } = spec;
  const nsid = spec.nsid ?? KERNEL_CHOOSES;
  checkUnsigned(namespaceFd, 'namespaceFd');
  if (spec.nsid !== null && (!Number.isInteger(nsid) || nsid < 0 || nsid > LARGEST_NSID))
    throw new RangeError(`nsid cannot be ${nsid}`);
  return {
    label: `RTM_NEWNSID ${spec.nsid ?? 'any'}`,
    type: RTM_NEWNSID,
    flags: 0,
    encode: (writer) => {
      writer.u32(0);
      writer.attributeU32(NETNSA_NSID, nsid >>> 0);
      writer.attributeU32(NETNSA_FD, namespaceFd);
    },
  };
}
