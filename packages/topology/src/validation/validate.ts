import type { Diagnostic } from '../model/diagnostic.js';
import { maximumLinks, maximumNodes, maximumProbes } from '../model/limits.js';
import { parseText } from '../model/parse-names.js';
import { coordinateProblem } from '../model/parse-values.js';
import { diagnostic, diagnosticAt } from '../model/problem.js';
import type { Topology } from '../model/topology.js';
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
  const found = [...checkLab(topology), ...checkNodes(topology), ...checkLinks(topology), ...checkProbes(topology)];
  // What records mean to each other is only asked of records that are sound by themselves.
  if (!found.some((entry) => entry.severity === 'error')) {
    found.push(...checkWiring(topology, previous));
  }
  const ordered = (['error', 'warning', 'info'] as const).flatMap((severity) =>
    found.filter((entry) => entry.severity === severity),
  );
  known.set(topology, ordered);
  return ordered;
}

const knownWiring = new WeakMap<Topology, readonly Diagnostic[]>();

/** What addresses and links mean to each other. Nothing else in a document has a say in it. */
function checkWiring(topology: Topology, previous: Topology | undefined): readonly Diagnostic[] {
  const before = previous === undefined ? undefined : knownWiring.get(previous);
  const found =
    before !== undefined && previous !== undefined && hasSameWiring(topology, previous)
      ? before
      : [...checkAddresses(topology), ...checkSwitchLoops(topology), ...checkUnwired(topology)];
  knownWiring.set(topology, found);
  return found;
}

function hasSameWiring(a: Topology, b: Topology): boolean {
  if (a.links !== b.links) return false;
  if (a.nodes === b.nodes) return true;
  const before = Object.entries(b.nodes);
  const after = Object.entries(a.nodes);
  if (before.length !== after.length) return false;
  return after.every(([name, node], index) => {
    const [oldName, old] = before[index] ?? [];
    if (oldName !== name || old === undefined) return false;
    return old === node || (old.interfaces === node.interfaces && old.kind === node.kind);
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
    ['limit.nodes', 'nodes', Object.keys(topology.nodes).length, maximumNodes],
    ['limit.links', 'links', topology.links.length, maximumLinks],
    ['limit.probes', 'probes', topology.probes.length, maximumProbes],
  ] as const;
  for (const [code, field, count, limit] of limits) {
    if (count > limit) found.push(diagnostic(code, [field], `There are ${count} ${field}; at most ${limit} fit.`));
  }
  return found;
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
