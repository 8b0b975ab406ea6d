import { lstatSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LinkMessage } from '@vethlab/netlink';
import { SWITCH_BRIDGE } from '@vethlab/planner';
import { type Diagnostic, linkAt, splitEndpoint, type Topology } from '@vethlab/topology';
import type { NamespaceKeeper } from '../kernel/namespace-keeper.js';
import type { LabNamespaces } from '../kernel/namespaces.js';
import { namespaceDirectory } from '../sandbox/prepare.js';
import { isOfLab, labText } from './lab-key.js';
import { labOfMark } from './mark.js';
import type { OwnedRecords } from './owned-records.js';

/** More of one kind would not be read. */
const mostTold = 50;

export interface ConflictSearch {
  readonly lab: string;
  readonly records: OwnedRecords;
  readonly keeper: NamespaceKeeper;
  readonly namespaces: LabNamespaces;
}

/** Names that these nodes of the document want and that are somebody else's on this machine. Nothing is changed by looking. */
export function findConflicts(topology: Topology, nodes: Iterable<string>, search: ConflictSearch): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const name of nodes) {
    if (found.length >= mostTold) break;
    if (!Object.hasOwn(topology.nodes, name)) continue;
    if (search.namespaces.get(name) === undefined) found.push(...namespaceConflict(name, search));
    else found.push(...interfaceConflicts(name, topology, search));
  }
  return found;
}

function namespaceConflict(name: string, { lab, records, keeper }: ConflictSearch): Diagnostic[] {
  if (lstatSync(join(namespaceDirectory, name), { throwIfNoEntry: false }) === undefined) {
    const owner = records.read(name)?.lab ?? lab;
    return isOfLab(lab, owner) ? [] : [takenByLab(name, owner, lab)];
  }
  const record = records.read(name);
  if (record !== null && !isOfLab(lab, record.lab)) return [takenByLab(name, record.lab, lab)];
  const inode = statSync(join(namespaceDirectory, name), { throwIfNoEntry: false })?.ino;
  // Adopted since the last look.
  if (inode !== undefined && keeper.owns({ name, inode })) return [];
  const remedy = `Rename the node, or let the lab have the namespace: vethlab adopt ${lab} ${name}.`;
  return [
    {
      code: 'host.namespace-taken',
      severity: 'error',
      summary: 'This machine has a namespace of this name, and it is not ours.',
      detail: `${name} exists on this machine (inode ${inode ?? 'unknown'}) and was not made by this lab; it is left alone. ${remedy}`,
      path: ['nodes', name],
    },
  ];
}

function takenByLab(name: string, owner: string, lab: string): Diagnostic {
  return {
    code: 'host.namespace-of-lab',
    severity: 'error',
    summary: 'Another lab on this machine has a namespace of this name.',
    detail: `${name} belongs to the lab ${labText(owner, lab)}. Rename the node, or take the other lab down: vethlab down ${owner}.`,
    path: ['nodes', name],
  };
}

/**
 * Interfaces that somebody made in our namespace under a name that the document uses for something else. What fits the document
 * is no conflict: it becomes the lab's, as what is typed in a lab does.
 */
function interfaceConflicts(node: string, topology: Topology, { lab, namespaces }: ConflictSearch): Diagnostic[] {
  const links = namespaces.get(node)?.socket.links() ?? [];
  const strangers = new Map(
    links.filter((link) => !link.loopback && labOfMark(link.alias) !== lab).map((link) => [link.ifname, link]),
  );
  if (strangers.size === 0) return [];
  const kind = topology.nodes[node]?.kind;
  return [...strangers.values()].flatMap((link) => {
    const end = otherEnd(topology, node, link.ifname);
    if (link.ifname === SWITCH_BRIDGE && kind === 'switch')
      return link.kind === 'bridge' ? [] : [interfaceTaken(node, link, lab)];
    if (end === null || fits(link, end, namespaces)) return [];
    return [interfaceTaken(node, link, lab)];
  });
}

function interfaceTaken(node: string, link: LinkMessage, lab: string): Diagnostic {
  const remedy = `Rename the interface in the lab, or let the lab have its place: vethlab adopt ${lab} ${node}:${link.ifname}.`;
  return {
    code: 'host.interface-taken',
    severity: 'error',
    summary: 'Somebody made an interface of this name in the namespace of this node.',
    detail: `${link.ifname} in ${node} is a ${link.kind ?? 'device'} that this lab did not make; it is left alone. ${remedy}`,
    path: ['nodes', node, 'interfaces', link.ifname],
  };
}

interface End {
  readonly node: string;
  readonly ifname: string;
}

function otherEnd(topology: Topology, node: string, ifname: string): End | null {
  const endpoints = linkAt(topology, node, ifname)?.endpoints;
  const other = endpoints?.find((endpoint) => endpoint !== `${node}:${ifname}`);
  return other === undefined ? null : splitEndpoint(other);
}

/** A veth whose other end is the very interface that the document wires it to. */
function fits(link: LinkMessage, end: End, namespaces: LabNamespaces): boolean {
  if (link.kind !== 'veth') return false;
  const peer = namespaces.get(end.node)?.socket.links({ ifname: end.ifname })[0];
  if (peer === undefined) return false;
  return peer.kind === 'veth' && peer.ifindex === link.linkIndex && peer.linkIndex === link.ifindex;
}
