import type { Diagnostic } from '../model/diagnostic.js';
import { coordinateProblem } from '../model/parse-values.js';
import { diagnostic, diagnosticAt } from '../model/problem.js';
import type { Topology } from '../model/topology.js';

/** Places on the canvas: their nodes exist, and they are numbers that a drawing can have. */
export function checkPositions(topology: Topology): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const { nodes } = topology;
  for (const [name, position] of Object.entries(topology.canvas.nodes)) {
    const path = ['canvas', 'nodes', name];
    if (!Object.hasOwn(nodes, name)) {
      found.push(diagnostic('canvas.node-missing', path, `There is no node ${name}.`));
    }
    for (const axis of ['x', 'y'] as const) {
      const problem = coordinateProblem(position[axis]);
      if (problem !== null) found.push(diagnosticAt([...path, axis], problem));
    }
  }
  return found;
}
