import { Slices } from '../timing/slices.js';
import type { StepGroup } from './groups.js';

/**
 * Steps on their way to the kernel at once. It takes them one after another (the rtnl lock), and this thread looks after them only
 * between two turns of making namespaces, some 2 ms apart: so much is given that it does not run out meanwhile (3 groups of 16
 * pairs, or a dozen hosts of 4 steps each). More would only wait, and hold up whoever else needs a thread of the pool.
 */
const mostOnTheirWay = 48;

/** Which groups wait for which others, by their places in the list. */
interface Dependencies {
  /** How many others each group still waits for. */
  readonly waitsFor: number[];
  readonly dependents: readonly (readonly number[])[];
}

/**
 * Runs groups that may run in any order that their steps' dependencies allow. Work on files needs this thread; rtnetlink runs
 * on threads of the pool meanwhile, so that the two halves of making a lab (namespaces; what is in them) overlap.
 */
export async function runTogether(
  groups: readonly StepGroup[],
  run: (group: StepGroup) => Promise<void>,
  slices = new Slices(),
): Promise<void> {
  const { waitsFor, dependents } = await dependenciesOf(groups, slices);
  const here = new Queue();
  const there = new Queue();
  let onTheirWay = 0;
  let finished = 0;
  let wake: (() => void) | null = null;
  let failure: { readonly error: unknown } | null = null;

  const queue = (index: number) => (groups[index]?.place.kind === 'files' ? here : there).push(index);
  const finish = (index: number) => {
    finished += 1;
    for (const dependent of dependents[index] ?? []) {
      const left = (waitsFor[dependent] ?? 0) - 1;
      waitsFor[dependent] = left;
      if (left === 0) queue(dependent);
    }
  };
  const send = () => {
    for (;;) {
      const index = there.first;
      const group = index === undefined ? undefined : groups[index];
      if (index === undefined || group === undefined) return;
      const { length } = group.steps;
      if (onTheirWay > 0 && onTheirWay + length > mostOnTheirWay) return;
      there.shift();
      onTheirWay += length;
      run(group)
        .then(
          () => finish(index),
          (error: unknown) => {
            failure = { error };
          },
        )
        .then(() => {
          onTheirWay -= length;
          send();
          wake?.();
        });
    }
  };

  for (const [index, count] of waitsFor.entries()) if (count === 0) queue(index);
  while (finished < groups.length) {
    send();
    const index = here.shift();
    const group = index === undefined ? undefined : groups[index];
    if (index !== undefined && group !== undefined) {
      await run(group);
      finish(index);
      await new Promise((resolve) => setImmediate(resolve));
    } else if (finished < groups.length) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    if (failure !== null) throw (failure as { readonly error: unknown }).error;
  }
}

async function dependenciesOf(groups: readonly StepGroup[], slices: Slices): Promise<Dependencies> {
  const groupOf = new Map<string, number>();
  for (const [index, { steps }] of groups.entries()) for (const { id } of steps) groupOf.set(id, index);
  const waitsFor: number[] = [];
  const dependents: number[][] = groups.map(() => []);
  const lastInNamespace = new Map<string, number>();
  for (const [index, { place, steps }] of groups.entries()) {
    const needs = new Set<number>();
    for (const { dependsOn } of steps) {
      for (const id of dependsOn) {
        const needed = groupOf.get(id);
        if (needed !== undefined && needed !== index) needs.add(needed);
      }
    }
    // Inside one namespace the plan's order is kept.
    for (const name of namespacesInside(place, steps)) {
      const before = lastInNamespace.get(name);
      if (before !== undefined && before !== index) needs.add(before);
      lastInNamespace.set(name, index);
    }
    waitsFor.push(needs.size);
    for (const needed of needs) dependents[needed]?.push(index);
    await slices.turn();
  }
  await slices.turn();
  return { waitsFor, dependents };
}

/** Namespaces that a group works in; making one is not working in it. */
function namespacesInside(place: StepGroup['place'], steps: StepGroup['steps']): readonly string[] {
  if (place.kind === 'namespace') return [place.name];
  return steps.flatMap(({ operation }) => {
    const { op } = operation;
    const isInside = op === 'set-forwarding' || op === 'skip-dad' || op === 'set-rules' || op === 'remove-table';
    return isInside ? [operation.namespace] : [];
  });
}

/** First in, first out, without moving what is behind. */
class Queue {
  readonly #items: number[] = [];
  #head = 0;

  push(item: number): void {
    this.#items.push(item);
  }

  get first(): number | undefined {
    return this.#items[this.#head];
  }

  shift(): number | undefined {
    const item = this.first;
    if (item !== undefined) this.#head += 1;
    return item;
  }
}
