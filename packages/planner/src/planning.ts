import { namespaceOf, type ObservedNamespace } from '@vethlab/observed';
import { type NodeName, nodeOf } from '@vethlab/topology';
import type { DesiredInterface, DesiredNamespace } from './desired/desired.js';
import { desiredNamespace } from './desired/desired-of.js';
import type { Step } from './plan.js';
import type { PlanInput } from './plan-input.js';
import { type Origins, originsOf } from './state/origins.js';
import { WorkingNamespace } from './state/working-namespace.js';

/** A plan in the making: what is asked, the steps so far, and the kernel as it will be after them. */
export class Planning {
  readonly steps: Step[] = [];
  readonly origins: Origins;
  /** By the name in the kernel before the plan. */
  private readonly before = new Map<string, WorkingNamespace>();
  /** Namespaces that the plan makes, by name. */
  private readonly made = new Map<string, WorkingNamespace>();
  private readonly ids = new Set<string>();
  private readonly nameNow = new Map<string, string>();

  constructor(readonly input: PlanInput) {
    this.origins = originsOf(
      input.renames ?? [],
      (from, to, sources) =>
        nodeOf(input.topology, to) !== null &&
        this.observedNamespace(from) !== null &&
        (this.observedNamespace(to) === null || sources.has(to)),
    );
    for (const [to, from] of this.origins.renamedNodes) this.nameNow.set(from, to);
  }

  /** Adds a step and gives its id back; a second step with the same id gets a number behind it. */
  add(step: Step): string {
    let id = step.id;
    for (let number = 2; this.ids.has(id); number += 1) id = `${step.id}#${number}`;
    this.ids.add(id);
    this.steps.push(id === step.id ? step : { ...step, id });
    return id;
  }

  /** What the new document implies for a node. */
  desired(name: string): DesiredNamespace | null {
    return desiredNamespace(this.input.topology, name, this.input.missing);
  }

  /**
   * What the last applied document implied for a namespace of the kernel: what is in it is ours. Also found when the
   * namespace bears its new name already, because a plan was carried out in part.
   */
  ours(nameInKernel: string | null): DesiredNamespace | null {
    const { previous, missing } = this.input;
    if (previous === null || nameInKernel === null) return null;
    const asked = this.origins.askedNodes.get(nameInKernel);
    return (
      desiredNamespace(previous, nameInKernel, missing) ??
      (asked === undefined ? null : desiredNamespace(previous, asked, missing))
    );
  }

  /** The same for an interface. */
  oursInterface(nameInKernel: string | null, ifnameInKernel: string | null): DesiredInterface | null {
    const ours = this.ours(nameInKernel);
    if (ours === null || nameInKernel === null || ifnameInKernel === null) return null;
    const asked = this.origins.renamedInterfaces(nameInKernel).get(ifnameInKernel);
    return ours.interfaces.get(ifnameInKernel) ?? ours.interfaces.get(asked ?? ifnameInKernel) ?? null;
  }

  observedNamespace(nameBefore: string): ObservedNamespace | null {
    return namespaceOf(this.input.observed, nameBefore);
  }

  /** The namespace of a node of the new document: as the kernel had it, changed by the steps so far. Null: not there yet. */
  namespace(name: string): WorkingNamespace | null {
    const made = this.made.get(name);
    if (made !== undefined) return made;
    const before = this.origins.node(name);
    return before === null ? null : this.namespaceBefore(before);
  }

  /** The same by the name in the kernel before the plan. */
  namespaceBefore(name: string): WorkingNamespace | null {
    const known = this.before.get(name);
    if (known !== undefined) return known;
    const observed = this.observedNamespace(name);
    if (observed === null) return null;
    const namespace = WorkingNamespace.observed(name, observed);
    this.before.set(name, namespace);
    return namespace;
  }

  makeNamespace(name: NodeName, step: string): void {
    this.made.set(name, WorkingNamespace.made(name, step));
  }

  /** The name that a namespace of before will have. */
  nameAfter(nameBefore: string): string {
    return this.nameNow.get(nameBefore) ?? nameBefore;
  }
}

/** Steps that something depends on, without what is missing or said twice. */
export function dependencies(...ids: readonly (string | null | undefined)[]): readonly string[] {
  const known = new Set<string>();
  for (const id of ids) if (id !== null && id !== undefined) known.add(id);
  return [...known];
}
