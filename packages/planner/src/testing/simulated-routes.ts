import { contains, isLinkLocal, subnetOf } from '../desired/subnet.js';
import type { RouteOperand } from '../plan.js';
import { KernelError } from './kernel-error.js';
import type { SimInterface, SimNamespace } from './simulated-state.js';

/** `ip route replace`: one route per family, destination and metric. */
export function setRoute(namespace: SimNamespace, route: RouteOperand): void {
  const metric = route.metric ?? (route.family === 4 ? 0 : 1024);
  const dev = deviceOf(namespace, route);
  const made = {
    family: route.family,
    to: route.to,
    via: route.via ?? null,
    dev,
    metric,
    protocol: 3,
    linkDown: false,
    ...(route.table === undefined ? {} : { table: route.table }),
  };
  const index = namespace.routes.findIndex(
    (one) => one.table === route.table && one.family === made.family && one.to === made.to && one.metric === metric,
  );
  if (index === -1) namespace.routes.push(made);
  else namespace.routes[index] = made;
}

/** Where the connected routes of an interface are; absent: in the main table. */
function tableOf(namespace: SimNamespace, { master }: SimInterface): number | undefined {
  const vrf = master === null ? undefined : namespace.interfaces.get(master)?.device;
  return vrf?.kind === 'vrf' ? vrf.table : undefined;
}

/** The interface a route leaves by: the one it names, or the one with the longest subnet around its gateway. */
function deviceOf(namespace: SimNamespace, { via, dev, table }: RouteOperand): string {
  const named = dev === undefined ? undefined : namespace.interfaces.get(dev);
  if (dev !== undefined && named === undefined) throw new KernelError('ENODEV');
  if (named !== undefined && !named.up) throw new KernelError('ENETDOWN');
  if (via === undefined) {
    if (named === undefined) throw new KernelError('ENODEV');
    return named.ifname;
  }
  const gateway = subnetOf(via);
  if (gateway === null) throw new KernelError('EINVAL');
  if (named !== undefined && isLinkLocal(gateway)) return named.ifname;
  let best: { readonly ifname: string; readonly prefixLength: number } | null = null;
  for (const device of named === undefined ? namespace.interfaces.values() : [named]) {
    if (!device.up || tableOf(namespace, device) !== table) continue;
    for (const { address } of device.addresses) {
      const subnet = subnetOf(address);
      if (subnet === null || !contains(subnet, gateway)) continue;
      if (best === null || subnet.prefixLength > best.prefixLength) {
        best = { ifname: device.ifname, prefixLength: subnet.prefixLength };
      }
    }
  }
  if (best === null) throw new KernelError(gateway.family === 4 ? 'ENETUNREACH' : 'EHOSTUNREACH');
  return best.ifname;
}

/** `ip route delete`: the first route that fits what is said. */
export function removeRoute(namespace: SimNamespace, route: RouteOperand): void {
  const index = namespace.routes.findIndex(
    (one) =>
      one.table === route.table &&
      one.family === route.family &&
      one.to === route.to &&
      (route.metric === undefined || one.metric === route.metric) &&
      (route.via === undefined || one.via === route.via) &&
      (route.dev === undefined || one.dev === route.dev),
  );
  if (index === -1) throw new KernelError('ESRCH');
  namespace.routes.splice(index, 1);
}
