import type { Cidr, IpAddress } from '../model/names.js';
import type { Node, Route, Topology } from '../model/topology.js';
import { routingDomainsOf } from '../model/vrfs.js';
import { routeProblem } from '../validation/check-routes.js';
import { addressesOf, type ConnectedAddress, isLinkLocal } from '../validation/connected-subnets.js';
import { type Family, formatIp } from './ip-number.js';
import { segmentsOf } from './segments.js';

/** A router's address on a subnet. */
interface Attachment {
  readonly router: string;
  /** Whether it leads out of the lab. */
  readonly isWayOut: boolean;
  readonly address: IpAddress;
}

/** Subnets as places where routers meet. A subnet on two segments is two places. */
interface Meeting {
  readonly subnet: Cidr;
  readonly routers: Attachment[];
}

/**
 * The routes that are missing for everything to reach everything, by node: for hosts a default route through the first
 * router on their segment, for routers one route per subnet along a shortest path, and a default route to the nearest way
 * out. Nodes that need none are left out.
 */
export function routesToEverywhere(
  topology: Topology,
  families: readonly Family[],
): ReadonlyMap<string, readonly Route[]> {
  const found = new Map<string, Route[]>();
  for (const family of new Set(families)) {
    const { meetings, ofNode } = meetingsOf(topology, family);
    for (const [name, node] of mainDomains(topology)) {
      if (node.kind === 'switch' || !ofNode.has(name)) continue;
      const routes =
        node.kind === 'host'
          ? hostRoutes(node, family, ofNode.get(name) ?? [])
          : routerRoutes(name, node, family, ofNode, [...meetings.values()]);
      // In a lab with conflicting addresses a gateway may be the node itself: such a route is left out.
      const possible = routes.filter((route) => routeProblem(node, route) === null);
      if (possible.length > 0) found.set(name, [...(found.get(name) ?? []), ...possible]);
    }
  }
  return found;
}

/** Nodes as far as they route by the main table. What is in a VRF is kept apart on purpose, and gets no routes by itself. */
function mainDomains(topology: Topology): readonly (readonly [string, Node])[] {
  return Object.entries(topology.nodes).map(([name, node]) => [name, routingDomainsOf(node)[0]?.node ?? node]);
}

function meetingsOf(topology: Topology, family: Family) {
  const { numberOf } = segmentsOf(topology);
  const meetings = new Map<string, Meeting>();
  const ofNode = new Map<string, Meeting[]>();
  for (const [name, node] of mainDomains(topology)) {
    for (const [ifname, iface] of Object.entries(node.interfaces)) {
      for (const address of addressesOf(iface)) {
        if (!isRoutable(address, family)) continue;
        const key = `${numberOf.get(`${name}:${ifname}`)} ${address.subnet}`;
        const meeting = meetings.get(key) ?? { subnet: address.subnet as Cidr, routers: [] };
        meetings.set(key, meeting);
        if (node.kind === 'router' || node.kind === 'internet') {
          meeting.routers.push({
            router: name,
            isWayOut: node.kind === 'internet',
            address: formatIp(family, address.value) as IpAddress,
          });
        }
        const list = ofNode.get(name);
        if (list === undefined) ofNode.set(name, [meeting]);
        else if (!list.includes(meeting)) list.push(meeting);
      }
    }
  }
  return { meetings, ofNode };
}

function isRoutable(address: ConnectedAddress, family: Family): boolean {
  return address.family === family && address.first !== address.last && !isLinkLocal(address);
}

function hostRoutes(node: Node, family: Family, meetings: readonly Meeting[]): readonly Route[] {
  if (hasDefaultRoute(node, family)) return [];
  const via = meetings.find(({ routers }) => routers.length > 0)?.routers[0]?.address;
  return via === undefined ? [] : [{ to: 'default', via }];
}

function hasDefaultRoute(node: Node, family: Family): boolean {
  return node.routes.some(({ to, via }) => to === 'default' && via?.includes(':') === (family === 6));
}

/** Breadth first over subnets and routers: the first way to a subnet is a shortest one. */
function routerRoutes(
  name: string,
  node: Node,
  family: Family,
  ofNode: ReadonlyMap<string, readonly Meeting[]>,
  all: readonly Meeting[],
): readonly Route[] {
  const connected = ofNode.get(name) ?? [];
  let needsDefault = node.kind !== 'internet' && !hasDefaultRoute(node, family);
  const leadsOut = needsDefault && all.some(({ routers }) => routers.some(({ isWayOut }) => isWayOut));
  if (connected.length === all.length && !leadsOut) return [];
  const known = new Set<string>([...connected.map(({ subnet }) => subnet), ...node.routes.map(({ to }) => to)]);
  const seenMeetings = new Set<Meeting>(connected);
  const seenRouters = new Set([name]);
  const routes: Route[] = [];
  const queue: { readonly meeting: Meeting; readonly via: IpAddress | null }[] = connected.map((meeting) => ({
    meeting,
    via: null,
  }));
  for (const { meeting, via } of queue) {
    for (const { router, isWayOut, address } of meeting.routers) {
      if (seenRouters.has(router)) continue;
      seenRouters.add(router);
      const gateway = via ?? address;
      if (isWayOut && needsDefault) {
        needsDefault = false;
        routes.push({ to: 'default', via: gateway });
      }
      for (const next of ofNode.get(router) ?? []) {
        if (seenMeetings.has(next)) continue;
        seenMeetings.add(next);
        queue.push({ meeting: next, via: gateway });
        if (known.has(next.subnet)) continue;
        known.add(next.subnet);
        routes.push({ to: next.subnet, via: gateway });
      }
    }
  }
  return routes;
}
