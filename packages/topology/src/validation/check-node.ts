import type { Diagnostic, DocumentPath } from '../model/diagnostic.js';
import { maximumAddresses, maximumInterfaces, maximumRoutes, minimumMtuIpv6 } from '../model/limits.js';
import { parseCidr, parseDestination, parseIpAddress } from '../model/parse-addresses.js';
import { parseIfname, parseNodeName, parseText } from '../model/parse-names.js';
import { UPLINK } from '../model/parse-outside.js';
import { mtuProblem, parseMac } from '../model/parse-values.js';
import { diagnostic, diagnosticAt, type Parsed } from '../model/problem.js';
import { SWITCH_BRIDGE } from '../model/switch-bridge.js';
import type { Interface, Node, Route } from '../model/topology.js';
import { routingDomainsOf } from '../model/vrfs.js';
import { commandDiagnostics } from './check-commands.js';
import { deviceDiagnostics } from './check-devices.js';
import { firewallDiagnostics } from './check-firewall.js';
import { impairmentDiagnostics } from './check-impairment.js';
import { outsideDiagnostics } from './check-outside.js';
import { portVlanDiagnostics } from './check-port-vlan.js';
import { routeProblem } from './check-routes.js';
import { vrfDiagnostics } from './check-vrfs.js';
import { hasFamily } from './connected-subnets.js';

interface Checked {
  readonly name: string;
  readonly diagnostics: readonly Diagnostic[];
}

const checkedNodes = new WeakMap<Node, Checked>();

/** Everything that can be said of a node alone. Worked out once per node, which is immutable. */
export function checkNode(name: string, node: Node): readonly Diagnostic[] {
  const known = checkedNodes.get(node);
  if (known !== undefined && known.name === name) return known.diagnostics;
  const diagnostics = nodeDiagnostics(name, node);
  checkedNodes.set(node, { name, diagnostics });
  return diagnostics;
}

/** Interfaces of which nothing is to be said under this name in a node of this kind: a router has a thousand, and an edit touches one. */
const soundInterfaces = new WeakMap<Interface, { readonly ifname: string; readonly kind: Node['kind'] }>();

function nodeDiagnostics(name: string, node: Node): readonly Diagnostic[] {
  const path = ['nodes', name];
  const found: Diagnostic[] = [...told(path, parseNodeName(name))];
  if (node.label !== undefined) found.push(...told([...path, 'label'], parseText(node.label)));
  if (node.forwards !== undefined && node.kind !== 'router') {
    const detail = `${name} is a ${node.kind}; "forwards" says which packets a router forwards.`;
    found.push(diagnostic('node.forwards', [...path, 'forwards'], detail));
  }
  if (node.stp !== undefined && node.kind !== 'switch') {
    const detail = `${name} is a ${node.kind}; spanning tree is between switches.`;
    found.push(diagnostic('switch.stp-elsewhere', [...path, 'stp'], detail));
  }
  const interfaces = Object.entries(node.interfaces);
  if (interfaces.length > maximumInterfaces) {
    found.push(tooMany([...path, 'interfaces'], interfaces.length, maximumInterfaces));
  }
  for (const [ifname, iface] of interfaces) {
    const sound = soundInterfaces.get(iface);
    if (sound?.ifname === ifname && sound.kind === node.kind) continue;
    const said = interfaceDiagnostics([...path, 'interfaces', ifname], ifname, iface, node);
    if (said.length === 0) soundInterfaces.set(iface, { ifname, kind: node.kind });
    for (const entry of said) found.push(entry);
  }
  found.push(...deviceDiagnostics(path, node), ...vrfDiagnostics(path, node));
  found.push(
    ...commandDiagnostics(path, node),
    ...firewallDiagnostics(path, node),
    ...outsideDiagnostics(path, name, node),
  );
  // Routes are judged against the addresses: only once those can be read.
  if (!found.some((entry) => entry.severity === 'error')) {
    for (const domain of routingDomainsOf(node)) {
      const at = domain.vrf === null ? path : [...path, 'vrfs', domain.vrf];
      found.push(...routeDiagnostics(at, domain.node));
    }
  }
  return found;
}

