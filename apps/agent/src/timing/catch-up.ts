import { Slices } from './slices.js';

/** So much is done at once. */
const mostAtOnce = 16;
/** More of it in a pause: a large lab that was just applied is drawn first, and nobody types this soon. */
const catchUpMs = 100;

/** Work on items that can wait: done at once where it is little, in a pause and in slices where it is much, and not while a lab is applied. */
export class CatchUp<Item> {
  readonly #work: (item: Item, atOnce: boolean) => void;
  readonly #waiting = new Set<Item>();
  #timer: NodeJS.Timeout | null = null;
  #paused = false;

  /** @param work `atOnce`: there was little of it */
  constructor(work: (item: Item, atOnce: boolean) => void) {
    this.#work = work;
  }

  has(item: Item): boolean {
    return this.#waiting.has(item);
  }

  add(item: Item): void {
    this.addAll([item]);
  }

  /** What comes together counts together. */
  addAll(items: Iterable<Item>): void {
    for (const item of items) this.#waiting.add(item);
    this.#soon();
  }

  /** Takes an item out, done or not. @returns whether it waited */
  drop(item: Item): boolean {
    return this.#waiting.delete(item);
  }

  /** While a lab is applied. */
  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#soon();
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#waiting.clear();
  }

  #soon(): void {
    if (this.#paused || this.#waiting.size === 0) return;
    if (this.#waiting.size <= mostAtOnce && this.#timer === null) {
      for (const item of this.#waiting) this.#do(item, true);
      return;
    }
    this.#timer ??= setTimeout(() => void this.#catchUp(), catchUpMs);
  }

  async #catchUp(): Promise<void> {
    const slices = new Slices();
    for (const item of this.#waiting) {
      // The next apply goes first, and is followed by this again.
      if (this.#paused) break;
      this.#do(item, false);
      await slices.turn();
    }
    this.#timer = null;
    this.#soon();
  }

  #do(item: Item, atOnce: boolean): void {
    if (this.#waiting.delete(item)) this.#work(item, atOnce);
  }
}
