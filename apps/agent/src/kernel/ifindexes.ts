/** The kernel counts from 1 in every namespace: starting high keeps clear of what it chooses for interfaces made by hand. */
export const firstIfindex = 1000;

/**
 * Hands out interface indexes that no interface of the lab has. With the index chosen beforehand no look-up is needed after
 * making an interface, and a peer's index alone tells which interface it is.
 */
export class Ifindexes {
  #next = firstIfindex;
  readonly #byName = new Map<string, Map<string, number>>();

  allocate(namespace: string, ifname: string): number {
    const ifindex = this.#next++;
    this.note(namespace, ifname, ifindex);
    return ifindex;
  }

  /** Remembers an index that an observation found. */
  note(namespace: string, ifname: string, ifindex: number): void {
    const known = this.#byName.get(namespace);
    if (known === undefined) this.#byName.set(namespace, new Map([[ifname, ifindex]]));
    else known.set(ifname, ifindex);
    if (ifindex >= this.#next) this.#next = ifindex + 1;
  }

  of(namespace: string, ifname: string): number | undefined {
    return this.#byName.get(namespace)?.get(ifname);
  }

  renameNamespace(from: string, to: string): void {
    const known = this.#byName.get(from);
    if (known === undefined) return;
    this.#byName.delete(from);
    this.#byName.set(to, known);
  }

  renameInterface(namespace: string, from: string, to: string): void {
    const ifindex = this.of(namespace, from);
    if (ifindex === undefined) return;
    this.#byName.get(namespace)?.delete(from);
    this.note(namespace, to, ifindex);
  }

  forgetInterface(namespace: string, ifname: string): void {
    this.#byName.get(namespace)?.delete(ifname);
  }

  forgetNamespace(namespace: string): void {
    this.#byName.delete(namespace);
  }
}
