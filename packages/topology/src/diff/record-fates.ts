import type { Change } from './topology-diff.js';

/** Which nodes and interfaces a list of changes brings and takes. One that is taken and brought again stays. */
export interface Fates {
  readonly addedNodes: ReadonlySet<string>;
  readonly removedNodes: ReadonlySet<string>;
  readonly addedInterfaces: (node: string) => ReadonlySet<string>;
  readonly removedInterfaces: (node: string) => ReadonlySet<string>;
  /** Every node that a change speaks of. */
  readonly nodes: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

export function fatesOf(changes: readonly Change[]): Fates {
  const nodes = new Tally();
  const interfaces = new Map<string, Tally>();
  const mentioned = new Set<string>();
  for (const change of changes) {
    if (change.record === 'node') {
      nodes.note(change.node, change.before !== null, change.after !== null);
      mentioned.add(change.node);
    } else if (change.record === 'interface') {
      const tally = interfaces.get(change.node) ?? new Tally();
      tally.note(change.ifname, change.before !== null, change.after !== null);
      interfaces.set(change.node, tally);
      mentioned.add(change.node);
    } else if (change.record === 'command') {
      mentioned.add(change.node);
    }
  }
  return {
    addedNodes: nodes.added(),
    removedNodes: nodes.removed(),
    addedInterfaces: (node) => interfaces.get(node)?.added() ?? none,
    removedInterfaces: (node) => interfaces.get(node)?.removed() ?? none,
    nodes: mentioned,
  };
}

class Tally {
  readonly #before = new Set<string>();
  readonly #after = new Set<string>();

  note(name: string, before: boolean, after: boolean): void {
    if (before) this.#before.add(name);
    if (after) this.#after.add(name);
  }

  added(): ReadonlySet<string> {
    return new Set([...this.#after].filter((name) => !this.#before.has(name)));
  }

  removed(): ReadonlySet<string> {
    return new Set([...this.#before].filter((name) => !this.#after.has(name)));
  }
}
