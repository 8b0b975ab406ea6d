import { interfaceOf, type ObservedInterface, type ObservedNamespace } from '@vethlab/observed';
import { observedInterface, type WorkingInterface } from './working-interface.js';

/**
 * The interfaces of a namespace by name. What the kernel had is copied when it is first asked for: most plans look at
 * one of a router's thousand interfaces.
 */
export class WorkingInterfaces {
  private readonly copied = new Map<string, WorkingInterface>();
  private readonly gone = new Set<string>();

  /** Null: the kernel had none. */
  constructor(private readonly observed: ObservedNamespace | null) {}

  has(ifname: string): boolean {
    return this.peek(ifname) !== undefined;
  }

  /** To read only: no copy is made. */
  peek(ifname: string): Readonly<WorkingInterface> | ObservedInterface | undefined {
    const copied = this.copied.get(ifname);
    if (copied !== undefined || this.gone.has(ifname)) return copied;
    return this.found(ifname) ?? undefined;
  }

  get(ifname: string): WorkingInterface | undefined {
    const copied = this.copied.get(ifname);
    if (copied !== undefined || this.gone.has(ifname)) return copied;
    const observed = this.found(ifname);
    if (observed === null) return undefined;
    const copy = observedInterface(observed);
    this.copied.set(ifname, copy);
    return copy;
  }

  set(ifname: string, device: WorkingInterface): void {
    this.copied.set(ifname, device);
    // What the kernel had under this name is not what is here now.
    this.gone.add(ifname);
  }

  delete(ifname: string): boolean {
    const had = this.has(ifname);
    this.copied.delete(ifname);
    this.gone.add(ifname);
    return had;
  }

  /** All names: what the kernel had, then what came. */
  *names(): Generator<string> {
    for (const ifname of Object.keys(this.observed?.interfaces ?? {})) if (this.has(ifname)) yield ifname;
    for (const ifname of this.copied.keys()) if (this.found(ifname) === null) yield ifname;
  }

  private found(ifname: string): ObservedInterface | null {
    return this.observed === null ? null : interfaceOf(this.observed, ifname);
  }
}
