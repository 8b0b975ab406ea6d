import type { Position, Topology } from '@vethlab/topology';

/** Nodes that adoption put where they are, and that nobody has moved since: they may come nearer to what they are wired to. */
export class PlacedNodes {
  readonly #places = new Map<string, Position>();

  /** Positions that an adoption gave. */
  note(before: Topology, after: Topology): void {
    for (const [name, place] of Object.entries(after.canvas.nodes)) {
      const old = Object.hasOwn(before.canvas.nodes, name) ? before.canvas.nodes[name] : undefined;
      if (old?.x !== place.x || old.y !== place.y) this.#places.set(name, place);
    }
    for (const name of this.#places.keys()) if (!Object.hasOwn(after.nodes, name)) this.#places.delete(name);
  }

  /** Those that are still there. */
  untouched({ canvas }: Topology): ReadonlySet<string> {
    const found = new Set<string>();
    for (const [name, { x, y }] of this.#places) {
      const place = Object.hasOwn(canvas.nodes, name) ? canvas.nodes[name] : undefined;
      if (place?.x === x && place.y === y) found.add(name);
    }
    return found;
  }
}
