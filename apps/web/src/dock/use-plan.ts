import type { Step } from '@vethlab/planner';
import { useEffect, useState } from 'react';
import { readable } from '../connection';
import { labActions, useLabStore } from '../lab';

/** A burst of edits or of drift asks for one plan, not for many. */
const settleMs = 150;

export interface PlanView {
  /** Null until the first answer. */
  readonly steps: readonly Step[] | null;
  readonly problem: string | null;
}

/** What Apply (held) or a repair (live) would do, asked again whenever that may have changed. */
export function usePlan(): PlanView {
  const revision = useLabStore((lab) => lab.revision);
  const appliedRevision = useLabStore((lab) => lab.appliedRevision);
  const lastApply = useLabStore((lab) => lab.lastApply);
  const drift = useLabStore((lab) => lab.drift);
  const mode = useLabStore((lab) => lab.mode);
  const running = useLabStore((lab) => lab.run.state === 'running' && lab.connection === 'open');
  const [plan, setPlan] = useState<PlanView>({ steps: null, problem: null });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of these is a reason to ask again.
  useEffect(() => {
    if (!running) return;
    let current = true;
    const timer = setTimeout(() => {
      labActions.plan().then(
        (steps) => {
          if (current) setPlan({ steps, problem: null });
        },
        (error: unknown) => {
          if (current) setPlan({ steps: null, problem: readable(error) });
        },
      );
    }, settleMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [revision, appliedRevision, lastApply, drift, mode, running]);
  return plan;
}
