import type { ObservedRoute } from '@vethlab/observed';
import type { Cidr, Ifname, IpAddress } from '@vethlab/topology';
import { type DesiredNamespace, type DesiredRoute, defaultMetric } from '../desired/desired.js';
import type { RouteOperand } from '../plan.js';
import { dependencies, type Planning } from '../planning.js';
import type { WorkingNamespace } from '../state/working-namespace.js';

/**
 * Route protocols of people and programs that set routes once (linux/rtnetlink.h: unspec, boot, static). Routes of
 * others (router advertisements, DHCP, routing daemons) come and go by themselves and are never drift.
 */
export const TYPED_PROTOCOLS: ReadonlySet<number> = new Set([0, 3, 4]);

/** Routes of one namespace, against what is left of them after everything before. */
export function configureRoutes(planning: Planning, namespace: WorkingNamespace, desired: DesiredNamespace): void {
  const left = new Set(namespace.routes);
  const byPlace = groupBy(namespace.routes, placeOf);
  const missing: DesiredRoute[] = [];
  for (const wanted of desired.routes) {
    const found = byPlace.get(placeOf(wanted))?.find((route) => route.via === wanted.via && route.dev === wanted.dev);
    if (found === undefined) missing.push(wanted);
    else left.delete(found);
  }
  const replaced = new Map<DesiredRoute, ObservedRoute>();
  for (const wanted of missing) {
    const route = byPlace.get(placeOf(wanted))?.find((one) => left.has(one));
    if (route === undefined) continue;
    replaced.set(wanted, route);
    left.delete(route);
  }
  const ours =
    left.size === 0
      ? new Map<string, DesiredRoute[]>()
      : groupBy(planning.ours(namespace.origin)?.routes ?? [], placeOf);
  for (const route of left) {
    const isOurs = ours.get(placeOf(route))?.some((known) => known.via === route.via) ?? false;
    const isUnexpected = planning.input.unmanaged === 'remove' && TYPED_PROTOCOLS.has(route.protocol);
    if (isOurs || isUnexpected) removeRoute(planning, namespace, desired, route);
  }
  for (const wanted of missing) setRoute(planning, namespace, desired, wanted, replaced.get(wanted) ?? null);
}

/** The kernel holds one route per table, family, destination and metric: setting another replaces it. */
export function placeOf(route: Pick<ObservedRoute | DesiredRoute, 'family' | 'to' | 'metric' | 'table'>): string {
  return `${route.table ?? ''} ${route.family} ${route.to} ${route.metric}`;
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

function removeRoute(
  planning: Planning,
  namespace: WorkingNamespace,
  desired: DesiredNamespace,
  route: ObservedRoute,
): void {
  const operand: RouteOperand = {
    family: route.family,
    to: route.to as Cidr | 'default',
    ...(route.via === null ? {} : { via: route.via as IpAddress }),
    ...(route.dev === null ? {} : { dev: route.dev as Ifname }),
    // Without it the kernel takes the first route that fits, whatever its metric.
    ...(route.metric === 0 ? {} : { metric: route.metric }),
    ...(route.table === undefined ? {} : { table: route.table }),
  };
  const text = textOf(operand);
  const table = route.table === undefined ? '' : `${route.table}:`;
  planning.add({
    id: `remove-route:${desired.name}:${table}${route.family}:${route.to}:${route.metric}:${route.via ?? ''}:${route.dev ?? ''}`,
    action: 'remove',
    object: `route ${text} in ${desired.name}`,
    reason: `${desired.name} should not have the route ${text}`,
    dependsOn: dependencies(namespace.base),
    operation: { op: 'remove-route', namespace: desired.name, route: operand },
  });
}

function setRoute(
  planning: Planning,
  namespace: WorkingNamespace,
  desired: DesiredNamespace,
  wanted: DesiredRoute,
  replaced: ObservedRoute | null,
): void {
  const operand: RouteOperand = {
    family: wanted.family,
    to: wanted.to,
    ...(wanted.via === null ? {} : { via: wanted.via }),
    ...(wanted.nameDev ? { dev: wanted.dev } : {}),
    ...(wanted.metric === defaultMetric(wanted.family) ? {} : { metric: wanted.metric }),
    ...(wanted.table === null ? {} : { table: wanted.table }),
  };
  const text = textOf(operand);
  const device = namespace.interfaces.get(wanted.dev);
  const address = device?.addresses.find((one) => one.address === wanted.through);
  const needs = dependencies(address?.step, device?.upStep, device?.masterStep);
  const table = wanted.table === null ? '' : `${wanted.table}:`;
  const flushed = device?.flushedBy ?? null;
  planning.add({
    id: `set-route:${desired.name}:${table}${wanted.family}:${wanted.to}:${wanted.metric}`,
    action: replaced === null ? 'add' : 'change',
    object: `route ${text} in ${desired.name}`,
    reason: reasonOf(desired.name, text, replaced, flushed !== null),
    dependsOn: needs.length > 0 ? needs : dependencies(flushed ?? device?.base ?? namespace.base),
    operation: { op: 'set-route', namespace: desired.name, route: operand },
  });
}

function reasonOf(name: string, text: string, replaced: ObservedRoute | null, flushed: boolean): string {
  if (replaced !== null) {
    const way = replaced.via === null ? '' : ` via ${replaced.via}`;
    const device = replaced.dev === null ? '' : ` dev ${replaced.dev}`;
    return `the route ${replaced.to} of ${name} goes${way}${device}, and should be ${text}`;
  }
  if (flushed) return `${name} has to have the route ${text}, and a step above may make the kernel drop it`;
  return `${name} has no route ${text}`;
}

/** `default via 192.168.1.254 dev eth0 metric 5`; in a VRF with its table. */
export function textOf(route: RouteOperand): string {
  const via = route.via === undefined ? '' : ` via ${route.via}`;
  const dev = route.dev === undefined ? '' : ` dev ${route.dev}`;
  const metric = route.metric === undefined ? '' : ` metric ${route.metric}`;
  const table = route.table === undefined ? '' : ` table ${route.table}`;
  return `${route.to}${via}${dev}${metric}${table}`;
}
