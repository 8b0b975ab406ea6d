import type { ObservedInterface, ObservedNamespace } from '@vethlab/observed';
import type { Node, NodeKind } from '@vethlab/topology';
import { SWITCH_BRIDGE } from '../desired/desired.js';
import { isKernelsOwnDevice } from '../names.js';

/** What a namespace is as a node: what it is made of, and what it forwards. `known` is what the document says so far. */
export function kindOf(namespace: ObservedNamespace, known: NodeKind | null): NodeKind {
  const interfaces = Object.values(namespace.interfaces).filter(({ ifname }) => !isKernelsOwnDevice(ifname));
  const bridge = interfaces.find(({ ifname, type }) => ifname === SWITCH_BRIDGE && type === 'bridge');
  // A switch stays one while ports come and go; only its bridge makes it one.
  if (known === 'switch' && bridge !== undefined) return 'switch';
  if (namespace.forwarding.ipv4 || namespace.forwarding.ipv6) return 'router';
  // A switch looks at no packet, so whoever has rules is none.
  if (namespace.tables !== undefined) return 'host';
  if (bridge?.up === true && interfaces.every((one) => one === bridge || isPlainPort(one))) return 'switch';
  return 'host';
}

/** The node with the kind, the forwarding and the loopback that the namespace has. */
export function withKind(node: Node, namespace: ObservedNamespace, isNew: boolean): Node {
  const kind = kindOf(namespace, isNew ? null : node.kind);
  const { forwards: _, stp: __, ...others } = node;
  const rest = kind === 'switch' ? withSpanningTree(withoutRules(others), namespace) : others;
  const { ipv4, ipv6 } = namespace.forwarding;
  if (kind !== 'router' || ipv4 === ipv6) return { ...rest, kind };
  return { ...rest, kind, forwards: ipv4 ? 'ipv4' : 'ipv6' };
}

function withSpanningTree(node: Node, { interfaces }: ObservedNamespace): Node {
  const bridge = Object.hasOwn(interfaces, SWITCH_BRIDGE) ? interfaces[SWITCH_BRIDGE] : undefined;
  return bridge?.stp === true ? { ...node, stp: true } : node;
}

/** A switch looks at no packet, and routes none. */
function withoutRules(node: Node): Node {
  const { nat: _, firewall: __, vrfs: ___, ...rest } = node;
  return rest;
}

/** The node with its loopback as the namespace has it. */
export function withLoopback(node: Node, namespace: ObservedNamespace): Node {
  const { loopback: _, ...rest } = node;
  const lo = Object.hasOwn(namespace.interfaces, 'lo') ? namespace.interfaces.lo : undefined;
  return lo?.up === false ? { ...rest, loopback: 'down' } : rest;
}

function isPlainPort({ type, master, addresses }: ObservedInterface): boolean {
  return type === 'veth' && master === SWITCH_BRIDGE && addresses.every(({ kernelMade }) => kernelMade);
}
