/** What of a node is looked at: all of it, or these interfaces (by their names of now or before) and what belongs to none of them. */
export type Extent = ReadonlySet<string> | 'all';

/**
 * Names of nodes (of now or of before) to look at, and how much of each. A router may have a thousand interfaces, and an edit touches
 * one of them.
 */
export type Scope = ReadonlyMap<string, Extent>;

/** Everything of these nodes. */
export function wholeNodes(names: Iterable<string>): Scope {
  return new Map([...names].map((name) => [name, 'all'] as const));
}

/** What is left to look at while looking leads to more: each part is handed out once. */
export class View {
  readonly #seen = new Map<string, Set<string> | 'all'>();
  readonly #waiting: { readonly name: string; readonly part: Extent }[] = [];

  add(name: string, extent: Extent): void {
    const seen = this.#seen.get(name);
    if (seen === 'all') return;
    const fresh = extent === 'all' ? extent : new Set([...extent].filter((ifname) => seen?.has(ifname) !== true));
    if (seen !== undefined && fresh !== 'all' && fresh.size === 0) return;
    if (fresh === 'all') this.#seen.set(name, fresh);
    else this.#seen.set(name, new Set([...(seen ?? []), ...fresh]));
    this.#waiting.push({ name, part: fresh });
  }

  /** Also what is added while it goes on. All of a node may come after some of it. */
  *[Symbol.iterator](): Generator<{ readonly name: string; readonly part: Extent }> {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) yield next;
  }

  names(): Iterable<string> {
    return this.#seen.keys();
  }

  extentOf(name: string): Extent {
    return this.#seen.get(name) ?? new Set();
  }
}
