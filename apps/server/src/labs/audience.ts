import type { Broadcast } from '@vethlab/protocol';

/** A broadcast before it has its number. */
export type Announcement = Broadcast extends infer B ? (B extends Broadcast ? Omit<B, 'seq'> : never) : never;

/** Somebody who follows a lab. `broadcast` gets the same text for everybody, and must not throw or wait. */
export interface Listener {
  readonly id: string;
  broadcast(text: string, seq: number): void;
  /** No more messages follow. */
  close(): void;
}

/** Everybody who follows one lab. Numbers the broadcasts and writes each as JSON once, however many listen. */
export class Audience {
  readonly #listeners = new Set<Listener>();
  #seq = 0;

  /** Number of the last broadcast: a snapshot taken now stands after it. */
  get seq(): number {
    return this.#seq;
  }

  get size(): number {
    return this.#listeners.size;
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
    const text = JSON.stringify({ ...announcement, seq: this.#seq });
    for (const listener of this.#listeners) listener.broadcast(text, this.#seq);
  }

  closeAll(): void {
    for (const listener of [...this.#listeners]) listener.close();
    this.#listeners.clear();
  }
}
