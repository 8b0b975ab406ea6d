import { openNamespace, RtnetlinkSocket } from '@vethlab/netlink';
import { WAY_OUT_TABLE } from '@vethlab/planner';
import type { Blocker } from '@vethlab/protocol';
import { UPLINK } from '@vethlab/topology';
import { namespaceDirectory } from '../sandbox/prepare.js';
import { labOfMark } from './mark.js';
import { commandOf, isEnding, processesByNamespace, startedByLab } from './processes.js';

/** A namespace of ours. */
export interface OwnedNamespace {
  readonly name: string;
  readonly inode: number;
}

/** Blockers of one kind are told one by one up to here; more would only hide the rest. */
const mostTold = 100;

/**
 * What is in these namespaces and would go with them, but is not ours.
 * @param allOfLab Every namespace of the lab; asked only when there is a pair that nobody marked.
 */
export function findBlockers(
  namespaces: readonly OwnedNamespace[],
  lab: string,
  allOfLab: () => readonly OwnedNamespace[] = () => namespaces,
): Blocker[] {
  return [...foreignProcesses(namespaces, lab), ...namespaces.flatMap((one) => foreignInterfaces(one, allOfLab, lab))];
}

function foreignProcesses(namespaces: readonly OwnedNamespace[], lab: string): Blocker[] {
  const names = new Map(namespaces.map(({ name, inode }) => [inode, name]));
  const found: Blocker[] = [];
  for (const { pid, inode } of processesByNamespace()) {
    const namespace = names.get(inode);
    if (namespace === undefined || pid === process.pid || startedByLab(pid, lab) || isEnding(pid)) continue;
    found.push({ kind: 'process', namespace, pid, command: commandOf(pid) });
    if (found.length === mostTold) break;
  }
  return found;
}

/**
 * A veth end without our mark whose other end is in no namespace of the lab: deleting the namespace would delete that other end,
 * which is somebody else's. What was typed inside and stays inside (bridges, pairs within the lab) goes with it.
 */
function foreignInterfaces(
  { name }: OwnedNamespace,
  allOfLab: () => readonly OwnedNamespace[],
  lab: string,
): Blocker[] {
  const handle = openNamespace(name, namespaceDirectory);
  const socket = RtnetlinkSocket.open(handle);
  try {
    const strangers = socket
      .links()
      .filter(({ kind, alias, linkNetnsid }) => kind === 'veth' && linkNetnsid !== null && labOfMark(alias) !== lab)
      .filter(({ ifname, alias }) => ifname !== UPLINK || alias?.startsWith(WAY_OUT_TABLE) !== true);
    if (strangers.length === 0) return [];
    const inside = new Set(allOfLab().flatMap((one) => nsidIn(socket, one.name)));
    return strangers
      .filter(({ linkNetnsid }) => linkNetnsid === null || !inside.has(linkNetnsid))
      .slice(0, mostTold)
      .map(({ ifname }) => ({ kind: 'interface' as const, namespace: name, ifname }));
  } finally {
    socket.close();
    handle.close();
  }
}

/** The number that the socket's namespace has for another one; none: no veth leads there. */
function nsidIn(socket: RtnetlinkSocket, name: string): number[] {
  const handle = openNamespace(name, namespaceDirectory);
  try {
    const nsid = socket.nsidOf(handle.fd);
    return nsid === null ? [] : [nsid];
  } finally {
    handle.close();
  }
}

/** One blocker for people: `the process 4711 (sleep) runs in ns1`. */
export function blockerText(blocker: Blocker): string {
  return blocker.kind === 'process'
    ? `the process ${blocker.pid} (${blocker.command}) runs in ${blocker.namespace}`
    : `${blocker.ifname} in ${blocker.namespace} leads out of the lab`;
}
