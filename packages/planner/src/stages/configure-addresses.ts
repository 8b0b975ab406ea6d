import type { Cidr, NodeName } from '@vethlab/topology';
import type { DesiredInterface, DesiredNamespace } from '../desired/desired.js';
import { familyOf, sameSubnet, subnetOf } from '../desired/subnet.js';
import { dependencies, type Planning } from '../planning.js';
import type { WorkingAddress, WorkingInterface } from '../state/working-interface.js';
import type { WorkingNamespace } from '../state/working-namespace.js';

/** Addresses of one wired interface: what has to go, then what is missing. */
export function configureAddresses(
  planning: Planning,
  namespace: WorkingNamespace,
  desired: DesiredNamespace,
  device: WorkingInterface,
  wanted: DesiredInterface,
): void {
  const want = new Set<string>(wanted.addresses);
  const ours = planning.oursInterface(namespace.origin, device.origin)?.addresses ?? [];
  const going = device.addresses.filter(
    ({ address, kernelMade }) =>
      !kernelMade && !want.has(address) && (planning.input.unmanaged === 'remove' || ours.includes(address as Cidr)),
  );
  const restored = removeAddresses(planning, namespace, desired.name, device, going);
  for (const { address, step } of restored) {
    if (!want.has(address)) addAddress(planning, namespace, desired.name, device, address as Cidr, step);
  }
  for (const address of want) {
    if (device.addresses.some((found) => found.address === address)) continue;
    const after = restored.find((one) => one.address === address)?.step ?? null;
    addAddress(planning, namespace, desired.name, device, address as Cidr, after);
  }
}

/** Addresses that people typed on interfaces which the document gives none: `lo` and the bridge of a switch. */
export function removeUnexpectedAddresses(
  planning: Planning,
  namespace: WorkingNamespace,
  name: NodeName,
  ifname: string,
): void {
  if (planning.input.unmanaged === 'keep') return;
  if (namespace.interfaces.peek(ifname)?.addresses.some(({ kernelMade }) => !kernelMade) !== true) return;
  const device = namespace.interfaces.get(ifname);
  if (device === undefined) return;
  const going = device.addresses.filter(({ kernelMade }) => !kernelMade);
  removeAddresses(planning, namespace, name, device, going);
}

/**
 * Removes addresses, and gives those back that had to go along.
 *
 * Of several IPv4 addresses in one subnet the first is the primary. When it is removed, the kernel removes the others
 * too, or keeps them (`net.ipv4.conf.*.promote_secondaries`). To be right in both cases, the others are removed
 * before it and added again after it.
 */
function removeAddresses(
  planning: Planning,
  namespace: WorkingNamespace,
  name: NodeName,
  device: WorkingInterface,
  going: readonly WorkingAddress[],
): readonly { readonly address: string; readonly step: string }[] {
  const restored: { address: string; step: string }[] = [];
  // Last ones first: a secondary goes before its primary, so no removal is done for us by the kernel.
  for (const { address } of going.toReversed()) {
    const secondaries = secondariesOf(device, address);
    const removed = secondaries.map((secondary) =>
      removeAddress(
        planning,
        namespace,
        name,
        device,
        secondary.address,
        `${secondary.address} would go with ${address}, the first address of its subnet; it is added again below`,
        [],
      ),
    );
    const reason = `${name}:${device.ifname} should not have the address ${address}`;
    const step = removeAddress(planning, namespace, name, device, address, reason, removed);
    for (const secondary of secondaries) restored.push({ address: secondary.address, step });
  }
  return restored;
}

/** The addresses that the kernel would remove with this one: none, when it is not the first of its IPv4 subnet. */
function secondariesOf(device: WorkingInterface, address: string): readonly WorkingAddress[] {
  const subnet = subnetOf(address);
  if (subnet === null || subnet.family === 6) return [];
  const group = device.addresses.filter((other) => {
    const otherSubnet = subnetOf(other.address);
    return otherSubnet !== null && sameSubnet(otherSubnet, subnet);
  });
  return group[0]?.address === address ? group.slice(1) : [];
}

function removeAddress(
  planning: Planning,
  namespace: WorkingNamespace,
  name: NodeName,
  device: WorkingInterface,
  address: string,
  reason: string,
  after: readonly string[],
): string {
  const step = planning.add({
    id: `remove-address:${name}:${device.ifname}:${address}`,
    action: 'remove',
    object: `address ${address} on ${name}:${device.ifname}`,
    reason,
    dependsOn: dependencies(device.base ?? namespace.base, ...after),
    operation: { op: 'remove-address', namespace: name, ifname: device.ifname, address: address as Cidr },
  });
  namespace.removeAddress(device, address, step);
  return step;
}

function addAddress(
  planning: Planning,
  namespace: WorkingNamespace,
  name: NodeName,
  device: WorkingInterface,
  address: Cidr,
  after: string | null,
): void {
  const step = planning.add({
    id: `add-address:${name}:${device.ifname}:${address}`,
    action: 'add',
    object: `address ${address} on ${name}:${device.ifname}`,
    reason:
      after === null
        ? `${name}:${device.ifname} has no address ${address}`
        : `${address} went with the first address of its subnet, and should stay`,
    // An IPv6 address needs an interface on which the kernel runs IPv6; one that is taken up first is waited for.
    dependsOn: dependencies(device.base ?? namespace.base, after, familyOf(address) === 6 ? device.upStep : null),
    operation: { op: 'add-address', namespace: name, ifname: device.ifname, address },
  });
  device.addresses = [...device.addresses, { address, kernelMade: false, step }];
}
