import { deleteLink, listNamespaces, type RtnetlinkSocket } from '@vethlab/netlink';
import { namespaceDirectory } from '../sandbox/prepare.js';
import { HostKeeper } from './host-keeper.js';
import { idOfKey, isOfLab, labText } from './lab-key.js';
import { inNamespace, labOfMark, labOfNamespace, markNamespace } from './mark.js';
import { OwnedRecords } from './owned-records.js';

/** It cannot be taken over. The message is one sentence for people. */
export class NotAdopted extends Error {
  override readonly name = 'NotAdopted';
}

/**
 * Gives a lab what is on the machine, because somebody said so. All or none.
 * @param things `NAME`, a namespace: from then on it is the lab's, with what is in it, and taking the lab down removes it.
 *   `NAME:IFNAME`, an interface in a namespace of the lab (neither name has a colon in it): the lab has its place, so it goes, and the next
 *   apply makes what the lab has there.
 * @throws NotAdopted
 */
export function adoptOnHost(lab: string, things: readonly string[]): void {
  const records = new OwnedRecords();
  const interfaces = things.filter((thing) => thing.includes(':')).map((thing) => interfaceOf(thing, lab, records));
  const names = things.filter((thing) => !thing.includes(':'));
  const present = new Map(listNamespaces(namespaceDirectory).map(({ name, inode }) => [name, inode]));
  const namespaces = names.map((name) => {
    const inode = present.get(name);
    if (inode === undefined) throw new NotAdopted(`There is no namespace ${name} on this machine.`);
    const owner = ownerOf(name, records);
    if (owner !== null && !isOfLab(lab, owner))
      throw new NotAdopted(`${name} belongs to the lab ${labText(owner, lab)}.`);
    return { name, inode };
  });
  for (const { name, inode } of namespaces) {
    records.take({ name, lab, inode, adopted: true });
    inNamespace(name, namespaceDirectory, (socket) => markNamespace(socket, lab));
  }
  for (const { namespace, ifname } of interfaces)
    inNamespace(namespace, namespaceDirectory, (socket) => remove(socket, ifname));
}

/** By record and by mark: a record may be stale, and a mark is inside for as long as the namespace lives. */
function ownerOf(name: string, records: OwnedRecords): string | null {
  return inNamespace(name, namespaceDirectory, labOfNamespace) ?? records.read(name)?.lab ?? null;
}

function interfaceOf(thing: string, lab: string, records: OwnedRecords) {
  const colon = thing.indexOf(':');
  const [namespace, ifname] = [thing.slice(0, colon), thing.slice(colon + 1)];
  const isOurs = new HostKeeper(lab, records).owned().some(({ record }) => record.name === namespace);
  if (!isOurs) throw new NotAdopted(`${namespace} is no namespace of the lab ${idOfKey(lab)}.`);
  const link = inNamespace(namespace, namespaceDirectory, (socket) => socket.links({ ifname })[0]);
  if (link === undefined) throw new NotAdopted(`There is no interface ${ifname} in ${namespace}.`);
  if (link.loopback) throw new NotAdopted(`${ifname} is the loopback of ${namespace}.`);
  const owner = labOfMark(link.alias);
  if (owner === lab) throw new NotAdopted(`${ifname} in ${namespace} is the lab's already.`);
  return { namespace, ifname };
}

function remove(socket: RtnetlinkSocket, ifname: string): void {
  const ifindex = socket.links({ ifname })[0]?.ifindex;
  if (ifindex === undefined) return;
  for (const answer of socket.batchSync([deleteLink({ ifindex })])) if (!answer.ok) throw answer.error;
}
