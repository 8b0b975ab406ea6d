import {
  type Command,
  commandEntries,
  type Diagnostic,
  errorsOf,
  type FirewallChain,
  type FirewallChainName,
  type Interface,
  linkKey,
  type Node,
  openFirewall,
  type Topology,
  type Vrf,
  vrfEntries,
  withCommands,
  withVrfs,
} from '@vethlab/topology';
import { partsOf } from '../desired/endpoint.js';

/** What had to be taken out of a document so that it is valid. */
export interface TakenOut {
  readonly namespace: string;
  readonly ifname?: string;
  readonly what: string;
  readonly why: string;
}

export interface Fitted {
  /** Null: it cannot be mended, because it is too large as a whole. */
  readonly topology: Topology | null;
  readonly takenOut: readonly TakenOut[];
}

/** Each round takes out at least one thing; what hangs on it shows up in the next. */
const roundsMax = 20;

/**
 * Takes out of a document what would be refused: the kernel allows things that a lab does not. `before` is valid, or what
 * is wrong with it is nothing new.
 */
export function fit(candidate: Topology, before: Topology): Fitted {
  const old = new Set(errorsOf(before).map(identityOf));
  const takenOut: TakenOut[] = [];
  let topology = candidate;
  for (let round = 0; round < roundsMax; round += 1) {
    const errors = errorsOf(topology).filter((error) => !old.has(identityOf(error)));
    if (errors.length === 0) return { topology, takenOut };
    const mended = takeOut(topology, before, errors, takenOut);
    if (mended === null) break;
    topology = mended;
  }
  return { topology: null, takenOut };
}

function identityOf({ code, path, detail }: Diagnostic): string {
  return `${code} ${path.join('/')} ${detail}`;
}

/** Null when an error is about nothing that could be taken out. */
function takeOut(
  topology: Topology,
  before: Topology,
  errors: readonly Diagnostic[],
  takenOut: TakenOut[],
): Topology | null {
  const nodes = new Map(Object.entries(topology.nodes));
  const goneLinks = new Set<number>();
  const goneProbes = new Set<number>();
  const places = new Map(Object.entries(topology.canvas.nodes));
  for (const [name, node] of [...nodes]) {
    const found = errors.filter(({ path }) => path[0] === 'nodes' && path[1] === name);
    if (found.length === 0) continue;
    const old = Object.hasOwn(before.nodes, name) ? before.nodes[name] : undefined;
    const mended = mendNode(name, node, old, found, takenOut);
    if (mended !== null) nodes.set(name, mended);
    else {
      nodes.delete(name);
      places.delete(name);
      topology.links.forEach(({ endpoints }, index) => {
        if (endpoints.some((end) => partsOf(end).namespace === name)) goneLinks.add(index);
      });
      topology.probes.forEach(({ from }, index) => {
        if (from === name) goneProbes.add(index);
      });
    }
  }
  for (const { path, detail } of errors) {
    const [section, index] = path;
    const link = section === 'links' && typeof index === 'number' ? topology.links[index] : undefined;
    if (link !== undefined && typeof index === 'number') {
      const { namespace, ifname } = partsOf(link.endpoints[0]);
      takenOut.push({ namespace, ifname, what: `the veth pair ${linkKey(link).replace('--', ' – ')}`, why: detail });
      goneLinks.add(index);
    }
    if (section === 'probes' && typeof index === 'number') goneProbes.add(index);
    if (path.length < 2 || (section !== 'nodes' && section !== 'links' && section !== 'probes')) return null;
  }
  return {
    ...topology,
    nodes: Object.fromEntries(nodes),
    links: topology.links.filter((_, index) => !goneLinks.has(index)),
    probes: topology.probes.filter((_, index) => !goneProbes.has(index)),
    canvas: { nodes: Object.fromEntries(places) },
  };
}

