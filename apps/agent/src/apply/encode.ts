import {
  addPortVlans,
  type DeviceSpec,
  deleteAddress,
  deleteLink,
  deletePortVlans,
  deleteRootQdisc,
  deleteRoute,
  emulateNetwork,
  limitRate,
  newAddress,
  newBridge,
  newDevice,
  newVeth,
  type Request,
  replaceRoute,
  setBridge,
  setDevice,
  setLink,
} from '@vethlab/netlink';
import { BOND_MIIMON_MS, type Operation, qdiscOf, type RouteOperand, STP_TIMES, type VethEnd } from '@vethlab/planner';
import type { Impairment } from '@vethlab/topology';
import type { Ifindexes } from '../kernel/ifindexes.js';
import type { LabNamespaces } from '../kernel/namespaces.js';

const nanosecondsPerMillisecond = 1e6;

/** The place an operation needs is not there: its node or interface was never made, or somebody removed it. */
export class MissingPlace extends Error {
  readonly code = 'ENODEV';
}

const others = [
  'add-namespace',
  'rename-namespace',
  'remove-namespace',
  'set-forwarding',
  'skip-dad',
  'set-rules',
  'remove-table',
  'open-way-out',
  'close-way-out',
] as const;

const otherOperations: ReadonlySet<Operation['op']> = new Set(others);

/** Operations that are one rtnetlink request. The others are files (names of namespaces, sysctls), tables of rules, or processes (ways out). */
export type NetlinkOperation = Exclude<Operation, { op: (typeof others)[number] }>;

export function isNetlinkOperation(operation: Operation): operation is NetlinkOperation {
  return !otherOperations.has(operation.op);
}

/**
 * The rtnetlink request that does the operation; `commandsOf` in the planner renders the same as shell lines.
 * Throws MissingPlace when a namespace or interface it names is not there.
 */
export function encode(operation: NetlinkOperation, namespaces: LabNamespaces, ifindexes: Ifindexes): Request {
  switch (operation.op) {
    case 'add-veth': {
      const [a, b] = operation.ends;
      return newVeth({ a: vethEnd(a, namespaces, ifindexes), b: vethEnd(b, namespaces, ifindexes) });
    }
    case 'add-bridge':
      return newBridge({
        ifname: operation.ifname,
        ifindex: ifindexes.allocate(operation.namespace, operation.ifname),
        stp: false,
      });
    case 'add-device':
      return newDevice({
        ifname: operation.ifname,
        device: deviceSpec(operation, ifindexes),
        ifindex: ifindexes.allocate(operation.namespace, operation.ifname),
        ...(operation.mtu === undefined ? {} : { mtu: operation.mtu }),
        ...(operation.mac === undefined ? {} : { mac: operation.mac }),
      });
    case 'set-device':
      return setDevice({ ifindex: indexOf(operation, ifindexes), device: deviceSpec(operation, ifindexes) });
    case 'remove-interface':
      return deleteLink({ ifindex: indexOf(operation, ifindexes) });
    case 'rename-interface': {
      const ifindex = indexOf(operation, ifindexes);
      // Later steps of the same message already speak of the new name.
      ifindexes.note(operation.namespace, operation.to, ifindex);
      return setLink({ ifindex, newName: operation.to });
    }
    case 'set-interface':
      return setLink({
        ifindex: indexOf(operation, ifindexes),
        ...(operation.up === undefined ? {} : { up: operation.up }),
        ...(operation.mtu === undefined ? {} : { mtu: operation.mtu }),
        ...(operation.mac === undefined ? {} : { mac: operation.mac }),
        ...(operation.master === undefined ? {} : { master: masterOf(operation, ifindexes) }),
      });
    case 'limit-rate':
      return operation.bitsPerSecond === null
        ? deleteRootQdisc({ ifindex: indexOf(operation, ifindexes) })
        : qdiscRequest(indexOf(operation, ifindexes), { rateBitsPerSecond: operation.bitsPerSecond });
    case 'set-impairment':
      return operation.impairment === null
        ? deleteRootQdisc({ ifindex: indexOf(operation, ifindexes) })
        : qdiscRequest(indexOf(operation, ifindexes), operation.impairment);
    case 'set-bridge':
      return setBridge({
        ifindex: indexOf(operation, ifindexes),
        ...(operation.stp === undefined ? {} : { stp: operation.stp }),
        ...(operation.stp === true ? STP_TIMES : {}),
        ...(operation.vlanFiltering === undefined ? {} : { vlanFiltering: operation.vlanFiltering }),
      });
    case 'add-port-vlans':
      return addPortVlans({ ifindex: indexOf(operation, ifindexes), vlans: operation.vlans });
    case 'remove-port-vlans':
      return deletePortVlans({ ifindex: indexOf(operation, ifindexes), ids: operation.ids });
    case 'add-address': {
      const place = addressPlace(operation.address);
      return newAddress({
        ifindex: indexOf(operation, ifindexes),
        ...place,
        ...(place.family === 6 ? { noDad: true } : {}),
      });
    }
    case 'remove-address':
      return deleteAddress({ ifindex: indexOf(operation, ifindexes), ...addressPlace(operation.address) });
    case 'set-route':
      return replaceRoute(routeOf(operation.namespace, operation.route, ifindexes));
    case 'remove-route':
      return deleteRoute(routeOf(operation.namespace, operation.route, ifindexes));
  }
}

