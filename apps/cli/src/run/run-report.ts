import type { ApplyReport } from '@vethlab/protocol';

/** What `--report` writes; part of the public contract. */
export interface RunReport {
  readonly vethlab: 1;
  /** Name of the lab. */
  readonly lab: string;
  readonly plan: { readonly steps: number };
  readonly apply: {
    /** From the first to the last kernel operation. */
    readonly ms: number;
    readonly operations: number;
    readonly failures: readonly { readonly object: string; readonly message: string }[];
  };
  readonly verify: { readonly differences: readonly string[] };
  /** `exitCode` is null when the command was not run. */
  readonly command: { readonly exitCode: number | null };
}

export function runReport(lab: string, report: ApplyReport, exitCode: number | null): RunReport {
  return {
    vethlab: 1,
    lab,
    plan: { steps: report.steps },
    apply: {
      ms: report.ms,
      operations: report.operations,
      failures: report.failures.map(({ step, message }) => ({ object: step.object, message })),
    },
    verify: { differences: report.differences },
    command: { exitCode },
  };
}
