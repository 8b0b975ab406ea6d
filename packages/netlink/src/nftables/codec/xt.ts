import { formatIp } from '../../rtnetlink/codec/ip-address.js';
import type { NftAction, NftMatch } from '../rule.js';
import { NF_NAT_RANGE_MAP_IPS, NF_NAT_RANGE_PROTO_SPECIFIED, PORT_UNREACHABLE, STATE_BITS } from './constants.js';
import { statesInOrder } from './states.js';

// What iptables-nft has no expression for it hands to the kernel as a struct of the old xtables. Only those that a rule can
// say in full are read; anything else is null. Structs: include/uapi/linux/netfilter/xt_*.h and nf_nat.h.

/** XT_CONNTRACK_STATE, alone in match_flags but for XT_CONNTRACK_STATE_ALIAS: it was typed as `-m state`. */
const CONNTRACK_STATE = 1;
const CONNTRACK_STATE_ALIAS = 1 << 13;
const CONNTRACK_FLAGS_OFFSET = 146;
const CONNTRACK_INVERT_OFFSET = 148;
const CONNTRACK_STATES_OFFSET = 150;
/** XT_CONNTRACK_STATE_UNTRACKED: another bit than that of nf_tables. */
const CONNTRACK_UNTRACKED = 1 << 8;

export function readXtMatch(name: string, revision: number, info: Uint8Array): NftMatch | null {
  const view = new DataView(info.buffer, info.byteOffset, info.byteLength);
  switch (name) {
    case 'comment':
      return {};
    case 'conntrack': {
      if (revision !== 3 || info.length < CONNTRACK_STATES_OFFSET + 2) return null;
      const isStateAlone =
        (view.getUint16(CONNTRACK_FLAGS_OFFSET, true) & ~CONNTRACK_STATE_ALIAS) === CONNTRACK_STATE &&
        view.getUint16(CONNTRACK_INVERT_OFFSET, true) === 0;
      return isStateAlone ? states(view.getUint16(CONNTRACK_STATES_OFFSET, true)) : null;
    }
    case 'tcp':
    case 'udp':
      return ports(name, info, view);
    default:
      return null;
  }
}

function states(bits: number): NftMatch | null {
  const known = STATE_BITS.map(([name, bit]) => [name, name === 'untracked' ? CONNTRACK_UNTRACKED : bit] as const);
  const named = known.filter(([, bit]) => (bits & bit) !== 0);
  if (bits === 0 || named.reduce((sum, [, bit]) => sum | bit, 0) !== bits) return null;
  return { state: statesInOrder(named.map(([name]) => name)) };
}

/** struct xt_tcp and xt_udp { u16 spts[2]; u16 dpts[2]; … }, ports in the byte order of the machine. */
function ports(protocol: 'tcp' | 'udp', info: Uint8Array, view: DataView): NftMatch | null {
  if (info.length < 9) return null;
  const isAnySource = view.getUint16(0, true) === 0 && view.getUint16(2, true) === 0xffff;
  const [first, last] = [view.getUint16(4, true), view.getUint16(6, true)];
  const more = protocol === 'tcp' ? info.subarray(8, 12) : info.subarray(8, 9);
  if (!isAnySource || more.some((byte) => byte !== 0)) return null;
  if (first === 0 && last === 0xffff) return { protocol };
  return first === last ? { protocol, port: first } : null;
}

export function readXtTarget(name: string, revision: number, info: Uint8Array, table: string): NftAction | null {
  const view = new DataView(info.buffer, info.byteOffset, info.byteLength);
  switch (name) {
    case 'MASQUERADE': {
      const range = table === 'ip' ? rangeOfOne(info, view) : info.length >= 4 ? view.getUint32(0, true) : null;
      const flags = typeof range === 'number' ? range : range?.flags;
      return flags === 0 ? { kind: 'masquerade' } : null;
    }
    case 'SNAT':
    case 'DNAT': {
      const range = table === 'ip' && revision === 0 ? rangeOfOne(info, view) : range6(info, view, table);
      if (range === null || range.to === null || (range.flags & NF_NAT_RANGE_MAP_IPS) === 0) return null;
      if ((range.flags & ~(NF_NAT_RANGE_MAP_IPS | NF_NAT_RANGE_PROTO_SPECIFIED)) !== 0) return null;
      const hasPort = (range.flags & NF_NAT_RANGE_PROTO_SPECIFIED) !== 0;
      if (hasPort && range.port === null) return null;
      if (name === 'SNAT') return hasPort ? null : { kind: 'snat', to: range.to };
      return { kind: 'dnat', to: range.to, ...(hasPort && range.port !== null ? { port: range.port } : {}) };
    }
    case 'REJECT': {
      // enum ipt_reject_with and ip6t_reject_with: the port is 3 and 4, as their ICMP codes happen to be.
      const isPort = info.length >= 4 && view.getUint32(0, true) === PORT_UNREACHABLE.get(table);
      return isPort ? { kind: 'reject' } : null;
    }
    default:
      return null;
  }
}

interface Range {
  readonly flags: number;
  /** Null: a range of several. */
  readonly to: string | null;
  readonly port: number | null;
}

/** struct nf_nat_ipv4_multi_range_compat with one range: { u32 size; { u32 flags; be32 min, max; be16 min, max } }. */
function rangeOfOne(info: Uint8Array, view: DataView): Range | null {
  if (info.length < 20 || view.getUint32(0, true) !== 1) return null;
  const isOneAddress = view.getUint32(8, false) === view.getUint32(12, false);
  const isOnePort = view.getUint16(16, false) === view.getUint16(18, false);
  return {
    flags: view.getUint32(4, true),
    to: isOneAddress ? formatIp(info, 8, 4) : null,
    port: isOnePort ? view.getUint16(16, false) : null,
  };
}

/** struct nf_nat_range and nf_nat_range2: { u32 flags; inet_addr min, max; be16 min, max; be16 base }. */
function range6(info: Uint8Array, view: DataView, table: string): Range | null {
  if (info.length < 40) return null;
  const length = table === 'ip' ? 4 : 16;
  const isOneAddress = Buffer.compare(info.subarray(4, 4 + length), info.subarray(20, 20 + length)) === 0;
  const isOnePort = view.getUint16(36, false) === view.getUint16(38, false);
  return {
    flags: view.getUint32(0, true),
    to: isOneAddress ? formatIp(info, 4, length) : null,
    port: isOnePort ? view.getUint16(36, false) : null,
  };
}
