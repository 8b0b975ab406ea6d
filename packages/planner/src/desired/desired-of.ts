import type { FeatureName } from '@vethlab/observed';
import {
  type Interface,
  type Link,
  linkAtEndpoint,
  type Node,
  type NodeName,
  nodeOf,
  outsideOf,
  routingDomainsOf,
  type SwitchLoop,
  switchLoopsOf,
  type Topology,
  vrfOf,
} from '@vethlab/topology';
import { possibleNode } from '../features/without-missing.js';
import { presentRules } from '../rules/present-rules.js';
import { noRules } from '../rules/rules.js';
import { sameVlans, untouchedVlans, vlansOf } from '../vlans/port-vlans.js';
import {
  DEFAULT_MTU,
  type Desired,
  type DesiredBridge,
  type DesiredInterface,
  type DesiredInterfaces,
  type DesiredNamespace,
  type DesiredRoute,
  LOOP_RATE_BITS_PER_SECOND,
  SWITCH_BRIDGE,
} from './desired.js';
import { hasDevicesOrVrfs, withDevices } from './desired-interfaces.js';
import { desiredRoutesOf } from './desired-routes.js';
import { partsOf } from './endpoint.js';
import { impairmentWanted } from './impairment-wanted.js';
import { familyOf } from './subnet.js';

/** What the whole document implies in the kernel. */
export function desiredOf(topology: Topology): Desired {
  return desiredOfNodes(topology, Object.keys(topology.nodes));
}

/** The same for some nodes only; names that the document does not have are left out. */
export function desiredOfNodes(topology: Topology, names: Iterable<string>): Desired {
  const namespaces = new Map<string, DesiredNamespace>();
  for (const name of names) {
    const namespace = desiredNamespace(topology, name);
    if (namespace !== null) namespaces.set(name, namespace);
  }
  return { namespaces };
}

/**
 * Documents share the records that an edit did not touch, so what was worked out for them is still right. By node, then
 * by list of links: the document of now and the one before often share the node and not the links.
 */
const remembered = new WeakMap<Node, WeakMap<readonly Link[], Remembered>>();

interface Remembered {
  readonly namespace: DesiredNamespace;
  /** Of a switch: the loops, which other switches have a say in. */
  readonly loops: readonly SwitchLoop[] | null;
}

/**
 * What one node implies; null when the document has no node of this name.
 * @param missing what the kernel cannot do: what needs it is left out. Absent: nothing is missing.
 */
export function desiredNamespace(
  topology: Topology,
  name: string,
  missing?: ReadonlySet<FeatureName>,
): DesiredNamespace | null {
  const said = nodeOf(topology, name);
  if (said === null) return null;
  const node = possibleNode(said, missing);
  let byLinks = remembered.get(node);
  if (byLinks === undefined) {
    byLinks = new WeakMap();
    remembered.set(node, byLinks);
  }
  // Only switches can be in a loop of switches.
  const loops = node.kind === 'switch' ? switchLoopsOf(topology) : null;
  const known = byLinks.get(topology.links);
  if (known !== undefined && known.namespace.name === name && known.loops === loops) return known.namespace;
  const namespace = makeNamespace(topology, name as NodeName, node, loops ?? []);
  byLinks.set(topology.links, { namespace, loops });
  return namespace;
}

function makeNamespace(topology: Topology, name: NodeName, node: Node, loops: readonly SwitchLoop[]): DesiredNamespace {
  const bridge = node.kind === 'switch' ? SWITCH_BRIDGE : null;
  const ends = new NodeInterfaces(topology, name, node, bridge, loops);
  const interfaces = hasDevicesOrVrfs(node) ? withDevices(node, ends) : ends;
  let settings: DesiredBridge | null = null;
  let routes: readonly DesiredRoute[] | null = null;
  return {
    name,
    kind: node.kind,
    forwarding: {
      ipv4: node.kind === 'internet' || (node.kind === 'router' && node.forwards !== 'ipv6'),
      ipv6: node.kind === 'internet' || (node.kind === 'router' && node.forwards !== 'ipv4'),
    },
    loopbackUp: node.loopback !== 'down',
    wayOut: node.kind === 'internet' ? { subnet: outsideOf(node), hostPorts: node.hostPorts ?? [] } : null,
    bridge,
    interfaces,
    rules: node.kind === 'switch' ? noRules : presentRules(node, interfaces),
    get bridgeSettings() {
      settings ??= bridge === null ? null : bridgeSettingsOf(node, interfaces);
      return settings;
    },
    get routes() {
      routes ??= routesOf(node, interfaces);
      return routes;
    },
  };
}

