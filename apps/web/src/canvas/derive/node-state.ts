import { type FeatureName, namespaceOf, type Observed } from '@vethlab/observed';
import { type EndpointText, type Node, vrfAt } from '@vethlab/topology';
import { beyondText } from '../../drift/beyond-words';
import { type EndpointState, endpointState, observedInterface } from './endpoint-state';

/** `planned`: asked for and not in the kernel (yet). `present`: there. `drift`: there, and somebody changed it. */
export type Presence = 'planned' | 'present' | 'drift';

export interface NodeState {
  readonly presence: Presence;
  /** Interfaces that no wire uses; those on a wire are drawn at the end of their wire, devices and what is in a VRF below the name. */
  readonly loose: readonly EndpointState[];
  /** Of the first interface that has one. */
  readonly firstAddress: string | null;
  readonly linkCount: number;
  /** Whether an internet node's way out works, or is left out on this machine; null in other kinds. */
  readonly wayOut: 'works' | 'closed' | 'left-out' | null;
  /** What no document can say and somebody made all the same, in a few words; null: nothing. */
  readonly beyond: string | null;
}

/** Derives what a node shows. `wired` holds every endpoint text that some link uses. */
export function nodeState(
  name: string,
  node: Node,
  observed: Observed,
  drifting: ReadonlySet<string>,
  wired: ReadonlySet<string>,
  missing: ReadonlySet<FeatureName>,
): NodeState {
  const inKernel = Object.hasOwn(observed.namespaces, name);
  const loose: EndpointState[] = [];
  let linkCount = 0;
  let firstAddress: string | null = null;
  for (const [ifname, wanted] of Object.entries(node.interfaces)) {
    const endpoint: EndpointText = `${name}:${ifname}`;
    firstAddress ??= wanted.addresses[0] ?? null;
    if (wired.has(endpoint)) linkCount += 1;
    else if (wanted.device === undefined && vrfAt(node, ifname) === null)
      loose.push(endpointState(endpoint, wanted, null, observedInterface(observed, name, ifname)));
  }
  const wayOut = node.kind === 'internet' ? wayOutState(name, observed, missing) : null;
  const beyond = beyondText(namespaceOf(observed, name)?.beyond ?? []);
  return { presence: presenceOf(inKernel, drifting.has(name)), loose, firstAddress, linkCount, wayOut, beyond };
}

function wayOutState(name: string, observed: Observed, missing: ReadonlySet<FeatureName>): NodeState['wayOut'] {
  if (namespaceOf(observed, name)?.wayOut !== undefined) return 'works';
  return missing.has('way-out') || missing.has('nft') ? 'left-out' : 'closed';
}

function presenceOf(inKernel: boolean, drifting: boolean): Presence {
  if (drifting) return 'drift';
  return inKernel ? 'present' : 'planned';
}
