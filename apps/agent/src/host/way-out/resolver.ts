import { readFileSync } from 'node:fs';
import { BlockList, isIPv4 } from 'node:net';
import type { RtnetlinkSocket } from '@vethlab/netlink';
import { type Outward, waysTo } from './outward.js';

/** Docker's in a container: it answers what programs in there send, by rules of the hook `output`, and nothing that passes. */
const forProgramsOnly = '127.0.0.11';

/** The first name server of the machine that is reached over IPv4, resolv.conf(5); null: it has none. */
export function machineResolver(path = '/etc/resolv.conf'): string | null {
  let text = '';
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    // Without the file the C library asks the machine itself; whether somebody answers there is another question.
    return null;
  }
  const servers = text.split('\n').flatMap((line) => /^nameserver\s+(\S+)/.exec(line)?.[1] ?? []);
  return servers.find((server) => isIPv4(server)) ?? null;
}

/** How a lab would come to the machine's name server. */
export type ResolverPlace = 'none' | 'on-machine' | 'outward' | 'out-of-reach';

export function placeOfResolver(resolver: string | null, socket: RtnetlinkSocket, outward: Outward): ResolverPlace {
  if (resolver === null) return 'none';
  if (resolver === forProgramsOnly) return 'out-of-reach';
  const isOwn = socket.addresses({ family: 4 }).some(({ address }) => address === resolver);
  if (isOwn || resolver.startsWith('127.')) return 'on-machine';
  const names = new Set(outward.interfaces.map(({ ifname }) => ifname));
  const ways = waysTo(socket, ({ family, dst, prefixLength }) => family === 4 && contains(dst, prefixLength, resolver));
  return ways.some((ifname) => names.has(ifname)) ? 'outward' : 'out-of-reach';
}

/** `network` null: everything. */
function contains(network: string | null, prefixLength: number, address: string): boolean {
  if (network === null) return true;
  const list = new BlockList();
  list.addSubnet(network, prefixLength);
  return list.check(address);
}
