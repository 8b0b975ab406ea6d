import type { Scope } from '@vethlab/planner';
import type { DriftItem } from '@vethlab/protocol';

/** Works out where the kernel differs from the document. */
export type DriftLook = (scope: Scope) => Promise<readonly DriftItem[]>;

/** Where the kernel differs from the document without an edit, kept per namespace so that one change costs one look. */
export class DriftBoard {
  readonly #byNamespace = new Map<string, readonly DriftItem[]>();
  readonly #look: DriftLook;
  readonly #onDrift: (items: readonly DriftItem[]) => void;
  #told = '[]';

  constructor(look: DriftLook, onDrift: (items: readonly DriftItem[]) => void) {
    this.#look = look;
    this.#onDrift = onDrift;
  }

  /** Works out again what differs in this scope, and tells when the whole has changed. */
  async update(scope: Scope): Promise<void> {
    if (scope.size === 0) return;
    const found = await this.#look(scope);
    for (const [name, items] of this.#byNamespace) {
      const left = items.filter((item) => !isInScope(item, scope));
      if (left.length === 0) this.#byNamespace.delete(name);
      else if (left.length < items.length) this.#byNamespace.set(name, left);
    }
    for (const item of found) {
      const items = this.#byNamespace.get(item.namespace) ?? [];
      // A missing veth pair is looked at from both its ends, so what the other one lacks may be known already.
      if (items.some(({ repair }) => repair.id === item.repair.id)) continue;
      this.#byNamespace.set(item.namespace, [...items, item]);
    }
    const items = this.#items();
    const told = JSON.stringify(items.map(({ repair }) => repair.id));
    if (told === this.#told) return;
    this.#told = told;
    this.#onDrift(items);
  }

  /** Says what is known, to somebody who has not heard it. */
  tellAgain(): void {
    const items = this.#items();
    if (items.length > 0) this.#onDrift(items);
  }

  #items(): DriftItem[] {
    return [...this.#byNamespace.values()].flat();
  }
}

/** Whether it would have been found again. Routes, and what is no interface's, are looked at in any part of a node. */
function isInScope({ namespace, ifname, repair: { operation } }: DriftItem, scope: Scope): boolean {
  const isSeen = (node: string, name: string) => {
    const extent = scope.get(node);
    return extent === 'all' || extent?.has(name) === true;
  };
  if (operation.op === 'add-veth') return operation.ends.some((end) => isSeen(end.namespace, end.ifname));
  const isRoute = operation.op === 'set-route' || operation.op === 'remove-route';
  return ifname === undefined || isRoute ? scope.has(namespace) : isSeen(namespace, ifname);
}
