import type { Diagnostic, DocumentPath } from '../model/diagnostic.js';
import { minimumMtuIpv6 } from '../model/limits.js';
import { parseText } from '../model/parse-names.js';
import { mtuProblem } from '../model/parse-values.js';
import { diagnostic, diagnosticAt } from '../model/problem.js';
import type { Interface, Link, Topology } from '../model/topology.js';
import { endpointCountOf, interfaceOf, linkAtEndpoint, nodeOf } from '../model/topology-access.js';
import { hasFamily } from './connected-subnets.js';

/** Links: their ends exist, and no interface has two. */
export function checkLinks(topology: Topology): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const users = new Map<string, number>();
  for (const [index, link] of topology.links.entries()) {
    const [a, b] = link.endpoints;
    const first = endInterface(topology, a);
    const second = endInterface(topology, b);
    // The usual link has nothing to tell; most of the time is spent here.
    const isVeth = first?.device === undefined && second?.device === undefined;
    const plain = first !== null && second !== null && isVeth && a !== b && !users.has(a) && !users.has(b);
    if (!plain) found.push(...endProblems(topology, link, index, users));
    users.set(a, index);
    users.set(b, index);
    if (link.label !== undefined || link.mtu !== undefined) {
      found.push(...valueProblems(link, ['links', index], [first, second]));
    }
  }
  return found;
}

/** Whether nothing is to be said of a link in a document where nothing was said of the others: its ends are there, and only its own. */
export function hasSoundEnds(topology: Topology, link: Link): boolean {
  const [a, b] = link.endpoints;
  if (link.label !== undefined || link.mtu !== undefined || a === b) return false;
  const ends = [endInterface(topology, a), endInterface(topology, b)];
  if (ends.some((end) => end === null || end.device !== undefined)) return false;
  return endpointCountOf(topology) === 2 * topology.links.length;
}

/** Interfaces without a link, of hosts and routers and switches alike. */
export function checkUnwired(topology: Topology): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const [node, { interfaces }] of Object.entries(topology.nodes)) {
    for (const [ifname, { device }] of Object.entries(interfaces)) {
      if (device !== undefined || linkAtEndpoint(topology, `${node}:${ifname}`) !== null) continue;
      const detail = `${node}:${ifname} is not in the kernel until it is wired.`;
      found.push(diagnostic('interface.unwired', ['nodes', node, 'interfaces', ifname], detail));
    }
  }
  return found;
}

function endInterface(topology: Topology, endpoint: string): Interface | null {
  const colon = endpoint.indexOf(':');
  return interfaceOf(topology, endpoint.slice(0, colon), endpoint.slice(colon + 1));
}

function endProblems(topology: Topology, link: Link, index: number, users: ReadonlyMap<string, number>): Diagnostic[] {
  const found: Diagnostic[] = [];
  const [a, b] = link.endpoints;
  if (a === b) {
    found.push(diagnostic('link.self', ['links', index, 'endpoints', 1], `Both ends are ${a}.`));
  }
  for (const [end, endpoint] of link.endpoints.entries()) {
    const path = ['links', index, 'endpoints', end];
    const colon = endpoint.indexOf(':');
    const name = endpoint.slice(0, colon);
    const ifname = endpoint.slice(colon + 1);
    const node = nodeOf(topology, name);
    if (node === null) {
      found.push(diagnostic('link.node-missing', path, `There is no node ${name}.`));
    } else if (!Object.hasOwn(node.interfaces, ifname)) {
      found.push(diagnostic('link.interface-missing', path, `${name} has no interface ${ifname}.`));
    } else {
      const { device } = node.interfaces[ifname] ?? {};
      if (device !== undefined) {
        found.push(diagnostic('device.wired', path, `${endpoint} is a ${device.kind} interface.`));
      }
    }
    const user = users.get(endpoint);
    if (user !== undefined) {
      const other = topology.links[user]?.endpoints.join(' and ') ?? '';
      found.push(diagnostic('link.interface-taken', path, `${endpoint} is used by the link between ${other}.`));
    }
  }
  return found;
}

function valueProblems(link: Link, path: DocumentPath, ends: readonly (Interface | null)[]): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  if (link.label !== undefined) {
    const label = parseText(link.label);
    if (!label.ok) found.push(diagnosticAt([...path, 'label'], label.problem));
  }
  const { mtu } = link;
  if (mtu === undefined) return found;
  const problem = mtuProblem(mtu);
  if (problem !== null) found.push(diagnosticAt([...path, 'mtu'], problem));
  else if (mtu < minimumMtuIpv6) {
    const end = ends.findIndex((iface) => iface !== null && iface.mtu === undefined && carriesIpv6(iface));
    if (end >= 0) {
      const detail = `With an MTU of ${mtu} the kernel would delete the IPv6 addresses of ${link.endpoints[end]}.`;
      found.push(diagnostic('mtu.ipv6', [...path, 'mtu'], detail, { label: 'Use 1280', value: '1280' }));
    }
  }
  return found;
}

/** An interface with unreadable addresses is told elsewhere. */
function carriesIpv6(iface: Interface): boolean {
  return iface.addresses.some((address) => address.includes(':')) && hasFamily(iface, 6);
}
