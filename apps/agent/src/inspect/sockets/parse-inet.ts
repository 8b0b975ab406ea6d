import type { LiveSocket } from '@vethlab/protocol';

export type ReadSocket = Omit<LiveSocket, 'owner'>;

/** TCP_* of include/net/tcp_states.h, in the words of ss(8). */
const tcpStates: readonly string[] = [
  'unknown',
  'established',
  'syn-sent',
  'syn-recv',
  'fin-wait-1',
  'fin-wait-2',
  'time-wait',
  'close',
  'close-wait',
  'last-ack',
  'listen',
  'closing',
  'syn-recv',
];
const established = 1;

/**
 * One line of /proc/net/{tcp,udp,raw,icmp}[6] (proc(5)): `sl local remote st tx:rx tr:tm retrnsmt uid timeout inode …`, with
 * addresses in hexadecimal, 32 bits at a time in the byte order of the machine. Null for a line that is not of this form.
 */
export function parseInetLine(protocol: string, line: string): ReadSocket | null {
  const [, local = '', remote = '', st = '', queues = '', , , uid = '', , inode = ''] = line.trim().split(/\s+/);
  const from = parseEndpoint(local);
  const to = parseEndpoint(remote);
  const state = Number.parseInt(st, 16);
  const [tx = '', rx = ''] = queues.split(':');
  if (from === null || to === null || Number.isNaN(state) || !/^\d+$/.test(uid) || !/^\d+$/.test(inode)) return null;
  const isTcp = protocol.startsWith('tcp');
  return {
    protocol,
    state: isTcp ? (tcpStates[state] ?? 'unknown') : state === established ? 'established' : 'open',
    local: from.text,
    remote: to.isAny ? null : to.text,
    uid: Number(uid),
    rxQueueBytes: Number.parseInt(rx, 16) || 0,
    txQueueBytes: Number.parseInt(tx, 16) || 0,
    inode: Number(inode),
  };
}

interface Endpoint {
  readonly text: string;
  /** Address and port zero: not connected. */
  readonly isAny: boolean;
}

function parseEndpoint(text: string): Endpoint | null {
  const match = /^([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})$/i.exec(text);
  if (match === null) return null;
  const [, hex = '', portHex = ''] = match;
  const bytes = Buffer.from(hex, 'hex');
  for (let at = 0; at < bytes.length; at += 4) bytes.subarray(at, at + 4).reverse();
  const port = Number.parseInt(portHex, 16);
  const address = bytes.length === 4 ? bytes.join('.') : `[${ipv6Text(bytes)}]`;
  return { text: `${address}:${port}`, isAny: port === 0 && bytes.every((byte) => byte === 0) };
}

/** As inet_ntop(3) writes it, by the URL parser of the platform, which shortens zeros the same way (RFC 5952). */
function ipv6Text(bytes: Buffer): string {
  const isMapped = bytes.subarray(0, 10).every((byte) => byte === 0) && bytes.readUInt16BE(10) === 0xffff;
  if (isMapped) return `::ffff:${bytes.subarray(12).join('.')}`;
  const words = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  return new URL(`http://[${words.join(':')}]/`).hostname.slice(1, -1);
}
