import type { RouteMessage } from '@vethlab/netlink';
import type { LiveList, LiveRoute } from '@vethlab/protocol';
import { bounded } from '../bounded.js';
import type { LookContext } from '../look-context.js';

/** Names of tables and protocols as iproute2 has them (rt_tables, rt_protos). */
const tableNames: ReadonlyMap<number, string> = new Map([
  [255, 'local'],
  [254, 'main'],
  [253, 'default'],
]);
const protocolNames: ReadonlyMap<number, string> = new Map([
  [0, 'unspec'],
  [1, 'redirect'],
  [2, 'kernel'],
  [3, 'boot'],
  [4, 'static'],
  [9, 'ra'],
  [11, 'zebra'],
  [12, 'bird'],
  [16, 'dhcp'],
  [18, 'keepalived'],
  [42, 'babel'],
  [186, 'bgp'],
  [187, 'isis'],
  [188, 'ospf'],
  [189, 'rip'],
]);
const madeByKernel = 2;

export function tableName(table: number): string {
  return tableNames.get(table) ?? String(table);
}

/** Routes of all tables and both families: the main table first, the kernel's own (`local`) last. */
export function readRoutes(look: LookContext): LiveList<LiveRoute> {
  const found = look.namespace.socket.routes().map((route) => routeOf(route, look));
  return bounded(found.sort((a, b) => rank(a) - rank(b) || a.family - b.family || a.table - b.table));
}

function rank({ table }: LiveRoute): number {
  if (table === 254) return 0;
  return table === 255 ? 2 : 1;
}

function routeOf(route: RouteMessage, look: LookContext): LiveRoute {
  const dev = (oif: number | null) => (oif === null ? null : look.nameOf(oif));
  return {
    family: route.family,
    table: route.table,
    tableName: tableName(route.table),
    type: route.type,
    to: route.dst === null ? 'default' : `${route.dst}/${route.prefixLength}`,
    via: route.gateway,
    dev: dev(route.oif),
    metric: route.metric,
    protocol: protocolNames.get(route.protocol) ?? String(route.protocol),
    scope: route.scope,
    source: route.prefsrc,
    nexthops: route.nexthops.slice(0, 256).map((hop) => ({
      via: hop.gateway,
      dev: dev(hop.oif),
      weight: hop.weight,
      linkDown: hop.linkdown,
    })),
    kernelMade: route.protocol === madeByKernel,
    linkDown: route.linkdown || route.dead,
  };
}
