import { missingFeatures, type ObservedDelta } from '@vethlab/observed';
import { type Adoption, adoptionOf, type Choice, choiceOf } from '@vethlab/planner';
import type { AdoptReply } from '@vethlab/protocol';
import { isEmptyDiff } from '@vethlab/topology';
import type { AppliedDocument } from '../files/held-base.js';
import { ProblemError } from '../http/problem-error.js';
import type { EditReply } from '../labs/edit-reply.js';
import type { LabMirror } from '../labs/lab-mirror.js';
import { followDelayMaxMs, followDelayMs, settleMaxMs, settlePollMs } from '../limits.js';
import { PlacedNodes } from './placed-nodes.js';

/** What the adopter of a lab needs of it. */
export interface AdopterOwner {
  /** The document that the kernel was asked to be like, when it is; null while something is under way. */
  readonly settled: () => AppliedDocument | null;
  readonly isRunning: () => boolean;
  readonly mirror: () => Readonly<LabMirror>;
  /** Takes the difference into the document; the kernel is not touched. */
  readonly takeOver: (adoption: Adoption, by: AdoptedBy) => EditReply;
  /** Clients that look at the lab. */
  readonly viewers: () => readonly string[];
  readonly onFollow: (follow: boolean) => void;
}

export interface AdoptedBy {
  /** The client that asked; null for REST, and for what was adopted by itself. */
  readonly author: string | null;
  /** The client that can undo it; null: nobody. */
  readonly owner: string | null;
}

/** Makes what was typed part of the document: on request, and by itself in follow mode. */
export class Adopter {
  readonly #owner: AdopterOwner;
  readonly #placed = new PlacedNodes();
  #follow = false;
  /** The client that switched it on; null for REST. */
  #follower: string | null = null;
  /** Namespaces that changed since they were last adopted; null: any may have. */
  #changed: Set<string> | null = new Set();
  #since = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(owner: AdopterOwner) {
    this.#owner = owner;
  }

  /** Whether what comes to rest in the kernel is adopted by itself. */
  get follow(): boolean {
    return this.#follow;
  }

  /** `author` is the client that asks: what is adopted by itself is theirs to undo. */
  setFollow(follow: boolean, author: string | null): void {
    if (follow === this.#follow) return;
    this.#follow = follow;
    this.#follower = author;
    this.#changed = follow ? null : new Set();
    this.#owner.onFollow(follow);
    if (follow) this.#soon();
    else this.stop();
  }

  /**
   * `items`: ids of drift and ghosts; null: all. `author` is the client that asks.
   * @throws ProblemError 409 when the lab does not run, has something else to do first, or edits that are held back change
   * the same
   */
  async adopt(items: readonly string[] | null, author: string | null): Promise<AdoptReply> {
    const base = await this.#whenSettled();
    const { observed, drift, features } = this.#owner.mirror();
    const wanted = new Set(items);
    const operations = drift.filter(({ repair }) => wanted.has(repair.id)).map(({ repair }) => repair.operation);
    const choice: Choice | 'all' = items === null ? 'all' : choiceOf(operations, items);
    const { topology } = base;
    const movable = this.#placed.untouched(topology);
    const adoption = adoptionOf({
      topology,
      observed,
      items: choice,
      movable,
      missing: missingFeatures(features),
    });
    const reply = this.#take(base, adoption, { author, owner: author });
    if ('leftOut' in reply) return reply;
    const reason = reply.type === 'invalid' ? reply.diagnostics[0] : undefined;
    const detail = 'What is in the kernel does not go with the newest document. Look at both and repeat.';
    throw new ProblemError(409, reason?.code === 'edit.held' ? 'lab.held' : 'lab.stale', reason?.detail ?? detail);
  }

  /** The kernel has changed, whoever did it. */
  observed({ namespaces }: ObservedDelta): void {
    if (!this.#follow) return;
    for (const name of Object.keys(namespaces)) this.#changed?.add(name);
    this.#soon();
  }

  /** An apply is over: what had to wait for it may be adopted now. */
  applied(): void {
    if (this.#follow && (this.#changed === null || this.#changed.size > 0)) this.#soon();
  }

  /** The sandbox is gone: nothing of what was seen counts any more, and nothing is missing. */
  gone(): void {
    this.stop();
    this.#changed = this.#follow ? null : new Set();
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** A moment after the last change, so that lines pasted together are adopted together; but not for ever later. */
  #soon(): void {
    const now = performance.now();
    if (this.#timer === null) this.#since = now;
    else if (now - this.#since > followDelayMaxMs) return;
    this.stop();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#followNow();
    }, followDelayMs);
  }

  #followNow(): void {
    const base = this.#owner.settled();
    const { lastApply, observed, features } = this.#owner.mirror();
    // What an apply could not make is missing, and that is no reason to take it out of the document.
    const isSound = lastApply !== null && lastApply.failures.length === 0 && lastApply.differences.length === 0;
    if (base === null || !isSound) return;
    const scope = this.#changed;
    this.#changed = new Set();
    const movable = this.#placed.untouched(base.topology);
    const adoption = adoptionOf({
      topology: base.topology,
      observed,
      items: 'all',
      movable,
      missing: missingFeatures(features),
      ...(scope === null ? {} : { scope }),
    });
    const taken = this.#take(base, adoption, { author: null, owner: this.#ownerOfFollowed() });
    // It stays a difference, and is tried again after the next apply or change.
    if (!('leftOut' in taken)) this.#changed = scope;
  }

  /** Who follows can undo what is followed. A page that was loaded anew is another client; whoever is alone is who follows. */
  #ownerOfFollowed(): string | null {
    const viewers = this.#owner.viewers();
    if (this.#follower !== null && viewers.includes(this.#follower)) return this.#follower;
    return viewers.length === 1 ? (viewers[0] ?? null) : null;
  }

  #take(
    base: AppliedDocument,
    adoption: Adoption,
    by: AdoptedBy,
  ): AdoptReply | Exclude<EditReply, { type: 'accepted' }> {
    const { diff, summary, leftOut } = adoption;
    if (isEmptyDiff(diff)) {
      return { revision: base.revision, summary, warnings: [], created: { nodes: [], links: [] }, diff, leftOut };
    }
    const reply = this.#owner.takeOver(adoption, by);
    if (reply.type !== 'accepted') return reply;
    this.#placed.note(base.topology, adoption.topology);
    const { revision, warnings, created } = reply;
    return { revision, summary, warnings, created, diff: reply.diff, leftOut };
  }

  async #whenSettled(): Promise<AppliedDocument> {
    const deadline = performance.now() + settleMaxMs;
    for (;;) {
      const base = this.#owner.settled();
      if (base !== null) return base;
      if (!this.#owner.isRunning()) {
        const detail = 'Only what is in the kernel of a running lab can be adopted. Start the lab first.';
        throw new ProblemError(409, 'lab.not-running', detail);
      }
      if (performance.now() > deadline) {
        const detail = 'Edits are still being applied. Adopt again in a moment.';
        throw new ProblemError(409, 'lab.busy', detail);
      }
      await new Promise((resolve) => setTimeout(resolve, settlePollMs));
    }
  }
}
