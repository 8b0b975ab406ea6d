import type { Cidr, Route } from '@vethlab/topology';
import { type DesiredInterface, type DesiredInterfaces, type DesiredRoute, defaultMetric } from './desired.js';
import { contains, familyOf, isLinkLocal, sameSubnet, subnetOf } from './subnet.js';

/**
 * The routes of a node that the kernel can hold now. A route needs an interface that is in the kernel and admin up:
 * the one it names, or the one with the longest subnet around its gateway. Others wait.
 */
export function desiredRoutesOf(
  routes: readonly Route[],
  interfaces: DesiredInterfaces,
  table: number | null,
): readonly DesiredRoute[] {
  const byKey = new Map<string, DesiredRoute>();
  for (const route of routes) {
    const desired = resolve(route, interfaces, table);
    if (desired === null || isConnected(desired, interfaces)) continue;
    const key = `${desired.family} ${desired.to} ${desired.metric}`;
    // The kernel holds one route per destination and metric. The first in the file counts; validation tells of the others.
    if (!byKey.has(key)) byKey.set(key, desired);
  }
  return [...byKey.values()];
}

function resolve(route: Route, interfaces: DesiredInterfaces, table: number | null): DesiredRoute | null {
  const family = familyOf(route.via ?? route.to);
  const metric = route.metric ?? defaultMetric(family);
  const to = route.to === '0.0.0.0/0' || route.to === '::/0' ? 'default' : route.to;
  if (route.via === undefined) {
    const device = route.dev === undefined ? undefined : interfaces.get(route.dev);
    if (device === undefined || !device.up) return null;
    return { family, to, via: null, dev: device.ifname, nameDev: true, metric, through: null, table };
  }
  const via = route.via;
  const gateway = subnetOf(via);
  if (gateway === null) return null;
  const device = route.dev === undefined ? undefined : interfaces.get(route.dev);
  if (route.dev !== undefined && (device === undefined || !device.up)) return null;
  if (isLinkLocal(gateway)) {
    return device === undefined
      ? null
      : { family, to, via, dev: device.ifname, nameDev: true, metric, through: null, table };
  }
  const ways = waysTo(gateway, device === undefined ? interfaces.values() : [device]);
  const way = ways[0];
  if (way === undefined) return null;
  // Two interfaces in one subnet: the kernel would pick one of them by itself, so the command says which.
  // In a VRF it says so always: a gateway is otherwise looked for in the main table, too.
  const nameDev = table !== null || route.dev !== undefined || ways.some((other) => other.device !== way.device);
  return { family, to, via, dev: way.device.ifname, nameDev, metric, through: way.address, table };
}

interface Way {
  readonly device: DesiredInterface;
  readonly address: Cidr;
  readonly prefixLength: number;
}

/** Addresses whose subnet holds the gateway, of the longest prefix only, in file order. */
function waysTo(gateway: NonNullable<ReturnType<typeof subnetOf>>, devices: Iterable<DesiredInterface>): Way[] {
  let ways: Way[] = [];
  for (const device of devices) {
    if (!device.up) continue;
    for (const address of device.addresses) {
      const subnet = subnetOf(address);
      if (subnet === null || !contains(subnet, gateway)) continue;
      const longest = ways[0]?.prefixLength ?? -1;
      if (subnet.prefixLength < longest) continue;
      const way = { device, address, prefixLength: subnet.prefixLength };
      ways = subnet.prefixLength > longest ? [way] : [...ways, way];
    }
  }
  return ways;
}

/**
 * A route to an address's own subnet over the same interface is already made by the kernel (a connected route). Asking
 * for it in IPv4 would replace the kernel's.
 */
function isConnected(route: DesiredRoute, interfaces: DesiredInterfaces): boolean {
  if (route.via !== null || route.family !== 4 || route.metric !== 0 || route.to === 'default') return false;
  const to = subnetOf(route.to);
  if (to === null) return false;
  return (interfaces.get(route.dev)?.addresses ?? []).some((address) => {
    const subnet = subnetOf(address);
    return subnet !== null && sameSubnet(subnet, to);
  });
}
