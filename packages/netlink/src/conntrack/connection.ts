import { Attributes } from '../rtnetlink/codec/attributes.js';
import type { Frame } from '../rtnetlink/codec/frame.js';

/** One direction of a connection: whose packets these are. */
export interface Tuple {
  readonly source: string;
  readonly destination: string;
  /** Null: the protocol has none. */
  readonly sourcePort: number | null;
  readonly destinationPort: number | null;
}

/** A connection as conntrack knows it. What comes back differs from what went exactly when addresses are translated. */
export interface Connection {
  /** Number of the protocol (IANA): 6 TCP, 17 UDP, 1 ICMP. */
  readonly protocol: number;
  readonly original: Tuple;
  readonly reply: Tuple;
  readonly translated: 'source' | 'destination' | 'both' | null;
  /** An answer was seen. */
  readonly answered: boolean;
  /** `ESTABLISHED` …; null for what is not TCP. */
  readonly tcpState: string | null;
  readonly timeoutSeconds: number;
}

// include/uapi/linux/netfilter/nfnetlink_conntrack.h
const NFGENMSG_BYTES = 4;
const CTA_TUPLE_ORIG = 1;
const CTA_TUPLE_REPLY = 2;
const CTA_STATUS = 3;
const CTA_PROTOINFO = 4;
const CTA_TIMEOUT = 7;
const CTA_TUPLE_IP = 1;
const CTA_TUPLE_PROTO = 2;
const CTA_IP_V4_SRC = 1;
const CTA_IP_V4_DST = 2;
const CTA_IP_V6_SRC = 3;
const CTA_IP_V6_DST = 4;
const CTA_PROTO_NUM = 1;
const CTA_PROTO_SRC_PORT = 2;
const CTA_PROTO_DST_PORT = 3;
const CTA_PROTOINFO_TCP = 1;
const CTA_PROTOINFO_TCP_STATE = 1;
// enum ip_conntrack_status
const IPS_SEEN_REPLY = 2;
const IPS_SRC_NAT = 16;
const IPS_DST_NAT = 32;

/** enum tcp_conntrack, in its order. */
const TCP_STATES = [
  'NONE',
  'SYN_SENT',
  'SYN_RECV',
  'ESTABLISHED',
  'FIN_WAIT',
  'CLOSE_WAIT',
  'LAST_ACK',
  'TIME_WAIT',
  'CLOSE',
  'SYN_SENT2',
];

/** Body of IPCTNL_MSG_CT_NEW. Null: it says not enough. */
export function decodeConnection(frame: Frame, start: number, end: number): Connection | null {
  let original: (Tuple & { readonly protocol: number }) | null = null;
  let reply: (Tuple & { readonly protocol: number }) | null = null;
  let status = 0;
  let timeoutSeconds = 0;
  let tcpState: string | null = null;
  const attributes = new Attributes(frame, start + NFGENMSG_BYTES, end);
  while (attributes.next()) {
    if (attributes.type === CTA_TUPLE_ORIG) original = readTuple(attributes.nested());
    else if (attributes.type === CTA_TUPLE_REPLY) reply = readTuple(attributes.nested());
    else if (attributes.type === CTA_STATUS) status = attributes.u32be(0);
    else if (attributes.type === CTA_TIMEOUT) timeoutSeconds = attributes.u32be(0);
    else if (attributes.type === CTA_PROTOINFO) tcpState = readTcpState(attributes.nested());
  }
  if (original === null || reply === null) return null;
  const { protocol, ...way } = original;
  const { protocol: _same, ...back } = reply;
  const [source, destination] = [(status & IPS_SRC_NAT) !== 0, (status & IPS_DST_NAT) !== 0];
  return {
    protocol,
    original: way,
    reply: back,
    translated: source && destination ? 'both' : source ? 'source' : destination ? 'destination' : null,
    answered: (status & IPS_SEEN_REPLY) !== 0,
    tcpState,
    timeoutSeconds,
  };
}

function readTuple(tuple: Attributes): (Tuple & { readonly protocol: number }) | null {
  let source: string | null = null;
  let destination: string | null = null;
  let protocol = 0;
  let sourcePort: number | null = null;
  let destinationPort: number | null = null;
  while (tuple.next()) {
    const inner = tuple.nested();
    if (tuple.type === CTA_TUPLE_IP) {
      while (inner.next()) {
        if (inner.type === CTA_IP_V4_SRC || inner.type === CTA_IP_V6_SRC) source = inner.ip();
        else if (inner.type === CTA_IP_V4_DST || inner.type === CTA_IP_V6_DST) destination = inner.ip();
      }
    } else if (tuple.type === CTA_TUPLE_PROTO) {
      while (inner.next()) {
        if (inner.type === CTA_PROTO_NUM) protocol = inner.u8(0);
        else if (inner.type === CTA_PROTO_SRC_PORT) sourcePort = inner.u16be(0);
        else if (inner.type === CTA_PROTO_DST_PORT) destinationPort = inner.u16be(0);
      }
    }
  }
  return source === null || destination === null
    ? null
    : { protocol, source, destination, sourcePort, destinationPort };
}

function readTcpState(info: Attributes): string | null {
  while (info.next()) {
    if (info.type !== CTA_PROTOINFO_TCP) continue;
    const tcp = info.nested();
    while (tcp.next()) if (tcp.type === CTA_PROTOINFO_TCP_STATE) return TCP_STATES[tcp.u8(0)] ?? null;
  }
  return null;
}
