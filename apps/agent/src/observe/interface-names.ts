import { interfaceOf, type NamespaceDelta, type ObservedNamespace } from '@vethlab/observed';

/** Names of interfaces by their indexes, as last seen; kept by what changes. */
export class InterfaceNames {
  readonly #byNamespace = new Map<string, Map<number, string>>();

  nameOf(namespace: string, ifindex: number): string | null {
    return this.#byNamespace.get(namespace)?.get(ifindex) ?? null;
  }

  /** Takes a change in; null: the namespace is gone. `before` is what was known of it. */
  note(namespace: string, before: ObservedNamespace | undefined, change: NamespaceDelta | null): void {
    if (change === null || change.inode !== undefined) this.#byNamespace.delete(namespace);
    const entries = Object.entries(change?.interfaces ?? {});
    if (entries.length === 0) return;
    const names = this.#byNamespace.get(namespace) ?? new Map<number, string>();
    this.#byNamespace.set(namespace, names);
    for (const [ifname] of entries) {
      const old = before === undefined ? null : interfaceOf(before, ifname);
      if (old !== null && names.get(old.ifindex) === ifname) names.delete(old.ifindex);
    }
    for (const [ifname, now] of entries) if (now !== null) names.set(now.ifindex, ifname);
  }
}
