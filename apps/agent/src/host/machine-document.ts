import { type Observed, type ObservedInterface, type ObservedNamespace, ROOT_NAMESPACE } from '@vethlab/observed';
import { adoptionOf, SWITCH_BRIDGE } from '@vethlab/planner';
import type { DrawnNode, HostReply } from '@vethlab/protocol';
import { emptyTopology } from '@vethlab/topology';

/** Longest name of a node (interfaces.md). */
const longestName = 32;

/** Where a node of the drawing comes from. */
interface Place {
  readonly namespace: string;
  /** A bridge with ports is a switch of its own on the drawing; null: the rest of its namespace. */
  readonly bridge: string | null;
}

/**
 * The machine as a document that can be drawn: namespaces as hosts and routers, bridges with ports as switches, veth pairs as links.
 * Names of nodes are made of the labels; what a document cannot say is in `leftOut`.
 */
export function machineDocument(observed: Observed): Pick<HostReply, 'topology' | 'drawn' | 'leftOut'> {
  const names = nodeNames(observed);
  const nodes: [string, ObservedNamespace][] = [];
  const drawn: DrawnNode[] = [];
  for (const [label, namespace] of Object.entries(observed.namespaces)) {
    const interfaces = Object.values(namespace.interfaces).map((one) => withNamedPeer(one, observed, names));
    const bridges = bridgesWithPorts(namespace);
    for (const bridge of bridges) {
      const ports = interfaces.filter(({ ifname, master }) => ifname === bridge || master === bridge);
      const name = names.get(keyOf({ namespace: label, bridge })) ?? bridge;
      nodes.push([name, { ...namespace, ...asSwitch(name, bridge, ports) }]);
      drawn.push({ node: name, namespace: label, bridge });
    }
    const rest = interfaces.filter(({ ifname, master }) => !bridges.has(ifname) && !bridges.has(master ?? ''));
    const name = names.get(keyOf({ namespace: label, bridge: null })) ?? label;
    nodes.push([name, { ...namespace, name, interfaces: byName(rest) }]);
    drawn.push({ node: name, namespace: label, bridge: null });
  }
  const { topology, leftOut } = adoptionOf({
    topology: emptyTopology('This machine'),
    observed: { namespaces: Object.fromEntries(nodes) },
    items: 'all',
  });
  return { topology, drawn: drawn.filter(({ node }) => Object.hasOwn(topology.nodes, node)), leftOut };
}

function asSwitch(
  name: string,
  bridge: string,
  ports: readonly ObservedInterface[],
): Pick<ObservedNamespace, 'name' | 'forwarding' | 'interfaces' | 'routes'> {
  const interfaces = ports.map((one) =>
    one.ifname === bridge
      ? // One that is down is a switch on the drawing as well.
        { ...one, ifname: SWITCH_BRIDGE, up: true, addresses: [] }
      : { ...one, master: SWITCH_BRIDGE },
  );
  return { name, forwarding: { ipv4: false, ipv6: false }, interfaces: byName(interfaces), routes: [] };
}

function bridgesWithPorts({ interfaces }: ObservedNamespace): ReadonlySet<string> {
  const masters = new Set(Object.values(interfaces).map(({ master }) => master));
  const bridges = Object.values(interfaces).filter(({ ifname, type }) => type === 'bridge' && masters.has(ifname));
  return new Set(bridges.map(({ ifname }) => ifname));
}

/** The same interface with the name of the node that its other end is on. */
function withNamedPeer(
  one: ObservedInterface,
  observed: Observed,
  names: ReadonlyMap<string, string>,
): ObservedInterface {
  if (one.peer === null) return one;
  const { namespace, ifname } = one.peer;
  const there = Object.hasOwn(observed.namespaces, namespace) ? observed.namespaces[namespace] : undefined;
  if (there === undefined || !Object.hasOwn(there.interfaces, ifname)) return { ...one, peer: null };
  const master = there.interfaces[ifname]?.master ?? null;
  const bridge = master !== null && bridgesWithPorts(there).has(master) ? master : null;
  const name = names.get(keyOf({ namespace, bridge }));
  return { ...one, peer: name === undefined ? null : { namespace: name, ifname } };
}

/** Legal and different names for all nodes, by the key of their place. */
function nodeNames(observed: Observed): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const give = (place: Place, wanted: string) => {
    const legal = wanted.replaceAll(/[^A-Za-z0-9_.-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '') || 'unnamed';
    for (let number = 1; ; number += 1) {
      const ending = number === 1 ? '' : `-${number}`;
      const name = `${legal.slice(0, longestName - ending.length)}${ending}`;
      if (taken.has(name)) continue;
      taken.add(name);
      names.set(keyOf(place), name);
      return;
    }
  };
  // Names that people gave are kept before names are made.
  const labels = Object.keys(observed.namespaces).sort((a, b) => Number(isMade(a)) - Number(isMade(b)));
  for (const label of labels) give({ namespace: label, bridge: null }, wantedName(label));
  for (const label of labels) {
    const namespace = observed.namespaces[label];
    if (namespace === undefined) continue;
    for (const bridge of bridgesWithPorts(namespace))
      give({ namespace: label, bridge }, label === ROOT_NAMESPACE ? bridge : `${wantedName(label)}-${bridge}`);
  }
  return names;
}

function isMade(label: string): boolean {
  return label === ROOT_NAMESPACE || label.includes('/');
}

/** `/proc/4711 (redis-server)` becomes `redis-server-4711`. */
function wantedName(label: string): string {
  if (label === ROOT_NAMESPACE) return 'this-machine';
  const [, pid, command] = /^\/proc\/(\d+) \((.*)\)$/s.exec(label) ?? [];
  return pid === undefined ? label : `${command}-${pid}`;
}

function keyOf({ namespace, bridge }: Place): string {
  return JSON.stringify([namespace, bridge]);
}

function byName(interfaces: readonly ObservedInterface[]): ObservedNamespace['interfaces'] {
  return Object.fromEntries(interfaces.map((one) => [one.ifname, one]));
}