function qdiscRequest(ifindex: number, impairment: Impairment): Request {
  const qdisc = qdiscOf(impairment);
  if (qdisc.kind === 'tbf') return limitRate({ ifindex, ...qdisc });
  const { limitPackets, rateBitsPerSecond, delayMs = 0, jitterMs = 0 } = qdisc;
  return emulateNetwork({
    ifindex,
    limitPackets,
    delayNs: Math.round(delayMs * nanosecondsPerMillisecond),
    jitterNs: Math.round(jitterMs * nanosecondsPerMillisecond),
    loss: (qdisc.lossPercent ?? 0) / 100,
    duplicate: (qdisc.duplicatePercent ?? 0) / 100,
    reorder: (qdisc.reorderPercent ?? 0) / 100,
    corrupt: (qdisc.corruptPercent ?? 0) / 100,
    ...(rateBitsPerSecond === undefined ? {} : { rateBitsPerSecond }),
  });
}

function vethEnd(end: VethEnd, namespaces: LabNamespaces, ifindexes: Ifindexes) {
  const namespace = namespaces.get(end.namespace);
  if (namespace === undefined) throw new MissingPlace(`There is no namespace ${end.namespace}.`);
  return {
    ifname: end.ifname,
    ifindex: ifindexes.allocate(end.namespace, end.ifname),
    namespaceFd: namespace.handle.fd,
    queues: 1,
    ...(end.mtu === undefined ? {} : { mtu: end.mtu }),
    ...(end.mac === undefined ? {} : { mac: end.mac }),
  };
}

function indexOf({ namespace, ifname }: { namespace: string; ifname: string }, ifindexes: Ifindexes): number {
  // The loopback is the first interface of every namespace (LOOPBACK_IFINDEX, linux/if.h).
  if (ifname === 'lo') return 1;
  const ifindex = ifindexes.of(namespace, ifname);
  if (ifindex === undefined) throw new MissingPlace(`There is no interface ${ifname} in ${namespace}.`);
  return ifindex;
}

function masterOf(
  { namespace, master }: { namespace: string; master?: string | null },
  ifindexes: Ifindexes,
): number | null {
  return master === null || master === undefined ? null : indexOf({ namespace, ifname: master }, ifindexes);
}

/** The same device with the number of its parent. */
function deviceSpec(
  { namespace, device }: Extract<Operation, { op: 'add-device' | 'set-device' }>,
  ifindexes: Ifindexes,
): DeviceSpec {
  switch (device.kind) {
    case 'vlan':
    case 'macvlan':
      return { ...device, parent: indexOf({ namespace, ifname: device.parent }, ifindexes) };
    case 'vxlan': {
      const { parent, ...rest } = device;
      return parent === undefined ? rest : { ...rest, parent: indexOf({ namespace, ifname: parent }, ifindexes) };
    }
    case 'bond':
      return { kind: 'bond', mode: device.mode, miimonMs: BOND_MIIMON_MS };
    default:
      return device;
  }
}

function addressPlace(cidr: string): { address: string; prefixLength: number; family: 4 | 6 } {
  const slash = cidr.lastIndexOf('/');
  return {
    address: cidr.slice(0, slash),
    prefixLength: Number(cidr.slice(slash + 1)),
    family: cidr.includes(':') ? 6 : 4,
  };
}

function routeOf(namespace: string, route: RouteOperand, ifindexes: Ifindexes) {
  const dst = route.to === 'default' ? { dst: null, prefixLength: 0 } : networkOf(route.to);
  return {
    family: route.family,
    ...dst,
    ...(route.via === undefined ? {} : { gateway: route.via }),
    ...(route.dev === undefined ? {} : { oif: indexOf({ namespace, ifname: route.dev }, ifindexes) }),
    ...(route.metric === undefined ? {} : { metric: route.metric }),
    ...(route.table === undefined ? {} : { table: route.table }),
  };
}

function networkOf(cidr: string): { dst: string; prefixLength: number } {
  const { address, prefixLength } = addressPlace(cidr);
  return { dst: address, prefixLength };
}
