import type { DriftItem } from '@vethlab/protocol';

/** Works out where namespaces differ from the document. */
export type DriftLook = (namespaces: ReadonlySet<string>) => Promise<readonly DriftItem[]>;

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

  /** Works out again what differs in these namespaces, and tells when the whole has changed. */
  async update(namespaces: ReadonlySet<string>): Promise<void> {
    if (namespaces.size === 0) return;
    const found = await this.#look(namespaces);
    for (const name of namespaces) this.#byNamespace.delete(name);
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
