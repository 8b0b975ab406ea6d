import type { Step } from '@vethlab/planner';

/** What became of a step. A failed step carries the kernel's errno name and message. */
export type StepOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly errno: string | null; readonly message: string }
  /** Not tried, because a step it depends on failed. */
  | { readonly kind: 'skipped'; readonly because: string };

export const done: StepOutcome = { kind: 'done' };

export interface ApplyOutcome {
  readonly outcomes: ReadonlyMap<Step, StepOutcome>;
  /** Kernel operations tried. */
  readonly operations: number;
  /** From the first to the last kernel operation. */
  readonly ms: number;
}

/** Errors that mean a removal has nothing left to remove: it went with its parent. */
const goneAlready: ReadonlySet<string> = new Set(['ENODEV', 'ESRCH', 'ENOENT', 'EADDRNOTAVAIL', 'ENXIO']);

export function outcomeOfError(step: Step, error: unknown): StepOutcome {
  const code = errorCode(error);
  if (step.action === 'remove' && code !== null && goneAlready.has(code)) return done;
  return { kind: 'failed', errno: code, message: error instanceof Error ? error.message : String(error) };
}

function errorCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
