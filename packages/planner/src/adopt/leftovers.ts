import { type ObservedInterface, type ObservedNamespace, ROOT_NAMESPACE } from '@vethlab/observed';
import type { Link, Node } from '@vethlab/topology';
import { SWITCH_BRIDGE } from '../desired/desired.js';
import { isKernelsOwnDevice } from '../names.js';
import type { AdoptionWork } from './adoption-work.js';
import { isDevice } from './device-from.js';
import { reasons } from './why-not.js';

/** Tells what is in the namespaces in view, and in the root namespace, and has no place in a document. */
export function tellLeftovers(work: AdoptionWork): void {
  const ends = new Set<string>([...work.links.values()].flatMap(({ endpoints }: Link) => [...endpoints]));
  for (const { name, node, namespace } of work.members()) {
    if (node.kind === 'switch') tellSwitch(work, name, namespace);
    for (const found of Object.values(namespace.interfaces)) {
      const { ifname } = found;
      const isBridge = node.kind === 'switch' && ifname === SWITCH_BRIDGE && found.type === 'bridge';
      if (isKernelsOwnDevice(ifname) || isBridge) {
        tellAddresses(work, name, found, isBridge ? reasons.bridgeAddress : reasons.loopbackAddress);
      } else if (!ends.has(`${name}:${ifname}`)) tellInterface(work, name, node, found);
      else {
        if (node.kind === 'switch') tellPort(work, name, found);
        tellQdisc(work, name, found);
      }
      tellIngress(work, name, found);
    }
  }
  for (const found of Object.values(work.observed.root ?? {})) {
    const isPair = found.type === 'veth' && found.peer !== null;
    if (!isKernelsOwnDevice(found.ifname) && !isPair) {
      const why = 'It is in the root namespace of the lab, which is not a node.';
      work.leave(ROOT_NAMESPACE, found.ifname, named(found), why);
    }
    tellIngress(work, ROOT_NAMESPACE, found);
  }
}

/** What a switch always is in a lab: it stays as somebody's hand has made it until a repair. */
function tellSwitch(work: AdoptionWork, name: string, { forwarding, interfaces }: ObservedNamespace): void {
  if (forwarding.ipv4 || forwarding.ipv6) work.leave(name, undefined, 'forwarding', reasons.switchForwards);
  const bridge = Object.hasOwn(interfaces, SWITCH_BRIDGE) ? interfaces[SWITCH_BRIDGE] : undefined;
  const isPlain = Object.values(work.nodes.get(name)?.interfaces ?? {}).every(({ vlan }) => vlan === undefined);
  if (bridge?.vlanFiltering === true && isPlain)
    work.leave(
      name,
      SWITCH_BRIDGE,
      'keeping VLANs apart',
      'A switch of a lab does so when a port of it is in another VLAN than 1.',
    );
  if (bridge?.up === false) work.leave(name, SWITCH_BRIDGE, 'the bridge being down', reasons.bridgeDown);
}

function tellPort(work: AdoptionWork, name: string, found: ObservedInterface): void {
  const { ifname, master } = found;
  if (master !== SWITCH_BRIDGE)
    work.leave(name, ifname, `${ifname} being no port of ${SWITCH_BRIDGE}`, reasons.portLeft);
  tellAddresses(work, name, found, reasons.portAddress);
}

function tellInterface(work: AdoptionWork, name: string, node: Node, found: ObservedInterface): void {
  // Devices and VRFs that could not be adopted were told with the reason.
  if (node.kind !== 'switch' && (isDevice(found) || found.type === 'vrf')) {
    if (found.type === 'vrf') tellVrf(work, name, found);
    else tellQdisc(work, name, found);
    return;
  }
  if (found.type === 'veth') {
    // Pairs with two ends that are seen were told as pairs.
    if (found.peer === null) work.leave(name, found.ifname, named(found), 'Its other end cannot be seen.');
    return;
  }
  const why = found.type === 'bridge' ? bridgeWhy(node, found) : `A lab has no interface of type ${found.type}.`;
  work.leave(name, found.ifname, named(found), why);
}

/** What a VRF always is in a lab: it stays as somebody's hand has made it until a repair. */
function tellVrf(work: AdoptionWork, name: string, found: ObservedInterface): void {
  const { ifname, up } = found;
  if (!up) work.leave(name, ifname, `the VRF ${ifname} being down`, reasons.vrfDown);
  tellAddresses(work, name, found, reasons.vrfAddress);
}

function bridgeWhy(node: Node, found: ObservedInterface): string {
  if (node.kind === 'router') return 'A router has no bridge.';
  const missing = found.ifname !== SWITCH_BRIDGE ? `be called ${SWITCH_BRIDGE}` : found.up ? null : 'be up';
  if (missing !== null) return `The bridge of a switch has to ${missing}.`;
  return 'A namespace is a switch when all its interfaces are ports of its bridge and none has an address.';
}

function tellAddresses(work: AdoptionWork, name: string, { ifname, addresses }: ObservedInterface, why: string): void {
  for (const { address, kernelMade } of addresses) {
    if (!kernelMade) work.leave(name, ifname, `the address ${address} on ${ifname}`, why);
  }
}

/** What a document cannot say of how an interface queues. */
function tellQdisc(work: AdoptionWork, name: string, { ifname, qdisc, shaping }: ObservedInterface): void {
  if (qdisc === undefined) return;
  if (shaping === undefined) work.leave(name, ifname, `the qdisc ${qdisc} of ${ifname}`, 'A lab knows tbf and netem.');
  for (const what of shaping?.beyond ?? [])
    work.leave(
      name,
      ifname,
      `the ${what} of ${qdisc} on ${ifname}`,
      'A lab says delay, jitter, loss, duplication, reordering, corruption, rate and limit.',
    );
}

function tellIngress(work: AdoptionWork, name: string, { ifname, ingress }: ObservedInterface): void {
  if (ingress === undefined) return;
  const why = 'A lab says what happens to packets that leave an interface.';
  work.leave(name, ifname, `the qdisc ${ingress} of ${ifname}, and its filters`, why);
}

function named({ type, ifname }: ObservedInterface): string {
  return type === 'other' ? `the interface ${ifname}` : `the ${type} ${ifname}`;
}
