import { type LivePieces, type LiveReading, type LiveSection, liveSections } from '@vethlab/protocol';
import type { LiveViewer } from './live-desk.js';

type Piece = NonNullable<LivePieces[LiveSection]>;

interface Viewing {
  sections: ReadonlySet<LiveSection>;
  /** The piece of each section that this viewer was sent last. */
  readonly sent: Map<LiveSection, Piece>;
  present: boolean | null;
}

/** One namespace that is looked at: what is known of it, and what each viewer already has. */
export class WatchedNode {
  readonly name: string;
  readonly #viewers = new Map<LiveViewer, Viewing>();
  readonly #pieces = new Map<LiveSection, Piece>();
  /** Null: the agent has not said yet. */
  #present: boolean | null = null;

  constructor(name: string) {
    this.name = name;
  }

  get isEmpty(): boolean {
    return this.#viewers.size === 0;
  }

  /** What any of the viewers wants, in the order of the published list. */
  get sections(): LiveSection[] {
    const viewings = [...this.#viewers.values()];
    return liveSections.filter((section) => viewings.some(({ sections }) => sections.has(section)));
  }

  join(viewer: LiveViewer, sections: readonly LiveSection[]): void {
    const known = this.#viewers.get(viewer);
    const wanted = new Set(sections);
    if (known === undefined) {
      this.#viewers.set(viewer, { sections: wanted, sent: new Map(), present: null });
      return;
    }
    known.sections = wanted;
    // A section that is opened again later is sent again: the viewer may have dropped what it had.
    for (const section of known.sent.keys()) if (!wanted.has(section)) known.sent.delete(section);
  }

  leave(viewer: LiveViewer): void {
    this.#viewers.delete(viewer);
  }

  take({ present, pieces }: LiveReading): void {
    this.#present = present;
    if (!present) this.#pieces.clear();
    const wanted = new Set(this.sections);
    for (const section of liveSections) {
      const piece = pieces[section];
      if (piece !== undefined && wanted.has(section)) this.#pieces.set(section, piece);
    }
  }

  /** The agent forgets sections that nobody wants, and tells them whole when they are wanted again. */
  keepOnlyWanted(): void {
    const wanted = new Set(this.sections);
    for (const section of this.#pieces.keys()) if (!wanted.has(section)) this.#pieces.delete(section);
  }

  /** What was known came from an agent that is gone. */
  forget(): void {
    this.#pieces.clear();
    this.#present = null;
    for (const viewing of this.#viewers.values()) {
      viewing.sent.clear();
      viewing.present = null;
    }
  }

  /** Sends each viewer what it does not have yet. True when one of them has to get its part later. */
  deliver(): boolean {
    let late = false;
    for (const [viewer, viewing] of this.#viewers) late = !this.#deliverTo(viewer, viewing) || late;
    return late;
  }

  #deliverTo(viewer: LiveViewer, viewing: Viewing): boolean {
    if (this.#present === null) return true;
    const news = [...this.#pieces].filter(
      ([section, piece]) => viewing.sections.has(section) && viewing.sent.get(section) !== piece,
    );
    if (news.length === 0 && viewing.present === this.#present) return true;
    const pieces = Object.fromEntries(news) as LivePieces;
    if (!viewer.live({ type: 'live', node: this.name, present: this.#present, pieces })) return false;
    viewing.present = this.#present;
    if (!this.#present) viewing.sent.clear();
    for (const [section, piece] of news) viewing.sent.set(section, piece);
    return true;
  }
}
