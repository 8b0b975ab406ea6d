import type { AdoptReply } from '@vethlab/protocol';
import { ProblemError } from '../http/problem-error.js';

/** What the adopter of a lab needs of it. */
export interface AdopterOwner {
  readonly onFollow: (follow: boolean) => void;
}

/** Makes what was typed part of the document: on request, and by itself in follow mode. */
export class Adopter {
  readonly #owner: AdopterOwner;
  #follow = false;

  constructor(owner: AdopterOwner) {
    this.#owner = owner;
  }

  /** Whether what comes to rest in the kernel is adopted by itself. */
  get follow(): boolean {
    return this.#follow;
  }

  setFollow(follow: boolean): void {
    if (follow === this.#follow) return;
    this.#follow = follow;
    this.#owner.onFollow(follow);
  }

  /** `items`: ids of drift and ghosts; null: all. `author` is the client that asks. */
  async adopt(_items: readonly string[] | null, _author: string | null): Promise<AdoptReply> {
    throw new ProblemError(409, 'lab.refused', 'This build cannot adopt yet.');
  }
}
