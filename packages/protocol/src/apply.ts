import type { Step } from '@vethlab/planner';
import type { Diagnostic } from '@vethlab/topology';

export interface StepFailure {
  readonly step: Step;
  /** `EEXIST`, `ENETUNREACH` …; null when the kernel was not asked. */
  readonly errno: string | null;
  /** The kernel's own message, or why the step was not tried. */
  readonly message: string;
  /** The shell lines that mean the same as the failed step. */
  readonly commands: readonly string[];
  /** Ids of steps that were not tried because they depend on this one. */
  readonly skipped: readonly string[];
}

export interface ApplyReport {
  /** Revision of the document that was applied. */
  readonly revision: number;
  readonly steps: number;
  readonly operations: number;
  /** From the first to the last kernel operation. */
  readonly ms: number;
  readonly failures: readonly StepFailure[];
  /** What a fresh look still finds different after the apply; empty when all is well. */
  readonly differences: readonly string[];
  /** The steps, for "the last change" in the commands panel; at most 500 of them. */
  readonly plan: readonly Step[];
  /** Host runtime: names that belong to somebody else on this machine. When there are any, nothing was run. */
  readonly conflicts?: readonly Diagnostic[];
}

/** A difference between document and kernel that no edit made. */
export interface DriftItem {
  readonly kind: 'missing' | 'changed' | 'unexpected';
  readonly namespace: string;
  readonly ifname?: string;
  /** For people: `route default via 192.168.1.254 is gone`. */
  readonly description: string;
  /** The step that would bring the kernel back to the document. */
  readonly repair: Step;
}
