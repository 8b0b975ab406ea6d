import { commandsOf } from '../commands/commands-of.js';
import type { Diagnostic, DocumentPath } from '../model/diagnostic.js';
import { maximumArguments, maximumCommands, maximumLabCommands } from '../model/limits.js';
import { parseArgument, runProblem } from '../model/parse-arguments.js';
import { parseCommandName } from '../model/parse-names.js';
import { diagnostic, diagnosticAt } from '../model/problem.js';
import { changedSince, findNode } from '../model/replaced-nodes.js';
import type { Node, Topology } from '../model/topology.js';
import { vrfOf, vrfsOf } from '../model/vrfs.js';

/** The commands of one node: names, argument lists, VRFs, and how many there are. */
export function commandDiagnostics(nodePath: DocumentPath, node: Node): readonly Diagnostic[] {
  if (node.commands === undefined) return [];
  const path = [...nodePath, 'commands'];
  const commands = Object.entries(commandsOf(node));
  const found: Diagnostic[] = [];
  if (commands.length > maximumCommands) found.push(tooMany(path, commands.length, maximumCommands));
  for (const [name, { run, vrf }] of commands) {
    const parsed = parseCommandName(name);
    if (!parsed.ok) found.push(diagnosticAt([...path, name], parsed.problem));
    if (vrf !== undefined && vrfOf(node, vrf) === null) {
      const names = Object.keys(vrfsOf(node));
      const detail = `${nodePath.at(-1)} has no VRF ${vrf}; it has ${names.length > 0 ? names.join(', ') : 'none'}.`;
      found.push(diagnostic('command.vrf-missing', [...path, name, 'vrf'], detail));
    }
    const at = [...path, name, 'run'];
    const problem = runProblem(run);
    if (problem !== null) found.push(diagnosticAt(at, problem));
    if (run.length > maximumArguments) found.push(tooMany(at, run.length, maximumArguments));
    for (const [index, argument] of run.entries()) {
      const checked = parseArgument(argument);
      if (!checked.ok) found.push(diagnosticAt([...at, index], checked.problem));
    }
  }
  return found;
}

const knownCounts = new WeakMap<Topology, number>();

/** Whether the lab has more commands than a sandbox can hold. `previous` was checked before, and differs little. */
export function checkCommandCount(topology: Topology, previous?: Topology): readonly Diagnostic[] {
  const count = countCommands(topology, previous);
  knownCounts.set(topology, count);
  if (count <= maximumLabCommands) return [];
  return [diagnostic('limit.commands', ['nodes'], `There are ${count}; at most ${maximumLabCommands} fit.`)];
}

/** Counted from what it was before where it can be: asking a large document for all its nodes costs more than most edits. */
function countCommands(topology: Topology, previous: Topology | undefined): number {
  const before = previous === undefined ? undefined : knownCounts.get(previous);
  const replaced = previous === undefined ? null : changedSince(topology, previous);
  if (before === undefined || replaced === null || previous === undefined) {
    return Object.values(topology.nodes).reduce((sum, node) => sum + sizeOf(node), 0);
  }
  return [...replaced].reduce(
    (sum, name) => sum + sizeOf(findNode(topology, name)) - sizeOf(findNode(previous, name)),
    before,
  );
}

function sizeOf(node: Node | null): number {
  return node?.commands === undefined ? 0 : Object.keys(node.commands).length;
}

function tooMany(path: DocumentPath, count: number, limit: number): Diagnostic {
  return diagnostic('limit.items', path, `There are ${count}; at most ${limit} fit.`);
}
