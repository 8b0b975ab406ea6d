import type { Step } from '@vethlab/planner';

export const actionLooks = {
  add: { sign: '+', word: 'add', colour: 'text-up' },
  change: { sign: '~', word: 'change', colour: 'text-drift' },
  remove: { sign: '−', word: 'remove', colour: 'text-failing' },
} as const;

export interface StepGroup {
  /** The namespace the steps work in; the first of the two for a veth pair. */
  readonly namespace: string;
  readonly steps: readonly Step[];
}

/** Steps by namespace, each in the order of the plan; groups in the order of their first step. */
export function groupSteps(steps: readonly Step[]): readonly StepGroup[] {
  const groups = new Map<string, Step[]>();
  for (const step of steps) {
    const { operation } = step;
    const namespace = operation.op === 'add-veth' ? operation.ends[0].namespace : operation.namespace;
    const group = groups.get(namespace);
    if (group === undefined) groups.set(namespace, [step]);
    else group.push(step);
  }
  return [...groups].map(([namespace, grouped]) => ({ namespace, steps: grouped }));
}

/** `3 to add, 1 to change`. */
export function countText(steps: readonly Step[]): string {
  const parts = (['add', 'change', 'remove'] as const).flatMap((action) => {
    const count = steps.filter((step) => step.action === action).length;
    return count === 0 ? [] : [`${count} to ${actionLooks[action].word}`];
  });
  return parts.length === 0 ? 'nothing to do' : parts.join(', ');
}
