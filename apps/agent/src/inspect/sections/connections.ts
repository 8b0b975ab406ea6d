import { type Connection, connections, type NamespaceHandle, NetlinkError, readSysctl } from '@vethlab/netlink';
import type { LiveConnection, LiveList } from '@vethlab/protocol';
import { bounded, byText } from '../bounded.js';
import type { LookContext } from '../look-context.js';

const protocols: ReadonlyMap<number, string> = new Map([
  [1, 'icmp'],
  [6, 'tcp'],
  [17, 'udp'],
  [58, 'icmpv6'],
]);

/** Live translations first: who looks here mostly wants to see what NAT does. */
export function readConnections(look: LookContext): LiveList<LiveConnection> {
  let found: Connection[];
  try {
    // Telling them takes the kernel 7 ms, also when there are none: they are in a table that all namespaces share.
    if (count(look.namespace.handle) === 0) return bounded([]);
    found = connections(look.namespace.handle);
  } catch (error) {
    if (!(error instanceof NetlinkError) || error.code !== 'EINVAL') throw error;
    const reason = 'This kernel does not tell of connections (nf_conntrack_netlink).';
    const remedy = 'sudo modprobe nf_conntrack_netlink brings it, where the kernel has the module.';
    return { total: 0, rows: [], problem: { reason, remedy } };
  }
  const rows = found.map(rowOf);
  // The kernel tells them in the order of a hash table.
  rows.sort((a, b) => Number(a.translated === null) - Number(b.translated === null) || byText(textOf(a), textOf(b)));
  return bounded(rows);
}

/** How many there are; null where the namespace does not say. */
function count(namespace: NamespaceHandle): number | null {
  try {
    return Number(readSysctl(namespace, 'net.netfilter.nf_conntrack_count'));
  } catch {
    return null;
  }
}

function rowOf({ protocol, original, reply, translated, answered, tcpState }: Connection): LiveConnection {
  return {
    protocol: protocols.get(protocol) ?? String(protocol),
    from: place(original.source, original.sourcePort),
    to: place(original.destination, original.destinationPort),
    replyFrom: place(reply.source, reply.sourcePort),
    replyTo: place(reply.destination, reply.destinationPort),
    translated,
    state: tcpState ?? (answered ? 'answered' : 'not answered'),
  };
}

function place(address: string, port: number | null): string {
  if (port === null) return address;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

function textOf({ protocol, from, to }: LiveConnection): string {
  return `${protocol} ${from} ${to}`;
}
