import { cidrNumberOf, networkBounds } from '../addressing/ip-number.js';
import { freeOutsideSubnet, outsideOf } from '../addressing/outside-subnet.js';
import type { Diagnostic, DocumentPath, Fix } from '../model/diagnostic.js';
import { maximumPort } from '../model/limits.js';
import type { NodeName } from '../model/names.js';
import { parseOutsideSubnet } from '../model/parse-outside.js';
import { portProblem } from '../model/parse-values.js';
import { diagnostic, diagnosticAt } from '../model/problem.js';
import type { Node, Topology } from '../model/topology.js';
import { nodeEntries } from '../model/topology-access.js';
import { connectedAddresses } from './connected-subnets.js';

/** What one node says about the world outside. */
export function outsideDiagnostics(path: DocumentPath, name: string, node: Node): readonly Diagnostic[] {
  if (!isOutward(node) && node.hostPorts === undefined && node.subnet === undefined) return [];
  const found: Diagnostic[] = [];
  if (node.kind !== 'internet') {
    for (const field of ['hostPorts', 'subnet'] as const) {
      if (node[field] === undefined) continue;
      const detail = `${name} is a ${node.kind}; "${field}" belongs to the way out of an internet node.`;
      found.push(diagnostic('outside.kind', [...path, field], detail));
    }
  }
  found.push(...portDiagnostics([...path, 'hostPorts'], node.hostPorts ?? []));
  if (node.subnet !== undefined) {
    const parsed = parseOutsideSubnet(node.subnet);
    if (!parsed.ok) found.push(diagnosticAt([...path, 'subnet'], parsed.problem));
  }
  if (node.publish === undefined) return found;
  if (node.kind === 'switch') {
    found.push(diagnostic('publish.on-switch', [...path, 'publish'], `${name} is a switch: no program runs in it.`));
  }
  for (const [index, { port, at }] of node.publish.entries()) {
    for (const [field, value] of [
      ['port', port],
      ['at', at],
    ] as const) {
      const problem = portProblem(value);
      if (problem !== null) found.push(diagnosticAt([...path, 'publish', index, field], problem));
    }
  }
  return found;
}

/** Whether a node has to do with the world outside: then it matters what others say. */
export function isOutward(node: Node | null): boolean {
  return node !== null && (node.kind === 'internet' || node.publish !== undefined);
}

/**
 * What nodes mean to each other outside: ports of the machine are published once, and no lab uses the subnet of its way out.
 * Null when no node has to do with it.
 */
export function checkOutside(topology: Topology): readonly Diagnostic[] | null {
  const outward = nodeEntries(topology).filter(([, node]) => isOutward(node));
  if (outward.length === 0) return null;
  return [...publishedTwice(outward), ...outward.flatMap(([name, node]) => overlaps(topology, name, node))];
}

function publishedTwice(outward: readonly (readonly [string, Node])[]): readonly Diagnostic[] {
  const owners = new Map<number, string>();
  for (const [name, node] of outward)
    for (const { at } of node.publish ?? []) if (!owners.has(at)) owners.set(at, name);
  const seen = new Set<number>();
  const found: Diagnostic[] = [];
  for (const [name, node] of outward) {
    for (const [index, { at }] of (node.publish ?? []).entries()) {
      if (seen.has(at)) {
        const owner = owners.get(at);
        const by = owner === name ? `${name} itself` : owner;
        const value = `${freePort(at, (port) => owners.has(port))}`;
        const detail = `Port ${at} of the machine is published by ${by} already.`;
        found.push(
          diagnostic('publish.taken', ['nodes', name, 'publish', index, 'at'], detail, {
            label: `Use ${value}`,
            value,
          }),
        );
      }
      seen.add(at);
    }
  }
  return found;
}

function freePort(near: number, isTaken: (port: number) => boolean): number {
  for (let port = near + 1; port <= maximumPort; port += 1) if (!isTaken(port)) return port;
  for (let port = near - 1; port >= 1; port -= 1) if (!isTaken(port)) return port;
  return near;
}

function overlaps(topology: Topology, name: NodeName, node: Node): readonly Diagnostic[] {
  if (node.kind !== 'internet') return [];
  const outside = outsideOf(node);
  const { first, last } = networkBounds(cidrNumberOf(outside));
  for (const [other, record] of nodeEntries(topology)) {
    const use = connectedAddresses(record).find(
      ({ address }) => address.family === 4 && address.first <= last && first <= address.last,
    );
    if (use === undefined) continue;
    const detail = `${other}:${use.ifname} is in ${use.address.subnet}, and the way out of ${name} has ${outside}: packets for one of them would take the other.`;
    return [diagnostic('outside.overlap', ['nodes', name, 'subnet'], detail, useFreeSubnet(topology, name))];
  }
  return [];
}

function useFreeSubnet(topology: Topology, node: NodeName): Fix | undefined {
  const subnet = freeOutsideSubnet(topology);
  if (subnet === null) return undefined;
  return { label: `Use ${subnet}`, value: subnet, edit: { type: 'set-outside', node, subnet } };
}

function portDiagnostics(path: DocumentPath, ports: readonly number[]): readonly Diagnostic[] {
  return ports.flatMap((port, index) => {
    const problem = portProblem(port);
    if (problem !== null) return [diagnosticAt([...path, index], problem)];
    if (ports.indexOf(port) === index) return [];
    return [diagnostic('port.repeated', [...path, index], `${port} is there already.`)];
  });
}
