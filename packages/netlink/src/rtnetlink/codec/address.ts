import { AF_INET, AF_INET6 } from '../../libc/constants.js';
import { Attributes } from './attributes.js';
import type { Frame } from './frame.js';
import type { Family } from './ip-address.js';
import { IFADDR_BYTES } from './message-types.js';

export type AddressScope = 'global' | 'site' | 'link' | 'host' | 'nowhere';

/** One address of an interface, as RTM_NEWADDR tells it. */
export interface AddressMessage {
  readonly ifindex: number;
  readonly family: Family;
  /** The interface's own address (iproute2: `local`). */
  readonly address: string;
  readonly prefixLength: number;
  /** The other end of a point-to-point address, when it differs; `prefixLength` belongs to it then. */
  readonly peer: string | null;
  readonly broadcast: string | null;
  /** A scope of one's own (`ip addr add … scope 50`) counts as global; `scopeNumber` has it. */
  readonly scope: AddressScope;
  readonly scopeNumber: number;
  /** IFA_F_* bits (linux/if_addr.h). */
  readonly flags: number;
  /** Duplicate address detection is running: not usable yet. */
  readonly tentative: boolean;
  readonly dadFailed: boolean;
  readonly nodad: boolean;
  /** Set by somebody for good, not learnt with a lifetime. */
  readonly permanent: boolean;
  /** Who made it (IFA_PROTO): 1 the kernel for loopback, 2 router advertisement, 3 link-local; null when not told. */
  readonly protocol: number | null;
  /** IPv4: the label, mostly the interface's name. */
  readonly label: string | null;
}

const IFA_ADDRESS = 1;
const IFA_LOCAL = 2;
const IFA_LABEL = 3;
const IFA_BROADCAST = 4;
const IFA_FLAGS = 8;
const IFA_PROTO = 11;
const IFA_F_NODAD = 0x02;
const IFA_F_DADFAILED = 0x08;
const IFA_F_TENTATIVE = 0x40;
const IFA_F_PERMANENT = 0x80;

/** Reads the body of RTM_NEWADDR or RTM_DELADDR; null when it is cut short, of another family, or without an address. */
export function decodeAddress(frame: Frame, start: number, end: number): AddressMessage | null {
  if (end - start < IFADDR_BYTES || end > frame.bytes.length) return null;
  const { view } = frame;
  const family = view.getUint8(start);
  if (family !== AF_INET && family !== AF_INET6) return null;
  let local: string | null = null;
  let remote: string | null = null;
  let broadcast: string | null = null;
  let label: string | null = null;
  let flags = view.getUint8(start + 2);
  let protocol: number | null = null;
  const attribute = new Attributes(frame, start + IFADDR_BYTES, end);
  while (attribute.next()) {
    if (attribute.type === IFA_LOCAL) local = attribute.ip();
    else if (attribute.type === IFA_ADDRESS) remote = attribute.ip();
    else if (attribute.type === IFA_BROADCAST) broadcast = attribute.ip();
    else if (attribute.type === IFA_LABEL) label = attribute.text();
    else if (attribute.type === IFA_FLAGS) flags = attribute.u32(flags);
    else if (attribute.type === IFA_PROTO) protocol = attribute.u8(0) || null;
  }
  // Without a peer, IPv6 gives IFA_ADDRESS alone and IPv4 gives the same address twice.
  const address = local ?? remote;
  if (address === null) return null;
  const scopeNumber = view.getUint8(start + 3);
  return {
    ifindex: view.getUint32(start + 4, true),
    family: family === AF_INET ? 4 : 6,
    address,
    prefixLength: view.getUint8(start + 1),
    peer: remote === address ? null : remote,
    broadcast,
    scope: scopeName(scopeNumber),
    scopeNumber,
    flags,
    tentative: (flags & IFA_F_TENTATIVE) !== 0,
    dadFailed: (flags & IFA_F_DADFAILED) !== 0,
    nodad: (flags & IFA_F_NODAD) !== 0,
    permanent: (flags & IFA_F_PERMANENT) !== 0,
    protocol,
    label,
  };
}

/** The name of a scope number of rtnetlink(7). */
export function scopeName(scope: number): AddressScope {
  switch (scope) {
    case 200:
      return 'site';
    case 253:
      return 'link';
    case 254:
      return 'host';
    case 255:
      return 'nowhere';
    default:
      return 'global';
  }
}
