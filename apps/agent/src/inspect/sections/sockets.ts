import { inNamespace } from '@vethlab/netlink';
import type { LiveList, LiveSocket } from '@vethlab/protocol';
import { bounded, byText } from '../bounded.js';
import type { LookContext } from '../look-context.js';
import { parseInetLine, type ReadSocket } from '../sockets/parse-inet.js';
import { parsePacketLine, parseUnixLine } from '../sockets/parse-local.js';
import { readLines } from '../sockets/read-bounded.js';
import type { SocketOwners } from '../sockets/socket-owners.js';
import { tcpInUse } from '../sockets/tcp-in-use.js';

const inetProtocols = ['tcp', 'tcp6', 'udp', 'udp6', 'raw', 'raw6', 'icmp', 'icmp6'] as const;

/** Listening sockets and connections, with who holds them. Read with the thread inside the namespace, synchronously. */
export function readSockets(look: LookContext, owners: SocketOwners): LiveList<LiveSocket> {
  let cut = false;
  const found = inNamespace(look.namespace.handle, () => {
    const read = <Socket>(name: string, parse: (line: string) => Socket | null): Socket[] => {
      // Of this thread: /proc/net is that of the first thread of the process.
      const file = readLines(`/proc/thread-self/net/${name}`);
      cut ||= file.cut;
      return file.lines.flatMap((line) => {
        const socket = parse(line);
        return socket === null ? [] : [socket];
      });
    };
    const inUse = tcpInUse(
      ['sockstat', 'sockstat6'].flatMap((name) => readLines(`/proc/thread-self/net/${name}`, 0).lines),
    );
    const asked = inetProtocols.filter((protocol) => inUse[protocol as keyof typeof inUse] ?? true);
    return [
      ...asked.flatMap((protocol) => read(protocol, (line) => parseInetLine(protocol, line))),
      ...read('packet', (line) => parsePacketLine(line, (ifindex) => look.nameOf(ifindex))),
      ...read('unix', parseUnixLine),
    ];
  });
  const shown = bounded(
    found.sort(order),
    cut ? { reason: 'There are more sockets than are read at a time.', remedy: 'ss -tuwnap shows all of them.' } : null,
  );
  const inodes = new Set(shown.rows.map(({ inode }) => inode).filter((inode) => inode !== 0));
  const ownerOf = owners.of(inodes, look.namespace.inode);
  return { ...shown, rows: shown.rows.map((socket) => ({ ...socket, owner: ownerOf.get(socket.inode) ?? null })) };
}

/** Those that listen first; unix sockets last. */
function order(a: ReadSocket, b: ReadSocket): number {
  return rank(a) - rank(b) || byText(a.protocol, b.protocol) || byText(a.local, b.local) || a.inode - b.inode;
}

function rank({ protocol, state }: ReadSocket): number {
  if (protocol === 'unix') return 3;
  if (state === 'listen') return 0;
  return state === 'time-wait' ? 2 : 1;
}
