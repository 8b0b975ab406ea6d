import { listNamespaces, openNamespace, RtnetlinkSocket } from '@vethlab/netlink';
import { namespaceDirectory } from '../sandbox/prepare.js';
import { labOfNamespace, markNamespace } from './mark.js';
import { OwnedRecords } from './owned-records.js';

/** It cannot be taken over. The message is one sentence for people. */
export class NotAdopted extends Error {
  override readonly name = 'NotAdopted';
}

/**
 * Takes namespaces of the machine over for a lab, because somebody said so: from then on they are the lab's, with what is in them,
 * and taking the lab down removes them. All or none.
 * @throws NotAdopted
 */
export function adoptNamespaces(lab: string, names: readonly string[]): void {
  const records = new OwnedRecords();
  const present = new Map(listNamespaces(namespaceDirectory).map(({ name, inode }) => [name, inode]));
  const wanted = names.map((name) => {
    const inode = present.get(name);
    if (inode === undefined) throw new NotAdopted(`There is no namespace ${name} on this machine.`);
    const owner = ownerOf(name, records);
    if (owner !== null && owner !== lab) throw new NotAdopted(`${name} belongs to the lab ${owner}.`);
    return { name, inode };
  });
  for (const { name, inode } of wanted) {
    records.take({ name, lab, inode, adopted: true });
    withSocket(name, (socket) => markNamespace(socket, lab));
  }
}

/** By record and by mark: a record may be stale, and a mark is inside for as long as the namespace lives. */
function ownerOf(name: string, records: OwnedRecords): string | null {
  return withSocket(name, labOfNamespace) ?? records.read(name)?.lab ?? null;
}

function withSocket<Result>(name: string, visit: (socket: RtnetlinkSocket) => Result): Result {
  const handle = openNamespace(name, namespaceDirectory);
  try {
    const socket = RtnetlinkSocket.open(handle);
    try {
      return visit(socket);
    } finally {
      socket.close();
    }
  } finally {
    handle.close();
  }
}
