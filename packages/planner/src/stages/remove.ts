import { type Ifname, type NodeName, nodeOrderOf } from '@vethlab/topology';
import { endText, isNodeName, listOf } from '../names.js';
import type { Planning } from '../planning.js';
import type { GoingInterface, Survey, WhyGoing } from './survey.js';

/** What the removals freed: steps by the name in the kernel before the plan. */
export interface Freed {
  /** By `namespace:interface`; both ends of a veth pair. */
  readonly interfaces: ReadonlyMap<string, string>;
  readonly namespaces: ReadonlyMap<string, string>;
}

/**
 * Interfaces first, then namespaces. A veth whose other end is in a namespace that goes is left to the kernel, except
 * when its name is needed again: the kernel takes a namespace apart some time after it was removed, and a new
 * interface of that name would meet the old one.
 */
export function* removeStage(planning: Planning, survey: Survey): Generator<undefined, Freed> {
  const interfaces = new Map<string, string>();
  const namespaces = new Map<string, string>();
  for (const going of inOrder(survey.goingInterfaces)) {
    yield;
    const { found, namespace } = going;
    const { peer } = found;
    const here = `${namespace}:${found.ifname}`;
    if (interfaces.has(here) || !isNodeName(namespace)) continue;
    if (peer !== null && survey.goingNamespaces.has(peer.namespace) && going.why.because !== 'peer') continue;
    const step = removeInterface(planning, namespace, going);
    interfaces.set(here, step);
    planning.namespaceBefore(namespace)?.removeInterface(found.ifname);
    if (peer === null) continue;
    interfaces.set(`${peer.namespace}:${peer.ifname}`, step);
    planning.namespaceBefore(peer.namespace)?.removeInterface(peer.ifname);
  }
  for (const [name, why] of goingNamespacesInOrder(planning, survey)) {
    yield;
    if (isNodeName(name)) namespaces.set(name, removeNamespace(planning, survey, name, why));
  }
  return { interfaces, namespaces };
}

/** Of two ends that go, the one with the smaller name is named by the step, whichever was met first. */
function inOrder(going: readonly GoingInterface[]): readonly GoingInterface[] {
  const keyed = going.map((one) => ({ one, key: `${one.namespace}:${one.found.ifname}` }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return keyed.map(({ one }) => one);
}

function goingNamespacesInOrder(planning: Planning, survey: Survey): [string, 'ours' | 'unexpected'][] {
  const order = planning.input.previous === null ? new Map<string, number>() : nodeOrderOf(planning.input.previous);
  const place = (name: string) => order.get(name) ?? Number.MAX_SAFE_INTEGER;
  return [...survey.goingNamespaces].sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1));
}

function removeInterface(planning: Planning, namespace: NodeName, going: GoingInterface): string {
  const { found, why } = going;
  const here = `${namespace}:${found.ifname}`;
  const along = found.peer === null ? '' : `; its peer ${endText(found.peer)} goes with it`;
  return planning.add({
    id: `remove-interface:${here}`,
    action: 'remove',
    object: `interface ${here}`,
    reason: `${reasonOf(here, found, why)}${along}`,
    dependsOn: [],
    operation: { op: 'remove-interface', namespace, ifname: found.ifname as Ifname },
  });
}

function reasonOf(here: string, found: GoingInterface['found'], why: WhyGoing): string {
  switch (why.because) {
    case 'removed':
      return `${here} is no longer in the lab`;
    case 'unwired':
      return `${here} is no longer wired`;
    case 'unexpected':
      return `the lab has no interface ${here}`;
    case 'type':
      return `${here} is of type ${found.type}, and the lab wants a ${why.wanted} there`;
    case 'peer': {
      const leadsTo = found.peer === null ? 'an unknown place' : endText(found.peer);
      return `${here} leads to ${leadsTo}, and the lab wants it to lead to ${why.wanted}`;
    }
  }
}

function removeNamespace(planning: Planning, survey: Survey, name: NodeName, why: 'ours' | 'unexpected'): string {
  const along: string[] = [];
  const interfaces = planning.namespaceBefore(name)?.interfaces;
  for (const ifname of interfaces?.names() ?? []) {
    const peer = interfaces?.peek(ifname)?.peer ?? null;
    if (peer === null || survey.goingNamespaces.has(peer.namespace)) continue;
    const peerNamespace = planning.namespaceBefore(peer.namespace);
    if (peerNamespace === null || !peerNamespace.interfaces.has(peer.ifname)) continue;
    peerNamespace.removeInterface(peer.ifname);
    along.push(`${peer.namespace}:${peer.ifname}`);
  }
  const first = why === 'ours' ? `${name} is no longer in the lab` : `the lab has no node ${name}`;
  const second = along.length === 0 ? '' : `; ${listOf(along)} ${along.length === 1 ? 'goes' : 'go'} with it`;
  return planning.add({
    id: `remove-namespace:${name}`,
    action: 'remove',
    object: `namespace ${name}`,
    reason: `${first}${second}`,
    dependsOn: [],
    operation: { op: 'remove-namespace', namespace: name },
  });
}
