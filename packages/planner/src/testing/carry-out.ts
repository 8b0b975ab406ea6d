import type { Observed } from '@vethlab/observed';
import type { Plan, Step } from '../plan.js';
import { SimulatedKernel, type SimulatedKernelOptions } from './simulated-kernel.js';

export interface CarriedOut {
  readonly observed: Observed;
  readonly failures: readonly { readonly step: Step; readonly errno: string }[];
  /** Steps that were not tried, because one they depend on failed. */
  readonly skipped: readonly Step[];
  /** Steps after which the kernel was as before. */
  readonly useless: readonly Step[];
}

/** Carries out a plan on a simulated kernel, as the agent does: what depends on a failed step is not tried. */
export function carryOut(plan: Plan, observed: Observed, options?: SimulatedKernelOptions): CarriedOut {
  const kernel = new SimulatedKernel(observed, options);
  const failures: { step: Step; errno: string }[] = [];
  const skipped: Step[] = [];
  const useless: Step[] = [];
  const done = new Set<string>();
  let before = JSON.stringify(kernel.look());
  for (const step of plan.steps) {
    if (!step.dependsOn.every((id) => done.has(id))) {
      skipped.push(step);
      continue;
    }
    const errno = kernel.apply(step.operation);
    if (errno !== null) {
      failures.push({ step, errno });
      continue;
    }
    done.add(step.id);
    const after = JSON.stringify(kernel.look());
    // A setting that no look shows is not useless for that.
    if (after === before && step.operation.op !== 'skip-dad') useless.push(step);
    before = after;
  }
  return { observed: kernel.look(), failures, skipped, useless };
}
