import type { ObservedInterface } from '@vethlab/observed';
import {
  type Cidr,
  type EndpointText,
  type Interface,
  type Link,
  minimumMtuIpv6,
  parseCidr,
  parseMac,
} from '@vethlab/topology';
import { DEFAULT_MTU, SWITCH_BRIDGE } from '../desired/desired.js';
import { partsOf } from '../desired/endpoint.js';
import { familyOf } from '../desired/subnet.js';
import type { AdoptionWork } from './adoption-work.js';
import { reasons } from './why-not.js';

/** Admin state, MTU, MAC and addresses of wired interfaces in view; `fresh`: of links that came only. */
export function adoptInterfaces(work: AdoptionWork, which: 'all' | 'fresh' = 'all'): void {
  for (const [key, link] of [...work.links]) {
    if (which === 'fresh' && !link.endpoints.some((end) => work.freshEnds.has(end))) continue;
    const ends = link.endpoints.map(partsOf);
    if (!ends.some(({ namespace }) => work.view.has(namespace))) continue;
    const current = link.up ? link : takenUp(work, key, link);
    for (const endpoint of current.endpoints) adoptInterface(work, endpoint, current);
  }
  for (const { name, node } of work.members()) {
    if (node.kind === 'switch' && !isSwitchAlready(work, name)) becomePorts(work, name);
  }
}

function isSwitchAlready({ topology }: AdoptionWork, name: string): boolean {
  return Object.hasOwn(topology.nodes, name) && topology.nodes[name]?.kind === 'switch';
}

/**
 * What a node has drawn on it and is wired to nothing is not in the kernel, and stays in the document. In a node that has
 * become a switch it is a port: without addresses, and not under the name of the bridge.
 */
function becomePorts(work: AdoptionWork, name: string): void {
  for (const ifname of Object.keys(work.nodes.get(name)?.interfaces ?? {})) {
    const record = work.record(name, ifname);
    if (record === null) continue;
    if (ifname === SWITCH_BRIDGE || record.device !== undefined) work.put(name, ifname, null);
    else if (record.addresses.length > 0) work.put(name, ifname, { ...record, addresses: [] });
  }
}

/** A link that is down takes both its ends down. When one of them is up, the link is up, and each end says for itself. */
function takenUp(work: AdoptionWork, key: string, link: Link): Link {
  const isUp = link.endpoints.some((endpoint) => {
    const { namespace, ifname } = partsOf(endpoint);
    return work.interface(namespace, ifname)?.up === true && work.choice.settings(namespace, ifname);
  });
  if (!isUp) return link;
  const up = { ...link, up: true };
  work.links.set(key, up);
  for (const endpoint of link.endpoints) {
    const { namespace, ifname } = partsOf(endpoint);
    const record = work.record(namespace, ifname);
    if (record !== null) work.put(namespace, ifname, { ...record, up: false });
  }
  return up;
}

function adoptInterface(work: AdoptionWork, endpoint: EndpointText, link: Link): void {
  const { namespace, ifname } = partsOf(endpoint);
  const node = work.nodes.get(namespace);
  const found = work.interface(namespace, ifname);
  if (node === undefined || found === null) return;
  const known = work.record(namespace, ifname);
  const isNew = work.freshEnds.has(endpoint) || known === null;
  const base = isNew ? { addresses: [], up: found.up } : known;
  const settled = isNew || work.choice.settings(namespace, ifname) ? withSettings(base, found, link, isNew) : base;
  if (isMember(work, namespace, found)) {
    adoptMember(work, namespace, settled, found);
    return;
  }
  const place = { isUp: settled.up && link.up, mtu: settled.mtu ?? link.mtu ?? DEFAULT_MTU };
  const addresses =
    node.kind === 'switch' ? settled.addresses : adoptedAddresses(work, namespace, settled, found, place, isNew);
  work.put(namespace, ifname, { ...settled, addresses });
}

/** Whether it belongs to a bond. */
export function isMember(work: AdoptionWork, namespace: string, { master }: ObservedInterface): boolean {
  return master !== null && work.interface(namespace, master)?.type === 'bond';
}

/** A member of a bond has nothing of its own. */
export function adoptMember(work: AdoptionWork, namespace: string, record: Interface, found: ObservedInterface): void {
  const { ifname, mtu } = found;
  for (const { address, kernelMade } of found.addresses)
    if (!kernelMade) work.leave(namespace, ifname, `the address ${address} on ${ifname}`, reasons.memberAddress);
  const bond = found.master === null ? null : work.interface(namespace, found.master);
  if (bond !== null && bond.mtu !== mtu)
    work.leave(namespace, ifname, `the MTU ${mtu} of ${ifname}`, reasons.memberMtu);
  const { mtu: _mtu, mac: _mac, ...rest } = record;
  work.put(namespace, ifname, { ...rest, addresses: [] });
}

function withSettings(base: Interface, found: ObservedInterface, link: Link, isNew: boolean): Interface {
  const { mtu: _, mac: __, ...rest } = base;
  const usual = link.mtu ?? DEFAULT_MTU;
  const isSaid = base.mtu !== undefined && found.mtu === base.mtu;
  return {
    ...rest,
    up: link.up ? found.up : base.up,
    ...(found.mtu === usual && !isSaid ? {} : { mtu: found.mtu }),
    ...adoptedMac(base, found, isNew),
  };
}

/** The MAC to say of an interface: one that somebody set, or that the document says. */
export function adoptedMac(base: Interface, found: ObservedInterface, isNew: boolean): Pick<Interface, 'mac'> {
  const mac =
    (isNew ? found.macByHand === true : base.mac !== undefined) && found.mac !== null ? parseMac(found.mac) : null;
  return mac?.ok === true ? { mac: mac.value } : base.mac === undefined || isNew ? {} : { mac: base.mac };
}

/** The addresses of an interface that is as `record` says; `place` tells whether it is up, and its MTU. */
export function adoptedAddresses(
  work: AdoptionWork,
  namespace: string,
  record: Interface,
  found: ObservedInterface,
  place: { readonly isUp: boolean; readonly mtu: number },
  isNew: boolean,
): readonly Cidr[] {
  const { ifname } = found;
  const chosen = (address: string) => isNew || work.choice.address(namespace, ifname, address);
  const typed = found.addresses.filter(({ kernelMade }) => !kernelMade).map(({ address }) => address);
  // What waits for the interface to be up is not missing: the kernel has no IPv6 on one that is down. Nor is there any
  // with so small an MTU, up or not.
  const isWaiting = !place.isUp;
  const takesIpv6 = place.mtu >= minimumMtuIpv6;
  const kept = record.addresses.filter((address) => {
    const isIpv6 = familyOf(address) === 6;
    if (typed.includes(address)) return true;
    return isIpv6 ? takesIpv6 && (isWaiting || !chosen(address)) : !chosen(address);
  });
  const added: Cidr[] = [];
  for (const address of typed) {
    if (record.addresses.includes(address as Cidr) || !chosen(address)) continue;
    const parsed = parseCidr(address);
    if (parsed.ok && parsed.value === address) added.push(parsed.value);
    else
      work.leave(
        namespace,
        ifname,
        `the address ${address}`,
        parsed.ok ? `It is written ${parsed.value} here.` : parsed.problem.detail,
      );
  }
  if (added.length === 0 && kept.length === record.addresses.length) return record.addresses;
  return [...kept, ...added];
}
