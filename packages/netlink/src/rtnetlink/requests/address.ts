import { AF_INET, AF_INET6 } from '../../libc/constants.js';
import { type Family, familyOf, parseIp } from '../codec/ip-address.js';
import { NLM_F_CREATE, NLM_F_EXCL, RTM_DELADDR, RTM_NEWADDR } from '../codec/message-types.js';
import type { Request } from '../request.js';
import { checkPrefixLength, checkUnsigned } from './checks.js';

/** An address of an interface. */
export interface AddressSpec {
  readonly ifindex: number;
  readonly address: string;
  readonly prefixLength: number;
  /** Told by the text of the address when left out. */
  readonly family?: Family;
  /** IPv6: usable at once, without duplicate address detection. */
  readonly noDad?: boolean;
  /** The other end of a point-to-point address. */
  readonly peer?: string;
  /** IPv4. Without it there is none, as with `ip address add`. */
  readonly broadcast?: string;
}

const IFA_ADDRESS = 1;
const IFA_LOCAL = 2;
const IFA_BROADCAST = 4;
const IFA_FLAGS = 8;
const IFA_F_NODAD = 0x02;
const SCOPE_GLOBAL = 0;
const SCOPE_HOST = 254;
const IPV4_LOOPBACK_NET = 127;

/** Sets an address. Refused with EEXIST when the interface has it. */
export function newAddress(spec: AddressSpec): Request {
  return request('RTM_NEWADDR', RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL, spec);
}

/** Takes an address away. EADDRNOTAVAIL when the interface does not have it with this prefix length. */
export function deleteAddress(spec: AddressSpec): Request {
  return request('RTM_DELADDR', RTM_DELADDR, 0, spec);
}

function request(name: string, type: number, flags: number, spec: AddressSpec): Request {
  const { ifindex, prefixLength } = spec;
  const family = spec.family ?? familyOf(spec.address);
  checkUnsigned(ifindex, 'ifindex');
  checkPrefixLength(prefixLength, family);
  const local = parseIp(spec.address, family);
  const remote = spec.peer === undefined ? local : parseIp(spec.peer, family);
  const broadcast = spec.broadcast === undefined ? null : parseIp(spec.broadcast, family);
  // As iproute2 does: 127.x is only good on this machine. For IPv6 the kernel knows by itself.
  const scope = family === 4 && local[0] === IPV4_LOOPBACK_NET ? SCOPE_HOST : SCOPE_GLOBAL;
  return {
    label: `${name} ${spec.address}/${prefixLength}`,
    type,
    flags,
    encode: (writer) => {
      writer.u8(family === 4 ? AF_INET : AF_INET6);
      writer.u8(prefixLength);
      writer.u8(0);
      writer.u8(scope);
      writer.u32(ifindex);
      writer.attribute(IFA_LOCAL, local);
      writer.attribute(IFA_ADDRESS, remote);
      if (broadcast !== null) writer.attribute(IFA_BROADCAST, broadcast);
      if (spec.noDad === true) writer.attributeU32(IFA_FLAGS, IFA_F_NODAD);
    },
  };
}
