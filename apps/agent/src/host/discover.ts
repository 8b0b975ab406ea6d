import {
  currentNamespace,
  listNamespaces,
  type NamespaceHandle,
  openNamespace,
  openNamespacePath,
  RtnetlinkSocket,
} from '@vethlab/netlink';
import { type Observed, type ObservedInterface, type ObservedNamespace, ROOT_NAMESPACE } from '@vethlab/observed';
import type { HostNamespace, HostReply } from '@vethlab/protocol';
import { type InterfaceLook, lookAtForwarding, lookAtInterfaces, lookAtRoutes, vrfTablesOf } from '../observe/look.js';
import { namespaceDirectory } from '../sandbox/prepare.js';
import { containerOf } from './container-of.js';
import { machineDocument } from './machine-document.js';
import { labOfNamespace } from './mark.js';
import { findPeers, type LookedAt } from './peers.js';
import { commandOf, processesByNamespace } from './processes.js';

/** More than this would be no picture any more. */
const mostNamespaces = 2_000;

/** Where a namespace can be reached, before anything in it was read. */
interface Found {
  readonly inode: number;
  readonly names: string[];
  readonly pids: number[];
}

/**
 * What is on this machine: its own namespace, the named ones, and those that only processes hold (containers). Reads only; the one
 * thing that the kernel does by itself on such a read, `ip link` makes it do as well: number the namespaces where veth pairs lead.
 */
export function discover(): HostReply {
  const notes: string[] = [];
  const here = currentNamespace();
  const all = findNamespaces(here.inode);
  if (all.length > mostNamespaces)
    notes.push(`There are ${all.length} namespaces on this machine; the first ${mostNamespaces} are shown.`);
  const seen: (LookedAt & { readonly about: HostNamespace; readonly looks: readonly InterfaceLook[] })[] = [];
  for (const found of all.slice(0, mostNamespaces)) {
    const about = describe(found, here.inode);
    try {
      const handle = found.inode === here.inode ? currentNamespace() : open(found);
      const socket = RtnetlinkSocket.open(handle);
      const looks = lookAtInterfaces({ socket });
      const veths = looks.flatMap(({ observed, veth }) =>
        veth === null ? [] : [{ ifname: observed.ifname, ...veth }],
      );
      seen.push({ label: about.label, handle, socket, veths, about: { ...about, lab: labOfNamespace(socket) }, looks });
    } catch (error) {
      notes.push(`${about.label} cannot be looked at: ${error instanceof Error ? error.message : String(error)}.`);
    }
  }
  const peers = findPeers(seen);
  const observed: [string, ObservedNamespace][] = seen.map(({ label, handle, socket, looks }) => {
    const names = new Map(looks.map((look) => [look.observed.ifindex, look.observed.ifname]));
    const interfaces = looks.map((look): [string, ObservedInterface] => [
      look.observed.ifname,
      { ...look.observed, peer: peers.get(label)?.get(look.observed.ifname) ?? null },
    ]);
    return [
      label,
      {
        name: label,
        inode: handle.inode,
        forwarding: lookAtForwarding({ socket }),
        interfaces: Object.fromEntries(interfaces),
        routes: lookAtRoutes(
          { socket },
          (ifindex) => names.get(ifindex) ?? null,
          vrfTablesOf(looks.map(({ observed }) => observed)),
        ),
      },
    ];
  });
  for (const { socket, handle } of seen) {
    socket.close();
    handle.close();
  }
  here.close();
  const result: Observed = { namespaces: Object.fromEntries(observed) };
  return { namespaces: seen.map(({ about }) => about), observed: result, ...machineDocument(result), notes };
}

/** The machine's own first, then by name, then those that only processes hold. */
function findNamespaces(own: number): Found[] {
  const byInode = new Map<number, Found>([[own, { inode: own, names: [], pids: [] }]]);
  const of = (inode: number): Found => {
    const known = byInode.get(inode) ?? { inode, names: [], pids: [] };
    byInode.set(inode, known);
    return known;
  };
  for (const { name, inode } of listNamespaces(namespaceDirectory)) of(inode).names.push(name);
  for (const { pid, inode } of processesByNamespace()) of(inode).pids.push(pid);
  return [...byInode.values()];
}

function describe({ inode, names, pids }: Found, own: number): HostNamespace {
  const [name] = names;
  const [pid] = pids;
  const container = inode === own || pid === undefined ? null : containerOf(pid);
  const common = { inode, names, lab: null, container, processes: pids.length };
  if (inode === own) return { label: ROOT_NAMESPACE, kind: 'host', ...common };
  if (name !== undefined) return { label: name, kind: 'named', ...common };
  return {
    // No name of a namespace has a slash, so that none is taken for this one.
    label: `/proc/${pid ?? 0} (${pid === undefined ? '' : commandOf(pid)})`,
    kind: container === null ? 'processes' : 'container',
    ...common,
  };
}

function open({ names, pids }: Found): NamespaceHandle {
  const [name] = names;
  if (name !== undefined) return openNamespace(name, namespaceDirectory);
  return openNamespacePath(`/proc/${pids[0] ?? 0}/ns/net`, null);
}
