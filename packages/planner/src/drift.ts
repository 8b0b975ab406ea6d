import type { Observed } from '@vethlab/observed';
import type { Topology } from '@vethlab/topology';
import { desiredNamespace } from './desired/desired-of.js';
import type { Operation, Plan, Step } from './plan.js';
import type { PlanInput } from './plan-input.js';
import { planLab } from './plan-lab.js';
import type { Scope } from './scope.js';
import { textOf } from './stages/configure-routes.js';

/** A difference between document and kernel that no edit made. */
export interface Drift {
  readonly kind: 'missing' | 'changed' | 'unexpected';
  readonly namespace: string;
  readonly ifname?: string;
  /** For people: `route default via 192.168.1.254 is gone`. */
  readonly description: string;
  /** The step that brings the kernel back to the document; what it depends on has to be done too. */
  readonly repair: Step;
}

/** What to plan for when drift is looked for or repaired: everything that the document does not know goes too. */
export function repairInput(topology: Topology, observed: Observed, scope?: Scope): PlanInput {
  return { topology, previous: topology, observed, unmanaged: 'remove', ...(scope === undefined ? {} : { scope }) };
}

/** Everything in which the kernel differs from the document, one item per step of the repair, in its order. */
export function driftOf(input: {
  readonly topology: Topology;
  readonly observed: Observed;
  readonly scope?: Scope;
}): readonly Drift[] {
  return driftOfPlan(input.topology, planLab(repairInput(input.topology, input.observed, input.scope)));
}

/** The same for a repair plan that is already made (in slices, for a large lab) from `repairInput`. */
export function driftOfPlan(topology: Topology, plan: Plan): readonly Drift[] {
  return plan.steps.map((step) => driftItem(topology, step));
}

function driftItem(topology: Topology, repair: Step): Drift {
  const { operation } = repair;
  const namespace = operation.op === 'add-veth' ? operation.ends[0].namespace : operation.namespace;
  const ifname = ifnameOf(operation);
  return {
    kind: kindOf(topology, repair),
    namespace,
    ...(ifname === undefined ? {} : { ifname }),
    description: describe(repair),
    repair,
  };
}

function ifnameOf(operation: Operation): string | undefined {
  switch (operation.op) {
    case 'add-veth':
      return operation.ends[0].ifname;
    case 'add-bridge':
    case 'add-device':
    case 'set-device':
    case 'remove-interface':
    case 'rename-interface':
    case 'set-interface':
    case 'limit-rate':
    case 'set-impairment':
    case 'set-bridge':
    case 'add-port-vlans':
    case 'remove-port-vlans':
    case 'add-address':
    case 'remove-address':
      return operation.ifname;
    case 'set-route':
    case 'remove-route':
      return operation.route.dev;
    default:
      return undefined;
  }
}

function kindOf(topology: Topology, { action, operation }: Step): Drift['kind'] {
  if (action === 'add') return 'missing';
  if (action === 'change') return 'changed';
  if (operation.op !== 'remove-interface') return 'unexpected';
  // An interface in the place of a wanted one: it is there, and it is not as it should be.
  const desired = desiredNamespace(topology, operation.namespace);
  const isWanted = desired?.bridge === operation.ifname || desired?.interfaces.has(operation.ifname);
  return isWanted ? 'changed' : 'unexpected';
}

function describe({ action, object, reason, operation }: Step): string {
  switch (operation.op) {
    case 'set-route':
      return action === 'add' ? `route ${textOf(operation.route)} is gone` : reason;
    case 'set-interface':
    case 'set-device':
    case 'limit-rate':
    case 'set-impairment':
    case 'set-bridge':
    case 'add-port-vlans':
    case 'remove-port-vlans':
    case 'skip-dad':
    case 'set-forwarding':
    case 'remove-interface':
    case 'set-rules':
      return reason;
    default:
      return action === 'add' ? `${object} is gone` : `${object} is not in the lab`;
  }
}
