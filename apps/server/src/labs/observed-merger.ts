import { mergeDeltas, type ObservedDelta } from '@vethlab/observed';
import { observedMergeMs } from '../limits.js';

/** Interfaces in one message at most: more are some milliseconds of writing JSON, and of reading it in a browser. */
const interfacesPerMessage = 150;

/**
 * Merges what the kernel says in a busy moment (1,000 nodes being applied) into few messages. The first delta after a
 * quiet time goes out at once, so a single change is not delayed.
 */
export class ObservedMerger {
  readonly #send: (delta: ObservedDelta) => void;
  #waiting: ObservedDelta | null = null;
  #waitingInterfaces = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(send: (delta: ObservedDelta) => void) {
    this.#send = send;
  }

  add(delta: ObservedDelta): void {
    if (this.#timer === null) {
      this.#send(delta);
      this.#timer = setTimeout(() => this.#tick(), observedMergeMs);
      return;
    }
    const interfaces = interfacesIn(delta);
    if (this.#waiting !== null && this.#waitingInterfaces + interfaces > interfacesPerMessage) this.flush();
    this.#waitingInterfaces += interfaces;
    if (this.#waiting === null) {
      this.#waiting = delta;
      return;
    }
    // Gone and back: merged, a reader would add the new namespace to what it remembers of the old one.
    if (bringsBack(this.#waiting, delta)) {
      this.#send(this.#waiting);
      this.#waiting = delta;
      return;
    }
    this.#waiting = mergeDeltas(this.#waiting, delta);
  }

  /** Whatever waits goes out now: before a snapshot is numbered, or the lab stops. */
  flush(): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    this.#waitingInterfaces = 0;
    if (waiting !== null) this.#send(waiting);
  }

  stop(): void {
    this.flush();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #tick(): void {
    this.#timer = null;
    if (this.#waiting === null) return;
    this.flush();
    this.#timer = setTimeout(() => this.#tick(), observedMergeMs);
  }
}

function interfacesIn(delta: ObservedDelta): number {
  let count = 0;
  for (const change of Object.values(delta.namespaces)) count += Object.keys(change?.interfaces ?? {}).length;
  return count;
}

function bringsBack(earlier: ObservedDelta, later: ObservedDelta): boolean {
  return Object.entries(later.namespaces).some(
    ([name, change]) => change !== null && Object.hasOwn(earlier.namespaces, name) && earlier.namespaces[name] === null,
  );
}