function interfaceDiagnostics(path: DocumentPath, ifname: string, iface: Interface, node: Node): readonly Diagnostic[] {
  const found = told(path, parseIfname(ifname));
  const isSwitch = node.kind === 'switch';
  if (isSwitch && ifname === SWITCH_BRIDGE) {
    const detail = `${SWITCH_BRIDGE} is the bridge of every switch; a port needs another name.`;
    found.push(diagnostic('name.reserved', path, detail, { label: 'Use eth0', value: 'eth0' }));
  }
  if (node.kind === 'internet' && ifname === UPLINK) {
    const detail = `${UPLINK} is the way out of every internet node; an interface needs another name.`;
    found.push(diagnostic('name.reserved', path, detail, { label: 'Use eth0', value: 'eth0' }));
  }
  if (iface.mtu !== undefined) {
    const problem = mtuProblem(iface.mtu);
    if (problem !== null) found.push(diagnosticAt([...path, 'mtu'], problem));
  }
  if (iface.mac !== undefined) found.push(...told([...path, 'mac'], parseMac(iface.mac)));
  if (iface.impairment !== undefined) found.push(...impairmentDiagnostics([...path, 'impairment'], iface.impairment));
  if (iface.vlan !== undefined) found.push(...portVlanDiagnostics([...path, 'vlan'], iface.vlan, node.kind));
  const addressPath = [...path, 'addresses'];
  if (iface.addresses.length > maximumAddresses) {
    found.push(tooMany(addressPath, iface.addresses.length, maximumAddresses));
  }
  if (isSwitch && iface.addresses.length > 0) {
    const detail = `A port of a switch forwards frames and has no address of its own; put ${iface.addresses[0]} on the host or router at the other end of its link.`;
    found.push(diagnostic('address.on-switch', addressPath, detail));
  }
  const unreadable = iface.addresses.flatMap((text, index) =>
    told([...addressPath, index], canonical(parseCidr(text), text)),
  );
  found.push(...unreadable, ...repeatedAddresses(addressPath, iface));
  if (unreadable.length === 0 && iface.mtu !== undefined && iface.mtu < minimumMtuIpv6 && hasFamily(iface, 6)) {
    const detail = `With an MTU of ${iface.mtu} the kernel would delete the IPv6 addresses of ${ifname}.`;
    found.push(diagnostic('mtu.ipv6', [...path, 'mtu'], detail, { label: 'Use 1280', value: '1280' }));
  }
  return found;
}

function repeatedAddresses(path: DocumentPath, iface: Interface): readonly Diagnostic[] {
  const seen = new Set<string>();
  return iface.addresses.flatMap((text, index) => {
    const address = text.slice(0, text.indexOf('/'));
    if (!seen.has(address)) {
      seen.add(address);
      return [];
    }
    return [diagnostic('address.repeated', [...path, index], `${address} is there already.`)];
  });
}

function routeDiagnostics(nodePath: DocumentPath, node: Node): readonly Diagnostic[] {
  const path = [...nodePath, 'routes'];
  if (node.routes.length === 0) return [];
  if (node.kind === 'switch') {
    return [diagnostic('route.on-switch', path, 'A switch forwards frames by MAC address and routes nothing.')];
  }
  const found: Diagnostic[] = [];
  if (node.routes.length > maximumRoutes) found.push(tooMany(path, node.routes.length, maximumRoutes));
  const seen = new Set<string>();
  for (const [index, route] of node.routes.entries()) {
    const at = [...path, index];
    const unreadable = [
      ...told([...at, 'to'], canonical(parseDestination(route.to), route.to)),
      ...(route.via === undefined ? [] : told([...at, 'via'], canonical(parseIpAddress(route.via), route.via))),
    ];
    found.push(...unreadable);
    if (unreadable.length > 0) continue;
    const problem = routeProblem(node, route);
    if (problem !== null) found.push(diagnosticAt(problem.field === null ? at : [...at, problem.field], problem));
    const key = routeKey(route);
    if (seen.has(key)) {
      const detail = `There is another route to ${route.to} with metric ${route.metric ?? 0}; the kernel keeps one.`;
      found.push(diagnostic('route.repeated', at, detail));
    }
    seen.add(key);
  }
  return found;
}

/** What the kernel tells routes apart by: family, destination and metric. */
function routeKey(route: Route): string {
  const family = (route.via ?? route.to).includes(':') ? 6 : 4;
  return `${family} ${route.to} ${route.metric ?? 0}`;
}

/** Refuses text that means a value without being its canonical form: in a document everything is normalised. */
function canonical<Value extends string>(parsed: Parsed<Value>, text: string): Parsed<Value> {
  if (!parsed.ok || parsed.value === text) return parsed;
  const detail = `${text} is written ${parsed.value} in a document.`;
  return {
    ok: false,
    problem: { code: 'address.syntax', detail, fix: { label: `Use ${parsed.value}`, value: parsed.value } },
  };
}

function told(path: DocumentPath, parsed: Parsed<unknown>): Diagnostic[] {
  return parsed.ok ? [] : [diagnosticAt(path, parsed.problem)];
}

function tooMany(path: DocumentPath, count: number, limit: number): Diagnostic {
  return diagnostic('limit.items', path, `There are ${count}; at most ${limit} fit.`);
}
