import { linkAtEndpoint } from '@vethlab/topology';
import type { Plan } from './plan.js';
import type { PlanInput } from './plan-input.js';
import { Planning } from './planning.js';
import { configureNamespace } from './stages/configure.js';
import { configureWayOut } from './stages/configure-way-out.js';
import { makeNamespaces, makeVeths } from './stages/make.js';
import { removeStage } from './stages/remove.js';
import { renameInterfaces, renameNamespaces } from './stages/rename.js';
import { survey } from './stages/survey.js';

/**
 * The smallest list of steps that brings the kernel to the document. Pure and deterministic; never throws for a
 * document that passed validation, whatever the kernel says.
 *
 * Order: what goes; what gets another name; new namespaces; new veth pairs; then everything inside one namespace after
 * another. What the kernel does by itself on the way (see WorkingNamespace) is reckoned with, so that after this plan
 * the next one is empty.
 */
export function planLab(input: PlanInput): Plan {
  const slices = planLabInSlices(input);
  for (;;) {
    const slice = slices.next();
    if (slice.done) return slice.value;
  }
}

/**
 * The same, in slices of one node, interface or link each: the caller decides after each whether to let others run first. The
 * plan is the generator's return value.
 */
export function* planLabInSlices(input: PlanInput): Generator<undefined, Plan> {
  // The index of the links is made with the first question: a few milliseconds of their own.
  linkAtEndpoint(input.topology, '');
  yield;
  const planning = new Planning(input);
  const surveyed = yield* survey(planning);
  const freed = yield* removeStage(planning, surveyed);
  renameNamespaces(planning, freed);
  renameInterfaces(planning, surveyed, freed);
  yield* makeNamespaces(planning, surveyed, freed);
  yield* makeVeths(planning, surveyed, freed);
  for (const name of surveyed.names) {
    yield;
    const desired = planning.desired(name);
    if (desired !== null) yield* configureNamespace(planning, desired, surveyed.extentOf(name), freed);
  }
  for (const name of surveyed.names) {
    const desired = planning.desired(name);
    if (desired !== null) configureWayOut(planning, desired);
  }
  return { steps: planning.steps };
}