/** Of the main table, then of each VRF's. A route of a domain leaves by an interface of it. */
function routesOf(node: Node, interfaces: DesiredInterfaces): readonly DesiredRoute[] {
  if (node.vrfs === undefined) return desiredRoutesOf(node.routes, interfaces, null);
  return routingDomainsOf(node).flatMap((domain) => {
    const inside = [...interfaces.values()].filter(({ ifname }) => Object.hasOwn(domain.node.interfaces, ifname));
    const table = domain.vrf === null ? null : (vrfOf(node, domain.vrf)?.table ?? null);
    return desiredRoutesOf(domain.node.routes, new Map(inside.map((one) => [one.ifname, one])), table);
  });
}

/** VLANs are kept apart when a port that is there is in another than all are in by themselves. */
function bridgeSettingsOf({ stp }: Node, interfaces: DesiredInterfaces): DesiredBridge {
  const vlanFiltering = [...interfaces.values()].some(({ vlan }) => !sameVlans(vlansOf(vlan), untouchedVlans));
  return { stp: stp === true, vlanFiltering };
}

/** What the links of a node imply, each end worked out when it is asked for. */
class NodeInterfaces implements DesiredInterfaces {
  readonly #closers: ReadonlySet<Link>;
  #all: ReadonlyMap<string, DesiredInterface> | null = null;

  constructor(
    private readonly topology: Topology,
    private readonly name: NodeName,
    private readonly node: Node,
    private readonly bridge: string | null,
    loops: readonly SwitchLoop[],
  ) {
    this.#closers = new Set(loops.map(({ link }) => link));
  }

  get(ifname: string): DesiredInterface | undefined {
    if (this.#all !== null) return this.#all.get(ifname);
    const { topology, name, node, bridge } = this;
    if (ifname === bridge || !Object.hasOwn(node.interfaces, ifname)) return undefined;
    const record = node.interfaces[ifname];
    const endpoint = `${name}:${ifname}`;
    const link = linkAtEndpoint(topology, endpoint);
    if (record === undefined || link === null) return undefined;
    const rate = this.#closers.has(link) ? LOOP_RATE_BITS_PER_SECOND : null;
    const wanted = desiredInterface(endpoint, record, link, bridge, rate);
    return hasInterface(topology, wanted.peer) ? wanted : undefined;
  }

  has(ifname: string): boolean {
    return this.get(ifname) !== undefined;
  }

  values(): Iterable<DesiredInterface> {
    if (this.#all === null) {
      const all = new Map<string, DesiredInterface>();
      for (const ifname of Object.keys(this.node.interfaces)) {
        const wanted = this.get(ifname);
        if (wanted !== undefined) all.set(ifname, wanted);
      }
      this.#all = all;
    }
    return this.#all.values();
  }
}

const rememberedInterfaces = new WeakMap<Interface, DesiredVeth & { readonly endpoint: string }>();

/** The end of a link. */
type DesiredVeth = DesiredInterface & {
  readonly peer: NonNullable<DesiredInterface['peer']>;
  readonly link: Link;
};

/** The same object as long as the records it is made of are the same: what was compared once is known by identity. */
function desiredInterface(
  endpoint: string,
  record: Interface,
  link: Link,
  master: string | null,
  rateBitsPerSecond: number | null,
): DesiredVeth {
  const known = rememberedInterfaces.get(record);
  const isSame = known?.link === link && known.endpoint === endpoint && known.master === master;
  if (isSame && known.rateBitsPerSecond === rateBitsPerSecond) return known;
  const [a, b] = link.endpoints;
  const up = record.up && link.up;
  const made = {
    endpoint,
    ifname: partsOf(endpoint).ifname,
    peer: partsOf(endpoint === a ? b : a),
    link,
    device: null,
    up,
    mtu: record.mtu ?? link.mtu ?? DEFAULT_MTU,
    mac: record.mac ?? null,
    master,
    vlan: master === null ? null : (record.vlan ?? null),
    impairment: impairmentWanted(record, rateBitsPerSecond),
    rateBitsPerSecond,
    addresses: up ? record.addresses : record.addresses.filter((address) => familyOf(address) === 4),
  };
  rememberedInterfaces.set(record, made);
  return made;
}

/** A link to something that is not there is refused by validation; it makes no veth pair. */
function hasInterface(topology: Topology, end: DesiredVeth['peer']): boolean {
  const node = nodeOf(topology, end.namespace);
  if (node === null || !Object.hasOwn(node.interfaces, end.ifname)) return false;
  return !(node.kind === 'switch' && end.ifname === SWITCH_BRIDGE);
}
