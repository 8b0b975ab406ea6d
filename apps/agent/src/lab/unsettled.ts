import type { Extent, Scope } from '@vethlab/planner';

/**
 * Nodes of which an apply left something undone. Whoever touches one of them next looks at all of it: what failed on one interface
 * is tried again with an edit of another.
 */
export class Unsettled {
  /** `all`: it is not known which. */
  #names: Set<string> | 'all' = new Set();

  get names(): ReadonlySet<string> | 'all' {
    return this.#names;
  }

  /** What became of an apply within a scope; without a scope it was of everything. */
  note(scope: Scope | undefined, isUnsettled: boolean): void {
    if (scope === undefined) {
      this.#names = isUnsettled ? 'all' : new Set();
      return;
    }
    if (this.#names === 'all') return;
    for (const [name, extent] of scope) {
      if (isUnsettled) this.#names.add(name);
      else if (extent === 'all') this.#names.delete(name);
    }
  }

  /** The same scope with unsettled nodes as a whole. */
  widen(scope: Scope): Scope {
    const names = this.#names;
    return new Map<string, Extent>(
      [...scope].map(([name, extent]) => [name, names === 'all' || names.has(name) ? 'all' : extent]),
    );
  }
}
