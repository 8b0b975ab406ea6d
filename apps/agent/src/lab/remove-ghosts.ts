import { deleteLink } from '@vethlab/netlink';
import { type Observed, ROOT_NAMESPACE } from '@vethlab/observed';
import { ghostId, ghostsOf } from '@vethlab/planner';
import type { Topology } from '@vethlab/topology';
import type { LabNamespaces } from '../kernel/namespaces.js';
import { killProcessesInNamespaces } from '../kernel/processes.js';
import { ReadList } from '../observe/read-list.js';

export interface GhostRemoval {
  readonly topology: Topology;
  readonly observed: Observed;
  readonly namespaces: LabNamespaces;
  readonly beforeRemoval: (namespace: string) => void;
}

/**
 * Removes what the document does not know, by the ids of ghosts: also what no plan touches, because of its name or because it
 * is in the root namespace. Names are data here: a namespace is found by its file, an interface by its index. Ids of anything else
 * are left out. Gives what has to be read again.
 */
export function removeGhosts(ids: ReadonlySet<string>, removal: GhostRemoval): ReadList {
  const { topology, observed, namespaces } = removal;
  const touched = new ReadList();
  const ghosts = ghostsOf(topology, observed);
  for (const { id, name } of ghosts.namespaces) {
    const namespace = ids.has(id) ? namespaces.get(name) : undefined;
    if (namespace === undefined) continue;
    removal.beforeRemoval(name);
    killProcessesInNamespaces(new Set([namespace.inode]));
    namespaces.remove(name);
    touched.all(name);
  }
  const ends = [...ghosts.interfaces, ...ghosts.pairs.map(({ ends }) => ends[0])];
  for (const { namespace, ifname } of ends) {
    if (!ids.has(ghostId(namespace, ifname))) continue;
    const place = namespaces.place(namespace);
    const ifindex = indexOf(observed, namespace, ifname);
    if (place === undefined || ifindex === null) continue;
    for (const answer of place.socket.batchSync([deleteLink({ ifindex })])) if (!answer.ok) throw answer.error;
    touched.all(namespace);
  }
  return touched;
}

function indexOf({ namespaces, root }: Observed, namespace: string, ifname: string): number | null {
  const place = Object.hasOwn(namespaces, namespace) ? namespaces[namespace]?.interfaces : undefined;
  const interfaces = namespace === ROOT_NAMESPACE ? root : place;
  return interfaces !== undefined && Object.hasOwn(interfaces, ifname) ? (interfaces[ifname]?.ifindex ?? null) : null;
}
