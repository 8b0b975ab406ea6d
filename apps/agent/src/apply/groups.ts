import type { Operation, Step } from '@vethlab/planner';

/**
 * Where a run of steps is carried out: rtnetlink of one namespace, rtnetlink of the root namespace (veth pairs, whose two ends
 * are elsewhere), or the files of a namespace (its name, its sysctls).
 */
export type Place =
  | { readonly kind: 'namespace'; readonly name: string }
  | { readonly kind: 'root' }
  | { readonly kind: 'files' };

/** Steps that follow each other in the plan and go to the same place: one `sendmsg`. */
export interface StepGroup {
  readonly place: Place;
  readonly steps: readonly Step[];
  /** May run while other such groups run: it touches its own namespace only. */
  readonly independent: boolean;
}

/** Requests per `sendmsg`: enough that the call costs nothing, few enough that encoding them takes a millisecond and progress is seen. */
const mostRequests = { root: 50, namespace: 128, files: Number.POSITIVE_INFINITY } as const;

const ownNamespaceOnly: ReadonlySet<Operation['op']> = new Set([
  'add-bridge',
  'set-interface',
  'limit-rate',
  'add-address',
  'remove-address',
  'set-route',
  'remove-route',
]);

/** Cuts a plan into groups without changing its order. */
export function groupSteps(steps: readonly Step[]): StepGroup[] {
  const groups: { place: Place; steps: Step[]; independent: boolean }[] = [];
  for (const step of steps) {
    const place = placeOf(step.operation);
    const last = groups.at(-1);
    if (last !== undefined && samePlace(last.place, place) && last.steps.length < mostRequests[place.kind]) {
      last.steps.push(step);
      last.independent &&= ownNamespaceOnly.has(step.operation.op);
    } else {
      groups.push({ place, steps: [step], independent: ownNamespaceOnly.has(step.operation.op) });
    }
  }
  return groups;
}

function placeOf(operation: Operation): Place {
  switch (operation.op) {
    case 'add-namespace':
    case 'rename-namespace':
    case 'remove-namespace':
    case 'set-forwarding':
      return { kind: 'files' };
    case 'add-veth':
      return { kind: 'root' };
    default:
      return { kind: 'namespace', name: operation.namespace };
  }
}

function samePlace(a: Place, b: Place): boolean {
  return a.kind === b.kind && (a.kind !== 'namespace' || b.kind !== 'namespace' || a.name === b.name);
}
