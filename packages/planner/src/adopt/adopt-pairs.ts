import { type ObservedInterface, ROOT_NAMESPACE } from '@vethlab/observed';
import { type EndpointText, type Link, linkKey, parseIfname } from '@vethlab/topology';
import { SWITCH_BRIDGE } from '../desired/desired.js';
import { partsOf } from '../desired/endpoint.js';
import { endText } from '../names.js';
import { isPair } from '../pair.js';
import type { AdoptionWork } from './adoption-work.js';

/** Links whose veth pair is gone or leads elsewhere go, with their interfaces; pairs that came become links. */
export function adoptPairs(work: AdoptionWork): void {
  const gone = removeLinks(work);
  const ends = new Map<string, Link>();
  for (const link of work.links.values()) for (const end of link.endpoints) ends.set(end, link);
  for (const [near, far] of pairsInView(work)) {
    const [a, b] = [`${near.namespace}:${near.ifname}`, `${far.namespace}:${far.ifname}`] as [
      EndpointText,
      EndpointText,
    ];
    const known = ends.get(a);
    if (known !== undefined && known === ends.get(b)) continue;
    const what = `the veth pair ${endText(near)} – ${endText(far)}`;
    const why = whyNotEnd(work, near) ?? whyNotEnd(work, far) ?? takenBy(ends, a) ?? takenBy(ends, b);
    if (why !== null) {
      work.leave(near.namespace, near.ifname, what, why);
      continue;
    }
    if (!work.choice.interface(near.namespace, near.ifname) && !work.choice.interface(far.namespace, far.ifname))
      continue;
    const label = gone.find(({ endpoints }) => endpoints.includes(a) || endpoints.includes(b))?.label;
    const link: Link = { endpoints: [a, b], up: true, ...(label === undefined ? {} : { label }) };
    work.links.set(linkKey(link), link);
    for (const end of [a, b]) {
      ends.set(end, link);
      work.freshEnds.add(end);
    }
  }
}

/** An end of a pair. */
interface End {
  readonly namespace: string;
  readonly ifname: string;
}

function removeLinks(work: AdoptionWork): readonly Link[] {
  const gone: Link[] = [];
  for (const [key, link] of work.links) {
    const [a, b] = [partsOf(link.endpoints[0]), partsOf(link.endpoints[1])];
    if (!work.view.has(a.namespace) && !work.view.has(b.namespace)) continue;
    const near = work.interface(a.namespace, a.ifname);
    const far = work.interface(b.namespace, b.ifname);
    if (near !== null && far !== null && isPair(a.namespace, near, b.namespace, far)) continue;
    const hangs = work.removed.has(a.namespace) || work.removed.has(b.namespace);
    const chosen = work.choice.interface(a.namespace, a.ifname) || work.choice.interface(b.namespace, b.ifname);
    if (!hangs && !chosen) continue;
    gone.push(link);
    work.links.delete(key);
    for (const { namespace, ifname } of [a, b]) work.put(namespace, ifname, null);
  }
  return gone;
}

/** Each pair that has an end in view once, the end of the node that comes first in the document first. */
function* pairsInView(work: AdoptionWork): Generator<readonly [End, End]> {
  const order = new Map([...work.nodes.keys()].map((name, index) => [name, index]));
  const place = (name: string) => order.get(name) ?? Number.MAX_SAFE_INTEGER;
  const names = [...work.view, ROOT_NAMESPACE].sort((x, y) => place(x) - place(y));
  const told = new Set<string>();
  for (const namespace of names) {
    const interfaces = namespace === ROOT_NAMESPACE ? work.observed.root : work.namespace(namespace)?.interfaces;
    for (const one of inOrderOfMaking(interfaces ?? {})) {
      const { peer } = one;
      if (one.type !== 'veth' || peer === null) continue;
      const near = { namespace, ifname: one.ifname };
      if (told.has(`${peer.namespace}/${peer.ifname}`)) continue;
      told.add(`${namespace}/${one.ifname}`);
      yield place(peer.namespace) < place(namespace) ? [peer, near] : [near, peer];
    }
  }
}

function inOrderOfMaking(interfaces: Readonly<Record<string, ObservedInterface>>): ObservedInterface[] {
  return Object.values(interfaces).sort((a, b) => a.ifindex - b.ifindex);
}

/** Why this end cannot be the end of a link; null when it can. */
function whyNotEnd(work: AdoptionWork, { namespace, ifname }: End): string | null {
  if (namespace === ROOT_NAMESPACE)
    return 'One end is in the root namespace of the lab; it is a link once both ends are in namespaces.';
  const node = work.nodes.get(namespace);
  if (node === undefined) return `The namespace ${namespace} is not part of the lab.`;
  const parsed = parseIfname(ifname);
  if (!parsed.ok) return parsed.problem.detail;
  const found = work.interface(namespace, ifname);
  if (found === null) return 'Its other end cannot be seen.';
  if (node.kind === 'switch')
    return found.master === SWITCH_BRIDGE ? null : `It is not a port of ${namespace}'s bridge ${SWITCH_BRIDGE}.`;
  if (found.master === null || isDomain(work, namespace, found.master)) return null;
  return `It is a port of ${found.master}, and a ${node.kind} has no bridge.`;
}

function isDomain(work: AdoptionWork, namespace: string, master: string): boolean {
  const type = work.interface(namespace, master)?.type;
  return type === 'vrf' || type === 'bond';
}

function takenBy(ends: ReadonlyMap<string, Link>, end: string): string | null {
  const link = ends.get(end);
  return link === undefined ? null : `${end} is the end of another link of the lab, ${link.endpoints.join(' – ')}.`;
}
