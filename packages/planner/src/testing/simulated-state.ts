import type {
  Observed,
  ObservedInterface,
  ObservedNamespace,
  ObservedPortVlan,
  ObservedShaping,
  ObservedTable,
} from '@vethlab/observed';

/** What the simulated kernel holds: Observed, but changeable. */
export interface SimInterface extends Omit<ObservedInterface, 'addresses' | 'carrier' | 'operstate'> {
  ifname: string;
  up: boolean;
  mtu: number;
  mac: string | null;
  master: string | null;
  device?: NonNullable<ObservedInterface['device']>;
  qdisc?: string;
  shaping?: ObservedShaping;
  stp?: true;
  vlanFiltering?: true;
  /** Also while the bridge does not keep them apart, when nobody is told. */
  vlans?: readonly ObservedPortVlan[];
  peer: { namespace: string; ifname: string } | null;
  addresses: ObservedInterface['addresses'][number][];
}

export interface SimNamespace {
  readonly inode: number;
  forwarding: ObservedNamespace['forwarding'];
  readonly interfaces: Map<string, SimInterface>;
  routes: ObservedNamespace['routes'][number][];
  wayOut?: NonNullable<ObservedNamespace['wayOut']>;
  tables: ObservedTable[];
}

export type SimState = Map<string, SimNamespace>;

export function fromObserved(observed: Observed): SimState {
  return new Map(
    Object.entries(observed.namespaces).map(([name, namespace]) => [
      name,
      {
        inode: namespace.inode,
        forwarding: namespace.forwarding,
        interfaces: new Map(
          Object.entries(namespace.interfaces).map(([ifname, { carrier: _, operstate: __, ...found }]) => [
            ifname,
            {
              ...(isBridge(namespace, found.master) ? { vlans: [{ id: 1, pvid: true, untagged: true }] } : {}),
              ...found,
              peer: found.peer === null ? null : { ...found.peer },
              addresses: [...found.addresses],
            },
          ]),
        ),
        routes: [...namespace.routes],
        ...(namespace.wayOut === undefined ? {} : { wayOut: namespace.wayOut }),
        tables: [...(namespace.tables ?? [])],
      },
    ]),
  );
}

function isBridge({ interfaces }: ObservedNamespace, name: string | null): boolean {
  return name !== null && Object.hasOwn(interfaces, name) && interfaces[name]?.type === 'bridge';
}

/** A look at the simulated kernel. Carrier and operstate follow from both ends. */
export function toObserved(state: SimState): Observed {
  return {
    namespaces: Object.fromEntries(
      [...state].map(([name, { inode, forwarding, interfaces, routes, wayOut, tables }]) => [
        name,
        {
          name,
          inode,
          forwarding,
          interfaces: Object.fromEntries(
            [...interfaces].map(([ifname, one]) => [ifname, lookAt(state, interfaces, one)]),
          ),
          routes: routes.filter(({ table }) => table === undefined || tablesOf(interfaces).has(table)),
          ...(wayOut === undefined ? {} : { wayOut }),
          ...(tables.length === 0 ? {} : { tables: [...tables] }),
        },
      ]),
    ),
  };
}

/** A look reads the main table and those of VRFs. */
function tablesOf(interfaces: ReadonlyMap<string, SimInterface>): ReadonlySet<number> {
  return new Set([...interfaces.values()].flatMap(({ device }) => (device?.kind === 'vrf' ? [device.table] : [])));
}

function isPort(state: SimState, one: SimInterface): boolean {
  const home = [...state.values()].find(({ interfaces }) => interfaces.get(one.ifname) === one);
  return one.master !== null && home?.interfaces.get(one.master)?.type === 'bridge';
}

function lookAt(state: SimState, beside: SimNamespace['interfaces'], port: SimInterface): ObservedInterface {
  const { vlans, ...one } = port;
  const isTold = one.master !== null && beside.get(one.master)?.vlanFiltering === true;
  const far = one.peer === null ? undefined : state.get(one.peer.namespace)?.interfaces.get(one.peer.ifname);
  const carrier = one.up && (one.type !== 'veth' || far?.up === true);
  const operstate = one.type === 'loopback' ? 'unknown' : !one.up ? 'down' : carrier ? 'up' : 'lowerlayerdown';
  return {
    ...one,
    ...(isTold && vlans !== undefined ? { vlans } : {}),
    peer: one.peer === null ? null : { ...one.peer },
    addresses: [...one.addresses],
    carrier,
    operstate,
    portState: isPort(state, port) ? (carrier ? 'forwarding' : 'disabled') : null,
  };
}
