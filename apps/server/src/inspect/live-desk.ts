import type { InspectOrder, LiveMessage, LiveNews, LiveSection } from '@vethlab/protocol';
import { WatchedNode } from './watched-node.js';

/** A viewer that takes too little gets what is newest by then this much later. */
const catchUpMs = 200;

/** Somebody who looks at a namespace. */
export interface LiveViewer {
  readonly id: string;
  /** False when so much waits for the viewer already that this has to come later. Must not throw. */
  live(message: LiveMessage): boolean;
}

/**
 * Who looks at which namespace of one lab. The agent is told the whole of it whenever it changes, reads each namespace once
 * for all who look, and tells what changed; a viewer that comes later gets what is known at once, and one that is slow gets
 * the newest of each section, not everything there was in between.
 */
export class LiveDesk {
  readonly #order: (order: InspectOrder) => void;
  readonly #nodes = new Map<string, WatchedNode>();
  readonly #placeOf = new Map<LiveViewer, WatchedNode>();
  #told = '[]';
  #timer: NodeJS.Timeout | null = null;

  constructor(order: (order: InspectOrder) => void) {
    this.#order = order;
  }

  /** From now on the viewer looks at these sections of a node, and at nothing else; null: at nothing. */
  look(viewer: LiveViewer, node: string | null, sections: readonly LiveSection[]): void {
    const before = this.#placeOf.get(viewer);
    if (before !== undefined && before.name !== node) {
      before.leave(viewer);
      this.#placeOf.delete(viewer);
    }
    if (node !== null) {
      const watched = this.#nodes.get(node) ?? new WatchedNode(node);
      this.#nodes.set(node, watched);
      watched.join(viewer, sections);
      this.#placeOf.set(viewer, watched);
    }
    if (before?.isEmpty === true) this.#nodes.delete(before.name);
    this.#tellAgent();
    this.#deliver();
  }

  leave(viewer: LiveViewer): void {
    if (this.#placeOf.has(viewer)) this.look(viewer, null, []);
  }

  /** What the agent read. Nothing that nobody asked for is kept. */
  take(news: LiveNews): void {
    this.#nodes.get(news.node)?.take(news);
    this.#deliver();
  }

  /** An agent that has just begun knows nothing of who looks. */
  agentReady(): void {
    for (const node of this.#nodes.values()) node.forget();
    this.#told = '[]';
    this.#tellAgent();
  }

  #tellAgent(): void {
    const wishes = [...this.#nodes.values()].map(({ name, sections }) => ({ node: name, sections }));
    const told = JSON.stringify(wishes);
    if (told === this.#told) return;
    this.#told = told;
    for (const node of this.#nodes.values()) node.keepOnlyWanted();
    this.#order({ type: 'inspect', wishes });
  }

  #deliver(): void {
    let late = false;
    for (const node of this.#nodes.values()) late = node.deliver() || late;
    if (!late || this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#deliver();
    }, catchUpMs);
    this.#timer.unref();
  }
}
