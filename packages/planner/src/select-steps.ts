import type { Plan } from './plan.js';

/**
 * The part of a plan with these steps and everything they depend on, in the plan's order. Ids that the plan does not
 * have are left out.
 */
export function selectSteps(plan: Plan, ids: ReadonlySet<string>): Plan {
  const wanted = new Set<string>();
  // What a step depends on comes before it, so one walk from the end sees every dependency.
  for (const step of plan.steps.toReversed()) {
    if (!ids.has(step.id) && !wanted.has(step.id)) continue;
    wanted.add(step.id);
    for (const id of step.dependsOn) wanted.add(id);
  }
  return { steps: plan.steps.filter((step) => wanted.has(step.id)) };
}
