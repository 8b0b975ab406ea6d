import type { ObservedNamespace, ObservedRoute } from '@vethlab/observed';
import {
  type Node,
  parseDestination,
  parseIfname,
  parseIpAddress,
  type Route,
  type RoutingDomain,
  routingDomainsOf,
  type Topology,
  vrfEntries,
  vrfOf,
  withVrfs,
} from '@vethlab/topology';
import { type DesiredInterface, type DesiredInterfaces, type DesiredRoute, defaultMetric } from '../desired/desired.js';
import { desiredNamespace } from '../desired/desired-of.js';
import { desiredRoutesOf } from '../desired/desired-routes.js';
import { placeOf, TYPED_PROTOCOLS } from '../stages/configure-routes.js';
import type { AdoptionWork } from './adoption-work.js';

/** Where routes of a domain are. */
interface Domain {
  readonly interfaces: DesiredInterfaces;
  /** Null: the main table. */
  readonly table: number | null;
}

/** Routes of the nodes in view. `draft` has their interfaces already. */
export function adoptRoutes(work: AdoptionWork, draft: Topology): void {
  for (const { name, node, namespace } of work.members()) {
    const typed = namespace.routes.filter(({ protocol }) => TYPED_PROTOCOLS.has(protocol));
    if (node.kind === 'switch') {
      for (const route of typed) {
        work.leave(name, undefined, `the route ${routeText(route)}`, 'A switch forwards frames and routes nothing.');
      }
      if (node.routes.length > 0 && work.choice.kind(name)) work.nodes.set(name, { ...node, routes: [] });
      continue;
    }
    const interfaces = desiredNamespace(draft, name)?.interfaces ?? new Map<string, DesiredInterface>();
    let adopted = node;
    for (const domain of routingDomainsOf(node)) {
      const vrf = domain.vrf === null ? null : vrfOf(node, domain.vrf);
      const place = { interfaces: within(interfaces, domain), table: vrf?.table ?? null };
      const routes = routesOf(work, name, domain.node.routes, namespace, place);
      if (routes !== domain.node.routes) adopted = withRoutes(adopted, domain.vrf, routes);
    }
    const tables = new Set(vrfEntries(node).map(([, { table }]) => table));
    for (const route of typed) {
      if (route.table === undefined || tables.has(route.table)) continue;
      work.leave(name, undefined, `the route ${routeText(route)}`, 'The VRF of its table is not part of the lab.');
    }
    if (adopted !== node) work.nodes.set(name, adopted);
  }
}

/** Routes of a domain leave by its interfaces. */
function within(interfaces: DesiredInterfaces, { node }: RoutingDomain): DesiredInterfaces {
  const inside = [...interfaces.values()].filter(({ ifname }) => Object.hasOwn(node.interfaces, ifname));
  return new Map(inside.map((one) => [one.ifname, one]));
}

function withRoutes(node: Node, vrf: string | null, routes: readonly Route[]): Node {
  if (vrf === null) return { ...node, routes };
  return withVrfs(
    node,
    vrfEntries(node).map(([name, one]) => [name, name === vrf ? { ...one, routes } : one] as const),
  );
}

