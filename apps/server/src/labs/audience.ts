import type { Broadcast } from '@vethlab/protocol';
import { stringifyInSlices } from '../turns/stringify-in-slices.js';

/** A broadcast before it has its number. */
export type Announcement = Broadcast extends infer B ? (B extends Broadcast ? Omit<B, 'seq'> : never) : never;

/** Somebody who follows a lab. `broadcast` gets the same text for everybody, and must not throw or wait. */
export interface Listener {
  readonly id: string;
  broadcast(text: string, seq: number): void;
  /** No more messages follow. */
  close(): void;
}

/** Steps, changes or items in a broadcast that is still written in one go: a millisecond at most. */
const smallBroadcast = 200;

/**
 * Everybody who follows one lab. Numbers the broadcasts and writes each as JSON once, however many listen. Large ones, the
 * report of an apply of 1,000 nodes, are written in slices; what is announced meanwhile stays behind them.
 */
export class Audience {
  readonly #listeners = new Set<Listener>();
  /** Announced and not sent yet, because the first of them is still being written. */
  #waiting: Broadcast[] = [];
  #seq = 0;

  /** Number of the last broadcast: a snapshot taken now stands after it. */
  get seq(): number {
    return this.#seq;
  }

  get size(): number {
    return this.#listeners.size;
  }

  /** Of those who follow it, in the order in which they came. */
  get ids(): readonly string[] {
    return [...this.#listeners].map(({ id }) => id);
  }

  join(listener: Listener): void {
    this.#listeners.add(listener);
  }

  leave(listener: Listener): boolean {
    return this.#listeners.delete(listener);
  }

  announce(announcement: Announcement): void {
    this.#seq += 1;
    if (this.#listeners.size === 0) return;
    const broadcast = { ...announcement, seq: this.#seq } as Broadcast;
    if (this.#waiting.length > 0 || sizeOf(announcement) > smallBroadcast) this.#writeLater(broadcast);
    else this.#send(JSON.stringify(broadcast), broadcast.seq);
  }

  closeAll(): void {
    // Nobody is left to wait: what was announced is told before the close.
    for (const broadcast of this.#waiting.splice(0)) this.#send(JSON.stringify(broadcast), broadcast.seq);
    for (const listener of [...this.#listeners]) listener.close();
    this.#listeners.clear();
  }

  #writeLater(broadcast: Broadcast): void {
    this.#waiting.push(broadcast);
    if (this.#waiting.length === 1) void this.#write(broadcast);
  }

  async #write(first: Broadcast): Promise<void> {
    for (let next: Broadcast | undefined = first; next !== undefined; next = this.#waiting[0]) {
      const text = await stringifyInSlices(next);
      // Told meanwhile, by `closeAll`.
      if (this.#waiting[0] !== next) return;
      this.#waiting.shift();
      this.#send(text, next.seq);
    }
  }

  #send(text: string, seq: number): void {
    for (const listener of this.#listeners) listener.broadcast(text, seq);
  }
}

function sizeOf(announcement: Announcement): number {
  switch (announcement.type) {
    case 'applied':
      return announcement.report.plan.length + announcement.report.failures.length;
    case 'commands':
      return announcement.statuses.length + announcement.gone.length;
    case 'drift':
      return announcement.items.length;
    case 'document':
      return announcement.diff.changes.length + announcement.diagnostics.length;
    default:
      return 0;
  }
}
