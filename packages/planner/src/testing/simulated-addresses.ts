import { familyOf, sameSubnet, subnetOf } from '../desired/subnet.js';
import { KernelError } from './kernel-error.js';
import type { SimInterface, SimNamespace } from './simulated-state.js';

/** `ip address add`: the first IPv4 address of a subnet is its primary, later ones are secondaries. */
export function addAddress(found: SimInterface, address: string): void {
  const subnet = subnetOf(address);
  if (subnet === null || (subnet.family === 6 && found.mtu < 1280)) throw new KernelError('EINVAL');
  if (found.addresses.some((one) => one.address === address)) throw new KernelError('EEXIST');
  found.addresses.push({ address, scope: 'global', kernelMade: false, tentative: false, dadFailed: false });
}

/**
 * `ip address delete`: a primary takes its secondaries along unless they are promoted; the last IPv4 address takes the
 * interface's IPv4 routes along.
 */
export function removeAddress(
  namespace: SimNamespace,
  found: SimInterface,
  address: string,
  promoteSecondaries: boolean,
): void {
  const index = found.addresses.findIndex((one) => one.address === address);
  const subnet = subnetOf(address);
  if (index === -1 || subnet === null) throw new KernelError('EADDRNOTAVAIL');
  const isOfSubnet = (one: string) => {
    const other = subnetOf(one);
    return other !== null && sameSubnet(other, subnet);
  };
  const isPrimary = found.addresses.findIndex((one) => isOfSubnet(one.address)) === index;
  found.addresses.splice(index, 1);
  if (subnet.family === 4 && isPrimary && !promoteSecondaries) {
    found.addresses = found.addresses.filter((one) => !isOfSubnet(one.address));
  }
  if (found.addresses.some((one) => familyOf(one.address) === 4)) return;
  namespace.routes = namespace.routes.filter((route) => route.dev !== found.ifname || route.family === 6);
}