function routesOf(
  work: AdoptionWork,
  name: string,
  before: readonly Route[],
  namespace: ObservedNamespace,
  domain: Domain,
): readonly Route[] {
  const { interfaces, table } = domain;
  const left = new Set(namespace.routes.filter((route) => (route.table ?? null) === table));
  const chosen = (place: string) => work.fresh.has(name) || work.choice.route(name, place);
  const wanted = before.map((route) => ({
    route,
    desired: desiredRoutesOf([route], interfaces, table)[0] ?? null,
  }));
  // One place in the kernel holds one route: of two in the document, the first counts.
  const places = new Set<string>();
  const settled = wanted.map(({ route, desired }) => {
    if (desired === null || places.has(placeOf(desired))) return { route, state: 'waits' as const };
    places.add(placeOf(desired));
    const found = [...left].find((one) => isRoute(one, desired));
    if (found !== undefined) left.delete(found);
    return { route, desired, state: found === undefined ? ('missing' as const) : ('there' as const) };
  });
  const result: Route[] = [];
  for (const one of settled) {
    if (one.state !== 'missing' || one.desired === undefined || !chosen(placeOf(one.desired))) {
      result.push(one.route);
      continue;
    }
    const other = [...left].find((found) => placeOf(found) === placeOf(one.desired));
    if (other === undefined) continue;
    left.delete(other);
    const adopted = routeOf(other, domain);
    if (adopted !== null) result.push(adopted);
    else tellLeftOut(work, name, other, interfaces);
  }
  for (const found of left) {
    if (!TYPED_PROTOCOLS.has(found.protocol) || !chosen(placeOf(found))) continue;
    const adopted = routeOf(found, domain);
    if (adopted === null) tellLeftOut(work, name, found, interfaces);
    else result.push(adopted);
  }
  const same = result.length === before.length && result.every((route, index) => route === before[index]);
  return same ? before : withoutRepeats(result, new Set(before));
}

/** A route that waits gives way to one that is there and has its place. */
function withoutRepeats(routes: readonly Route[], old: ReadonlySet<Route>): readonly Route[] {
  const keyOf = ({ to, via, metric }: Route) => `${(via ?? to).includes(':') ? 6 : 4} ${to} ${metric ?? 0}`;
  const fresh = new Set(routes.filter((route) => !old.has(route)).map(keyOf));
  return routes.filter((route) => !old.has(route) || !fresh.has(keyOf(route)));
}

function isRoute(found: ObservedRoute, desired: DesiredRoute): boolean {
  return placeOf(found) === placeOf(desired) && found.via === desired.via && found.dev === desired.dev;
}

/** The shortest route of a document that means this one; null when none does. */
function routeOf(found: ObservedRoute, { interfaces, table }: Domain): Route | null {
  const to = parseDestination(found.to);
  const via = found.via === null ? null : parseIpAddress(found.via);
  const dev = found.dev === null ? null : parseIfname(found.dev);
  if (!to.ok || via?.ok === false || dev?.ok !== true) return null;
  const rest = found.metric === defaultMetric(found.family) ? {} : { metric: found.metric };
  const candidates: Route[] =
    via === null
      ? [{ to: to.value, dev: dev.value, ...rest }]
      : [
          { to: to.value, via: via.value, ...rest },
          { to: to.value, via: via.value, dev: dev.value, ...rest },
        ];
  // Without a gateway nobody knows the family of `default`.
  if (via === null && to.value === 'default') return null;
  for (const route of candidates) {
    const desired = desiredRoutesOf([route], interfaces, table)[0];
    if (desired !== undefined && isRoute(found, desired)) return route;
  }
  return null;
}

function tellLeftOut(work: AdoptionWork, name: string, route: ObservedRoute, interfaces: DesiredInterfaces): void {
  work.leave(name, undefined, `the route ${routeText(route)}`, whyNot(route, interfaces));
}

function whyNot({ to, via, dev }: ObservedRoute, interfaces: DesiredInterfaces): string {
  if (via === null && dev === null) return 'It has several ways, and a route of a document has one.';
  if (via === null && to === 'default') return 'A default route of a document has a gateway.';
  if (dev !== null && !interfaces.has(dev)) return `Its interface ${dev} is not part of the lab.`;
  return `The lab's addresses do not lead to its gateway ${via ?? ''}.`;
}

function routeText({ to, via, dev, metric, family, table }: ObservedRoute): string {
  const way = via === null ? '' : ` via ${via}`;
  const device = dev === null ? '' : ` dev ${dev}`;
  return `${to}${way}${device}${metric === defaultMetric(family) ? '' : ` metric ${metric}`}${table === undefined ? '' : ` table ${table}`}`;
}
