import type { Diagnostic } from '../model/diagnostic.js';
import { maximumLinks, maximumNodes, maximumProbes } from '../model/limits.js';
import { parseText } from '../model/parse-names.js';
import { coordinateProblem } from '../model/parse-values.js';
import { diagnostic, diagnosticAt } from '../model/problem.js';
import { findNode, nodeOrderOf, replacedSince, wiringOf } from '../model/replaced-nodes.js';
import type { Node, Topology } from '../model/topology.js';
import { checkAddresses } from './check-addresses.js';
import { checkCommandCount } from './check-commands.js';
import { checkLinks, checkUnwired } from './check-links.js';
import { checkNode } from './check-node.js';
import { checkProbes } from './check-probes.js';
import { checkSwitchLoops } from './check-switch-loops.js';

const known = new WeakMap<Topology, readonly Diagnostic[]>();

/**
 * Everything that can be said of a document: errors first, then warnings, then infos, each in document order.
 * The work is kept by record, so that after an edit only what was touched is looked at again.
 *
 * @param previous a document that was validated before and differs little: what is decided by parts that both have alike is
 *   taken from there
 */
export function validate(topology: Topology, previous?: Topology): readonly Diagnostic[] {
  const cached = known.get(topology);
  if (cached !== undefined) return cached;
  const parts = previous === undefined ? undefined : knownParts.get(previous);
  const found = partsOf(topology, previous ?? null, parts ?? null);
  knownParts.set(topology, found);
  const counts = [...checkLab(topology), ...checkCommandCount(topology, previous)];
  const said = [...counts, ...found.nodes, ...found.links, ...found.probes];
  // What records mean to each other is only asked of records that are sound by themselves.
  if (!said.some((entry) => entry.severity === 'error')) {
    found.addresses ??= parts?.addresses != null && found.sameAddresses ? parts.addresses : checkAddresses(topology);
    found.wiring ??=
      parts?.wiring != null && found.sameWiring
        ? parts.wiring
        : [...checkSwitchLoops(topology), ...checkUnwired(topology)];
    said.push(...found.addresses, ...found.wiring);
  }
  const ordered = (['error', 'warning', 'info'] as const).flatMap((severity) =>
    said.filter((entry) => entry.severity === severity),
  );
  known.set(topology, ordered);
  return ordered;
}

/** What is said of a document, by what decides it. */
interface Parts {
  readonly nodes: readonly Diagnostic[];
  readonly links: readonly Diagnostic[];
  readonly probes: readonly Diagnostic[];
  /** Null: not asked, because records had errors of their own. */
  addresses: readonly Diagnostic[] | null;
  wiring: readonly Diagnostic[] | null;
  /** Whether the document before had the same links and interfaces; and the same addresses at them. */
  readonly sameWiring: boolean;
  readonly sameAddresses: boolean;
}

const knownParts = new WeakMap<Topology, Parts>();

function partsOf(topology: Topology, previous: Topology | null, before: Parts | null): Parts {
  const sameWiring = previous !== null && wiringOf(topology) === wiringOf(previous);
  const sameAddresses = sameWiring && hasSameAddresses(topology, previous);
  // Only an MTU of a link also looks into the interfaces it ends at.
  const sameLinks = sameWiring && topology.links.every((link) => link.mtu === undefined);
  const sameProbes = sameAddresses && topology.probes === previous?.probes;
  const unsaid = previous !== null && isUnsaid(topology, previous);
  return {
    nodes: before !== null && unsaid ? before.nodes : checkNodes(topology),
    links: before !== null && sameLinks ? before.links : checkLinks(topology),
    probes: before !== null && sameProbes ? before.probes : checkProbes(topology),
    addresses: null,
    wiring: null,
    sameWiring,
    sameAddresses,
  };
}

/** Whether the nodes that were replaced have the same addresses. Lists that no edit wrote are the same object. */
function hasSameAddresses(topology: Topology, previous: Topology): boolean {
  const replaced = replacedSince(topology, previous);
  if (replaced === null) return false;
  return [...replaced].every((name) => {
    const before = findNode(previous, name)?.interfaces ?? {};
    const after = Object.entries(findNode(topology, name)?.interfaces ?? {});
    return after.every(([ifname, { addresses }]) => {
      const old = Object.hasOwn(before, ifname) ? before[ifname] : undefined;
      return old?.addresses === addresses;
    });
  });
}

/** Whether nothing was said, and nothing is said now, of the nodes that were replaced. */
function isUnsaid(topology: Topology, previous: Topology): boolean {
  if (topology.canvas !== previous.canvas) return false;
  const replaced = replacedSince(topology, previous);
  if (replaced === null) return false;
  const isSound = (name: string, node: Node | null) => node !== null && checkNode(name, node).length === 0;
  return [...replaced].every(
    (name) => isSound(name, findNode(previous, name)) && isSound(name, findNode(topology, name)),
  );
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
