import { commandsOf, type Step } from '@vethlab/planner';
import type { ApplyReport, StepFailure } from '@vethlab/protocol';
import type { ApplyOutcome } from '../apply/outcome.js';

/** Steps kept for "the last change": more than a person reads, few enough for one message. */
const mostStepsTold = 500;

/** Failures told one by one; a thousand failed steps nearly always have one cause. */
const mostFailuresTold = 50;

/** One or more rounds of plan and apply, told as one. */
export class ReportBuilder {
  readonly #steps: Step[] = [];
  readonly #failures: StepFailure[] = [];
  #count = 0;
  #operations = 0;
  #ms = 0;

  add(steps: readonly Step[], { outcomes, operations, ms }: ApplyOutcome): void {
    this.#count += steps.length;
    this.#operations += operations;
    this.#ms += ms;
    this.#steps.push(...steps.slice(0, Math.max(0, mostStepsTold - this.#steps.length)));
    const skipped = new Map<string, string[]>();
    for (const step of steps) {
      const outcome = outcomes.get(step);
      if (outcome?.kind !== 'skipped') continue;
      const root = skipped.get(outcome.because);
      if (root === undefined) skipped.set(outcome.because, [step.id]);
      else root.push(step.id);
    }
    for (const step of steps) {
      const outcome = outcomes.get(step);
      if (outcome?.kind !== 'failed' || this.#failures.length >= mostFailuresTold) continue;
      this.#failures.push({
        step,
        errno: outcome.errno,
        message: outcome.message,
        commands: commandsOf(step.operation),
        skipped: dependents(step.id, skipped),
      });
    }
  }

  get failed(): boolean {
    return this.#failures.length > 0;
  }

  finish(revision: number, differences: readonly string[]): ApplyReport {
    return {
      revision,
      steps: this.#count,
      operations: this.#operations,
      ms: this.#ms,
      failures: this.#failures,
      differences,
      plan: this.#steps,
    };
  }
}

/** A report of an apply that could not even be tried: the reason stands where differences are told. */
export function failedReport(revision: number, reason: string): ApplyReport {
  return { revision, steps: 0, operations: 0, ms: 0, failures: [], differences: [reason], plan: [] };
}

/** Everything that was skipped because of a step, directly or through another skipped one. */
function dependents(id: string, skipped: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const step of skipped.get(next) ?? []) {
      found.push(step);
      open.push(step);
    }
  }
  return found;
}
