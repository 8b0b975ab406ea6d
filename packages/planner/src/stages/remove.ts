import { type ObservedInterface, observedParent } from '@vethlab/observed';
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
  for (const going of inOrder(planning, survey.goingInterfaces)) {
    yield;
    const { found, namespace } = going;
    const { peer } = found;
    const here = `${namespace}:${found.ifname}`;
    if (interfaces.has(here) || !isNodeName(namespace)) continue;
    if (peer !== null && survey.goingNamespaces.has(peer.namespace) && going.why.because !== 'peer') continue;
    const step = removeInterface(planning, namespace, going);
    for (const end of peer === null
      ? [{ namespace, ifname: found.ifname }]
      : [{ namespace, ifname: found.ifname }, peer]) {
      interfaces.set(`${end.namespace}:${end.ifname}`, step);
      // What stands on it goes with it.
      for (const ifname of planning.namespaceBefore(end.namespace)?.removeInterface(end.ifname, step) ?? []) {
        interfaces.set(`${end.namespace}:${ifname}`, step);
      }
    }
  }
  for (const [name, why] of goingNamespacesInOrder(planning, survey)) {
    yield;
    if (isNodeName(name)) namespaces.set(name, removeNamespace(planning, survey, name, why));
  }
  return { interfaces, namespaces };
}

/**
 * Of two ends that go, the one with the smaller name is named by the step, whichever was met first. What stands on another interface comes
 * after it: then it may have gone already.
 */
function inOrder(planning: Planning, going: readonly GoingInterface[]): readonly GoingInterface[] {
  const keyed = going.map((one) => {
    const depth = depthOf(planning, one.namespace, one.found);
    return { one, depth, key: `${one.namespace}:${one.found.ifname}` };
  });
  keyed.sort((a, b) => a.depth - b.depth || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return keyed.map(({ one }) => one);
}

/** On how many interfaces it stands, one on the other. */
function depthOf(planning: Planning, namespace: string, found: ObservedInterface): number {
  const interfaces = planning.observedNamespace(namespace)?.interfaces ?? {};
  let depth = 0;
  for (let parent = observedParent(found.device); parent !== null && depth < MOST_DEPTH; depth += 1) {
    parent = Object.hasOwn(interfaces, parent) ? observedParent(interfaces[parent]?.device) : null;
  }
  return depth;
}

/** More than any kernel lets stand on each other (MAX_NEST_DEV, 8): what is read from a kernel that changes may look like a loop. */
const MOST_DEPTH = 16;

function goingNamespacesInOrder(planning: Planning, survey: Survey): [string, 'ours' | 'unexpected'][] {
  const order = planning.input.previous === null ? new Map<string, number>() : nodeOrderOf(planning.input.previous);
  const place = (name: string) => order.get(name) ?? Number.MAX_SAFE_INTEGER;
  return [...survey.goingNamespaces].sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1));
}

function removeInterface(planning: Planning, namespace: NodeName, going: GoingInterface): string {
  const { found, why } = going;
  const here = `${namespace}:${found.ifname}`;
  const standing = planning.namespaceBefore(namespace)?.standingOn(found.ifname) ?? [];
  const along = [
    found.peer === null ? '' : `; its peer ${endText(found.peer)} goes with it`,
    standing.length === 0 ? '' : `; ${listOf(standing)} on it ${standing.length === 1 ? 'goes' : 'go'} too`,
  ].join('');
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
    case 'waiting':
      return `${here} waits for what it stands on`;
    case 'settings':
      return `${here} ${why.why}`;
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
    for (const gone of peerNamespace.removeInterface(peer.ifname)) along.push(`${peer.namespace}:${gone}`);
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
