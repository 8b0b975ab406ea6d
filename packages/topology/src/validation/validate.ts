import type { Diagnostic } from '../model/diagnostic.js';
import { maximumLinks, maximumNodes, maximumProbes } from '../model/limits.js';
import { parseText } from '../model/parse-names.js';
import { coordinateProblem } from '../model/parse-values.js';
import { diagnostic, diagnosticAt } from '../model/problem.js';
import { findNode, nodeOrderOf, replacedSince } from '../model/replaced-nodes.js';
import type { Node, Topology } from '../model/topology.js';
import { checkAddresses } from './check-addresses.js';
import { checkLinks, checkUnwired } from './check-links.js';
import { checkNode } from './check-node.js';
import { checkProbes } from './check-probes.js';
import { checkSwitchLoops } from './check-switch-loops.js';

const known = new WeakMap<Topology, readonly Diagnostic[]>();

/**
 * Everything that can be said of a document: errors first, then warnings, then infos, each in document order.
 * The work is kept by record, so that after an edit only what was touched is looked at again.
 *
 * @param previous a document that was validated before and differs little: what only interfaces and links decide is
 *   taken from there when both have the same
 */
export function validate(topology: Topology, previous?: Topology): readonly Diagnostic[] {
  const cached = known.get(topology);
  if (cached !== undefined) return cached;
  const alike = previous !== undefined && hasSameWiring(topology, previous) ? previous : null;
  const links = linksOf(topology, alike);
  const nodes = nodesOf(topology, previous);
  const found = [...checkLab(topology), ...nodes, ...links, ...probesOf(topology, alike)];
  // What records mean to each other is only asked of records that are sound by themselves.
  if (!found.some((entry) => entry.severity === 'error')) {
    found.push(...wiringOf(topology, alike));
  }
  const ordered = (['error', 'warning', 'info'] as const).flatMap((severity) =>
    found.filter((entry) => entry.severity === severity),
  );
  known.set(topology, ordered);
  return ordered;
}

const knownLinks = new WeakMap<Topology, readonly Diagnostic[]>();
const knownWiring = new WeakMap<Topology, readonly Diagnostic[]>();

/** What is said of links. `alike` has the same wiring; only an MTU of a link also looks into the interfaces it ends at. */
function linksOf(topology: Topology, alike: Topology | null): readonly Diagnostic[] {
  const before = alike === null ? undefined : knownLinks.get(alike);
  const found =
    before !== undefined && topology.links.every((link) => link.mtu === undefined) ? before : checkLinks(topology);
  knownLinks.set(topology, found);
  return found;
}

/** What addresses and links mean to each other. Nothing else in a document has a say in it. */
function wiringOf(topology: Topology, alike: Topology | null): readonly Diagnostic[] {
  const before = alike === null ? undefined : knownWiring.get(alike);
  const found = before ?? [...checkAddresses(topology), ...checkSwitchLoops(topology), ...checkUnwired(topology)];
  knownWiring.set(topology, found);
  return found;
}

const knownProbes = new WeakMap<Topology, readonly Diagnostic[]>();

/** What is said of probes: they and the addresses they go to decide it. */
function probesOf(topology: Topology, alike: Topology | null): readonly Diagnostic[] {
  const before = alike !== null && alike.probes === topology.probes ? knownProbes.get(alike) : undefined;
  const found = before ?? checkProbes(topology);
  knownProbes.set(topology, found);
  return found;
}

/** Whether both have the same links, and the same nodes and interfaces with the same addresses, in the same order. */
function hasSameWiring(a: Topology, b: Topology): boolean {
  if (a.links !== b.links) return false;
  const replaced = replacedSince(a, b);
  if (replaced !== null) {
    return [...replaced].every((name) => {
      const [node, old] = [findNode(a, name), findNode(b, name)];
      return node !== null && old !== null && old.kind === node.kind && hasSameAddresses(old, node);
    });
  }
  const before = Object.entries(b.nodes);
  const after = Object.entries(a.nodes);
  if (before.length !== after.length) return false;
  return after.every(([name, node], index) => {
    const [oldName, old] = before[index] ?? [];
    if (oldName !== name || old === undefined) return false;
    return old === node || (old.kind === node.kind && hasSameAddresses(old, node));
  });
}

/** Lists that no edit wrote are the same object. */
function hasSameAddresses(a: Node, b: Node): boolean {
  if (a.interfaces === b.interfaces) return true;
  const before = Object.entries(a.interfaces);
  const after = Object.entries(b.interfaces);
  if (before.length !== after.length) return false;
  return after.every(([ifname, { addresses }], index) => {
    const [oldName, old] = before[index] ?? [];
    return oldName === ifname && old?.addresses === addresses;
  });
}

/** The errors of a document; a document that the product holds has none. */
export function errorsOf(topology: Topology): readonly Diagnostic[] {
  return validate(topology).filter((entry) => entry.severity === 'error');
}

function checkLab(topology: Topology): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const name = parseText(topology.name);
  if (!name.ok) found.push(diagnosticAt(['name'], name.problem));
  const limits = [
    ['limit.nodes', 'nodes', nodeOrderOf(topology).size, maximumNodes],
    ['limit.links', 'links', topology.links.length, maximumLinks],
    ['limit.probes', 'probes', topology.probes.length, maximumProbes],
  ] as const;
  for (const [code, field, count, limit] of limits) {
    if (count > limit) found.push(diagnostic(code, [field], `There are ${count} ${field}; at most ${limit} fit.`));
  }
  return found;
}

const knownNodes = new WeakMap<Topology, readonly Diagnostic[]>();

/** What is said of nodes by themselves and of their places. Nodes of which nothing was said, and is said, change nothing in it. */
function nodesOf(topology: Topology, previous: Topology | undefined): readonly Diagnostic[] {
  const before = previous === undefined ? undefined : knownNodes.get(previous);
  const found =
    before !== undefined && previous !== undefined && isUnsaid(topology, previous) ? before : checkNodes(topology);
  knownNodes.set(topology, found);
  return found;
}

function isUnsaid(topology: Topology, previous: Topology): boolean {
  if (topology.canvas !== previous.canvas) return false;
  const replaced = replacedSince(topology, previous);
  if (replaced === null) return false;
  const isSound = (name: string, node: Node | null) => node !== null && checkNode(name, node).length === 0;
  return [...replaced].every(
    (name) => isSound(name, findNode(previous, name)) && isSound(name, findNode(topology, name)),
  );
}

function checkNodes(topology: Topology): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const [name, node] of Object.entries(topology.nodes)) {
    for (const entry of checkNode(name, node)) found.push(entry);
  }
  for (const [name, position] of Object.entries(topology.canvas.nodes)) {
    const path = ['canvas', 'nodes', name];
    if (!Object.hasOwn(topology.nodes, name)) {
      found.push(diagnostic('canvas.node-missing', path, `There is no node ${name}.`));
    }
    for (const axis of ['x', 'y'] as const) {
      const problem = coordinateProblem(position[axis]);
      if (problem !== null) found.push(diagnosticAt([...path, axis], problem));
    }
  }
  return found;
}