/** The node without what is wrong in it; null when it is wrong as a whole, and new. */
function mendNode(
  name: string,
  node: Node,
  old: Node | undefined,
  errors: readonly Diagnostic[],
  takenOut: TakenOut[],
): Node | null {
  const interfaces = new Map(Object.entries(node.interfaces));
  const goneRoutes = new Set<number>();
  const goneRules = new Set<string>();
  const vrfs = new Map<string, Vrf>(vrfEntries(node));
  const commands = new Map<string, Command>(commandEntries(node));
  const goneAddresses = new Map<string, Set<number>>();
  for (const { path, detail } of errors) {
    const [, , part, key, field, index] = path;
    if (part === 'routes' && typeof key === 'number') {
      const route = node.routes[key];
      const isNew = route !== undefined && old?.routes.includes(route) !== true;
      if (isNew && !goneRoutes.has(key))
        takenOut.push({ namespace: name, what: `the route to ${route.to}`, why: detail });
      goneRoutes.add(key);
    } else if (part === 'firewall' || part === 'nat') {
      // Firewall: chain, "rules", number. NAT: list, number.
      const place = path.slice(2, part === 'firewall' ? 6 : 5).join(' ');
      if (!goneRules.has(place))
        takenOut.push({
          namespace: name,
          what: `a rule of ${part === 'nat' ? 'its NAT' : 'its firewall'}`,
          why: detail,
        });
      goneRules.add(place);
    } else if (part === 'interfaces' && typeof key === 'string' && field === 'addresses' && typeof index === 'number') {
      const gone = goneAddresses.get(key) ?? new Set<number>();
      const address = interfaces.get(key)?.addresses[index] ?? '';
      if (!gone.has(index))
        takenOut.push({ namespace: name, ifname: key, what: `the address ${address}`, why: detail });
      goneAddresses.set(key, gone.add(index));
    } else if (part === 'interfaces' && typeof key === 'string' && (field === 'mtu' || field === 'mac')) {
      const known = interfaces.get(key);
      if (known !== undefined) interfaces.set(key, without(known, field));
      takenOut.push({
        namespace: name,
        ifname: key,
        what: `the ${field === 'mtu' ? 'MTU' : 'MAC'} of ${key}`,
        why: detail,
      });
    } else if (part === 'interfaces' && typeof key === 'string' && interfaces.get(key)?.device !== undefined) {
      interfaces.delete(key);
      takenOut.push({ namespace: name, ifname: key, what: `the interface ${key}`, why: detail });
    } else if (part === 'vrfs' && typeof key === 'string' && vrfs.has(key)) {
      mendVrf(name, vrfs, key, path, detail, takenOut);
    } else if (part === 'commands' && typeof key === 'string' && commands.has(key)) {
      takenOut.push({ namespace: name, what: `the command ${key}`, why: detail });
      commands.delete(key);
    } else {
      takenOut.push({
        namespace: name,
        what: old === undefined ? `the namespace ${name}` : `what changed in ${name}`,
        why: detail,
      });
      return old ?? null;
    }
  }
  for (const [ifname, gone] of goneAddresses) {
    const known = interfaces.get(ifname);
    if (known === undefined) continue;
    interfaces.set(ifname, { ...known, addresses: known.addresses.filter((_, index) => !gone.has(index)) });
  }
  const mended: Node = {
    ...withoutRules(node, goneRules),
    interfaces: Object.fromEntries(interfaces),
    routes: node.routes.filter((_, index) => !goneRoutes.has(index)),
  };
  return withCommands(withVrfs(mended, [...vrfs]), commands);
}

/** A route, a member, or all of it. */
function mendVrf(
  namespace: string,
  vrfs: Map<string, Vrf>,
  name: string,
  [, , , , field, index]: Diagnostic['path'],
  why: string,
  takenOut: TakenOut[],
): void {
  const vrf = vrfs.get(name);
  if (vrf === undefined) return;
  if (typeof index === 'number' && (field === 'routes' || field === 'interfaces')) {
    const what = field === 'routes' ? `a route of the VRF ${name}` : `${vrf.interfaces[index]} in the VRF ${name}`;
    takenOut.push({ namespace, what, why });
    const left = (vrf[field] as readonly unknown[]).filter((_, place) => place !== index);
    vrfs.set(name, { ...vrf, [field]: left });
    return;
  }
  takenOut.push({ namespace, ifname: name, what: `the VRF ${name}`, why });
  vrfs.delete(name);
}

function without(record: Interface, field: 'mtu' | 'mac'): Interface {
  const { [field]: _, ...rest } = record;
  return rest;
}

/** Without the rules at these places; a place without a number is all of it. */
function withoutRules(node: Node, gone: ReadonlySet<string>): Node {
  if (gone.size === 0) return node;
  const { firewall, nat, ...rest } = node;
  const keep = <Rule>(rules: readonly Rule[], place: string) =>
    rules.filter((_, index) => !gone.has(`${place} ${index}`));
  const chain = (name: FirewallChainName): FirewallChain => {
    const { policy, rules } = (firewall ?? openFirewall)[name];
    return { policy, rules: keep(rules, `firewall ${name} rules`) };
  };
  return {
    ...rest,
    ...(nat === undefined || gone.has('nat')
      ? {}
      : {
          nat: {
            masquerade: keep(nat.masquerade, 'nat masquerade'),
            source: keep(nat.source, 'nat source'),
            forwards: keep(nat.forwards, 'nat forwards'),
          },
        }),
    ...(firewall === undefined || gone.has('firewall')
      ? {}
      : { firewall: { input: chain('input'), forward: chain('forward'), output: chain('output') } }),
  };
}
