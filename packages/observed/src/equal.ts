import { sameDevice } from './device.js';
import type {
  ObservedAddress,
  ObservedBeyond,
  ObservedInterface,
  ObservedPort,
  ObservedPortVlan,
  ObservedRoute,
  ObservedShaping,
  ObservedWayOut,
} from './state.js';

/** Whether two looks at one interface say the same, addresses in the same order included. */
export function sameInterface(a: ObservedInterface, b: ObservedInterface): boolean {
  return (
    a === b ||
    (a.ifindex === b.ifindex &&
      a.up === b.up &&
      a.carrier === b.carrier &&
      a.operstate === b.operstate &&
      a.mtu === b.mtu &&
      a.mac === b.mac &&
      a.master === b.master &&
      a.portState === b.portState &&
      a.type === b.type &&
      a.qdisc === b.qdisc &&
      sameShaping(a.shaping, b.shaping) &&
      a.ingress === b.ingress &&
      a.stp === b.stp &&
      a.vlanFiltering === b.vlanFiltering &&
      (a.vlans === b.vlans || sameList(a.vlans ?? noVlans, b.vlans ?? noVlans, sameVlan)) &&
      (a.vlans === undefined) === (b.vlans === undefined) &&
      a.macByHand === b.macByHand &&
      a.ifname === b.ifname &&
      sameDevice(a.device, b.device) &&
      samePeer(a.peer, b.peer) &&
      sameList(a.addresses, b.addresses, sameAddress))
  );
}

/** Whether two lists of routes are the same, in the same order. */
export function sameRoutes(a: readonly ObservedRoute[], b: readonly ObservedRoute[]): boolean {
  return sameList(a, b, sameRoute);
}

/** Whether two looks at what no document can say are the same, in the same order. */
export function sameBeyond(a: readonly ObservedBeyond[], b: readonly ObservedBeyond[]): boolean {
  return sameList(a, b, (one, other) => one.kind === other.kind && one.text === other.text);
}

/** Whether two looks at a way out say the same. */
export function sameWayOut(a: ObservedWayOut | undefined, b: ObservedWayOut | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  return a.subnet === b.subnet && sameList(a.hostPorts, b.hostPorts, (one, other) => one === other);
}

/** Whether two looks at published ports say the same. */
export function samePorts(a: readonly ObservedPort[] | undefined, b: readonly ObservedPort[] | undefined): boolean {
  const samePort = (one: ObservedPort, other: ObservedPort) =>
    one.port === other.port && one.at === other.at && one.problem === other.problem;
  return a === b || (a !== undefined && b !== undefined && sameList(a, b, samePort));
}

function sameShaping(a: ObservedShaping | undefined, b: ObservedShaping | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  return (
    a.kind === b.kind &&
    a.delayMs === b.delayMs &&
    a.jitterMs === b.jitterMs &&
    a.lossPercent === b.lossPercent &&
    a.duplicatePercent === b.duplicatePercent &&
    a.reorderPercent === b.reorderPercent &&
    a.corruptPercent === b.corruptPercent &&
    a.rateBitsPerSecond === b.rateBitsPerSecond &&
    a.limitPackets === b.limitPackets &&
    a.limitBytes === b.limitBytes &&
    (a.beyond ?? []).join() === (b.beyond ?? []).join()
  );
}

const noVlans: readonly ObservedPortVlan[] = [];

function sameVlan(a: ObservedPortVlan, b: ObservedPortVlan): boolean {
  return a.id === b.id && a.pvid === b.pvid && a.untagged === b.untagged;
}

function samePeer(a: ObservedInterface['peer'], b: ObservedInterface['peer']): boolean {
  return a === b || (a !== null && b !== null && a.namespace === b.namespace && a.ifname === b.ifname);
}

function sameAddress(a: ObservedAddress, b: ObservedAddress): boolean {
  return (
    a.address === b.address &&
    a.scope === b.scope &&
    a.kernelMade === b.kernelMade &&
    a.tentative === b.tentative &&
    a.dadFailed === b.dadFailed
  );
}

function sameRoute(a: ObservedRoute, b: ObservedRoute): boolean {
  return (
    a.family === b.family &&
    a.to === b.to &&
    a.via === b.via &&
    a.dev === b.dev &&
    a.metric === b.metric &&
    a.table === b.table &&
    a.protocol === b.protocol &&
    a.linkDown === b.linkDown
  );
}

function sameList<Item>(a: readonly Item[], b: readonly Item[], same: (a: Item, b: Item) => boolean): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) {
    const left = a[index];
    const right = b[index];
    if (left === undefined || right === undefined) return false;
    if (left !== right && !same(left, right)) return false;
  }
  return true;
}
