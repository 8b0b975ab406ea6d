import type { Diagnostic } from '../model/diagnostic.js';
import { maximumLinks, maximumNodes, maximumProbes } from '../model/limits.js';
import { parseText } from '../model/parse-names.js';
import { diagnostic, diagnosticAt } from '../model/problem.js';
import { nodeOrderOf } from '../model/replaced-nodes.js';
import type { Topology } from '../model/topology.js';
import { checkCommandCount } from './check-commands.js';
import { differenceOf } from './difference.js';
import {
  addressesPart,
  apartPart,
  linksPart,
  loopsPart,
  nodesPart,
  outsidePart,
  type Parts,
  positionsPart,
  probesPart,
  unwiredPart,
} from './parts.js';

const known = new WeakMap<Topology, readonly Diagnostic[]>();
const knownParts = new WeakMap<Topology, Parts>();

/**
 * Everything that can be said of a document: errors first, then warnings, then infos, each in document order.
 * The work is kept, so that after an edit only what was touched is looked at again.
 *
 * @param previous a document that was validated before and differs little: what is decided by parts that both have alike is
 *   taken from there
 */
export function validate(topology: Topology, previous?: Topology): readonly Diagnostic[] {
  const work = validateInParts(topology, previous);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** The same with a stop after each part, for who must not work on a large document at a stretch. The document must not change meanwhile. */
export function* validateInParts(topology: Topology, previous?: Topology): Generator<void, readonly Diagnostic[]> {
  const cached = known.get(topology);
  if (cached !== undefined) return cached;
  const before = previous === undefined ? undefined : knownParts.get(previous);
  const difference = previous === undefined || before === undefined ? null : differenceOf(topology, previous);
  const since =
    previous === undefined || before === undefined || difference === null ? null : { previous, before, difference };
  const nodes = nodesPart(topology, since);
  yield;
  const positions = positionsPart(topology, since);
  const links = linksPart(topology, since);
  yield;
  const probes = probesPart(topology, since);
  const isApart = apartPart(topology, since);
  yield;
  const counts = [...checkLab(topology), ...checkCommandCount(topology, previous)];
  yield;
  const parts: Parts = {
    nodes,
    positions,
    links,
    probes,
    isApart,
    addresses: null,
    loops: null,
    unwired: null,
    outside: null,
  };
  const found = [...counts, ...parts.nodes, ...parts.positions, ...parts.links, ...parts.probes];
  // What records mean to each other is only asked of records that are sound by themselves.
  if (!found.some((entry) => entry.severity === 'error')) {
    parts.addresses = addressesPart(topology, since, parts.isApart);
    yield;
    parts.loops = loopsPart(topology, since);
    yield;
    parts.unwired = unwiredPart(topology, since);
    yield;
    parts.outside = outsidePart(topology, since);
    found.push(...parts.addresses, ...parts.loops, ...parts.unwired, ...(parts.outside ?? []));
  }
  knownParts.set(topology, parts);
  const ordered = (['error', 'warning', 'info'] as const).flatMap((severity) =>
    found.filter((entry) => entry.severity === severity),
  );
  known.set(topology, ordered);
  return ordered;
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
