import type { EventType, KernelEvent } from '@vethlab/netlink';
import { isRouteBeyond } from './beyond/policy.js';
import type { ReadList } from './read-list.js';

/** Events that tell of an interface itself. */
const ofInterface: ReadonlySet<EventType> = new Set(['new-link', 'del-link', 'new-address', 'del-address']);
const ofQdisc: ReadonlySet<EventType> = new Set(['new-qdisc', 'del-qdisc']);
/** Events of routes name the interface they lead through, if it is one. */
const ofRoute: ReadonlySet<EventType> = new Set(['new-route', 'del-route']);
const ofRule: ReadonlySet<EventType> = new Set(['new-rule', 'del-rule']);
const ofNeighbour: ReadonlySet<EventType> = new Set(['new-neighbour', 'del-neighbour']);

/**
 * Puts down what an event says is to be read again in a namespace.
 * @param hasBeyond whether something was seen there that no document can say, and that may be gone now
 * @returns false: nothing is
 */
export function noteEvent(list: ReadList, namespace: string, event: KernelEvent, hasBeyond: () => boolean): boolean {
  const { type, ifindex } = event;
  if (ofNeighbour.has(type)) return noteNeighbour(list, namespace, event, hasBeyond);
  if (ofRule.has(type) || (ofRoute.has(type) && isRouteBeyond(event.message, namespace)))
    list.beyond(namespace, ['policy']);
  if (ofRoute.has(type)) list.routes(namespace, ifindex);
  else if (ifindex !== null && ofQdisc.has(type)) list.qdisc(namespace, ifindex);
  else if (ifindex !== null && ofInterface.has(type)) list.one(namespace, ifindex);
  else list.settings(namespace);
  if (type === 'new-netconf' && isSettingBeyond(event)) list.beyond(namespace, ['sysctls']);
  return true;
}

function noteNeighbour(list: ReadList, namespace: string, event: KernelEvent, hasBeyond: () => boolean): boolean {
  const { message } = event;
  const isLasting = event.type === 'new-neighbour' && message !== null && 'state' in message;
  if (isLasting && 'address' in message && message.state === 'permanent') {
    list.beyond(namespace, ['neighbours']);
    return true;
  }
  // An entry of a forwarding table has no address.
  if (isLasting && 'vlan' in message) {
    list.lastingMac(namespace, message.mac);
    return true;
  }
  if (!hasBeyond()) return false;
  list.settings(namespace);
  return true;
}

/** A new interface tells all of its settings; somebody who sets one is told of that one. */
function isSettingBeyond({ message }: KernelEvent): boolean {
  return message !== null && 'tellsMore' in message && message.tellsMore && message.forwarding === null;
}
