import type { EchoEvent, NetlinkError, UnreachableReason } from '@vethlab/netlink';
import type { PingOutcome } from '@vethlab/protocol';

/** Errors of `sendto` that mean: this node does not know where to send it (ip(7)). */
const noRoute: ReadonlySet<string> = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL']);

type Unreachable = Extract<PingOutcome, { kind: 'unreachable' }>['what'];

const unreachable: Readonly<Record<UnreachableReason, Unreachable>> = {
  'no-route': 'network',
  host: 'host',
  port: 'port',
  protocol: 'protocol',
  prohibited: 'prohibited',
  other: 'other',
};

export function outcomeOfSendError(error: NetlinkError): PingOutcome {
  if (noRoute.has(error.code)) return { kind: 'no-route' };
  if (error.code === 'EPERM') return { kind: 'refused' };
  // The neighbour table is one for the whole machine (net.ipv4.neigh.default.gc_thresh3 of the initial namespace).
  if (error.code === 'ENOBUFS')
    return { kind: 'error', message: "The machine's neighbour table or send queue is full (ENOBUFS)." };
  return { kind: 'error', message: error.message };
}

/** What an ICMP error about our echo request means. */
export function outcomeOfIcmpError(event: Exclude<EchoEvent, { kind: 'reply' }>): PingOutcome {
  switch (event.kind) {
    case 'time-exceeded':
      return { kind: 'time-exceeded', from: event.from };
    case 'unreachable':
      return { kind: 'unreachable', from: event.from, what: unreachable[event.reason] };
    case 'too-big':
      return { kind: 'error', message: `${event.from} says that at most ${event.mtu} bytes fit.` };
  }
}
