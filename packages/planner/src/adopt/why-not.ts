import { interfaceOf, namespaceOf, type Observed, type ObservedNamespace } from '@vethlab/observed';
import { type Node, nodeOf, type Topology, vrfOf } from '@vethlab/topology';
import { SWITCH_BRIDGE } from '../desired/desired.js';
import { isKernelsOwnDevice } from '../names.js';
import type { Operation } from '../plan.js';

/** Why what somebody's hand has made of a thing of the lab is no part of a document. */
export const reasons = {
  bridgeDown: 'In a lab the bridge of a switch is always up.',
  bridgeAddress: 'The bridge of a switch has no addresses in a lab.',
  loopbackAddress: 'The loopback has no addresses in a lab.',
  memberAddress: 'A member of a bond has no addresses of its own.',
  memberMtu: 'A member of a bond has the MTU of the bond.',
  portAddress: 'A port of a switch forwards frames and has no address of its own.',
  portLeft: 'All interfaces of a switch are its ports.',
  switchForwards: 'A switch forwards frames and routes nothing.',
  vrfAddress: 'A VRF has no addresses of its own in a lab; its interfaces have.',
  vrfDown: 'In a lab a VRF is always up.',
} as const;

/** Why a difference can be no part of the document, as far as the step that would undo it tells; null: it can, or the step does not tell. */
export function whyNotAdopted(topology: Topology, observed: Observed, operation: Operation): string | null {
  if (!('namespace' in operation)) return null;
  const node = nodeOf(topology, operation.namespace);
  const namespace = namespaceOf(observed, operation.namespace);
  if (node === null || namespace === null) return null;
  switch (operation.op) {
    case 'set-forwarding':
      // Without its bridge it is a router by now, and that can be adopted.
      return node.kind === 'switch' && typeOf(namespace, SWITCH_BRIDGE) === 'bridge' ? reasons.switchForwards : null;
    case 'remove-address':
      return whyNoAddress(node, namespace, operation.ifname);
    case 'set-interface':
      return whyNoSettings(node, namespace, operation);
    default:
      return null;
  }
}

function whyNoAddress(node: Node, namespace: ObservedNamespace, ifname: string): string | null {
  if (isKernelsOwnDevice(ifname)) return reasons.loopbackAddress;
  if (node.kind === 'switch') return ifname === SWITCH_BRIDGE ? reasons.bridgeAddress : reasons.portAddress;
  if (vrfOf(node, ifname) !== null) return reasons.vrfAddress;
  return isMember(namespace, ifname) ? reasons.memberAddress : null;
}

/** A step that sets several things is told only when none of them can be adopted. */
function whyNoSettings(
  node: Node,
  namespace: ObservedNamespace,
  { ifname, up, mtu, mac, master }: Extract<Operation, { readonly op: 'set-interface' }>,
): string | null {
  const isBridge = node.kind === 'switch' && ifname === SWITCH_BRIDGE;
  if (up === true && isBridge) return reasons.bridgeDown;
  if (up === true && vrfOf(node, ifname) !== null) return reasons.vrfDown;
  const isMtuOnly = mtu !== undefined && up === undefined && mac === undefined && master === undefined;
  return isMtuOnly && isMember(namespace, ifname) ? reasons.memberMtu : null;
}

function isMember(namespace: ObservedNamespace, ifname: string): boolean {
  const master = interfaceOf(namespace, ifname)?.master ?? null;
  return master !== null && typeOf(namespace, master) === 'bond';
}

function typeOf(namespace: ObservedNamespace, ifname: string): string | undefined {
  return interfaceOf(namespace, ifname)?.type;
}
