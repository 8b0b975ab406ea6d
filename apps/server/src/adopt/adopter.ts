import type { ObservedDelta } from '@vethlab/observed';
import { type Adoption, adoptionOf, type Choice, choiceOf } from '@vethlab/planner';
import type { AdoptReply } from '@vethlab/protocol';
import { isEmptyDiff, type TopologyDiff } from '@vethlab/topology';
import type { AppliedDocument } from '../files/held-base.js';
import { ProblemError } from '../http/problem-error.js';
import type { EditReply } from '../labs/edit-reply.js';
import type { LabMirror } from '../labs/lab-mirror.js';
import { followDelayMaxMs, followDelayMs, settleMaxMs, settlePollMs } from '../limits.js';
import { PlacedNodes } from './placed-nodes.js';

/** What the adopter of a lab needs of it. */
export interface AdopterOwner {
  /** The document that the kernel was asked to be like, when nothing else is wanted or under way; null otherwise. */
  readonly settled: () => AppliedDocument | null;
  readonly isRunning: () => boolean;
  readonly mirror: () => Readonly<LabMirror>;
  /** Takes the difference into the document; the kernel is not touched. */
  readonly takeOver: (diff: TopologyDiff, summary: string, author: string | null) => EditReply;
  readonly onFollow: (follow: boolean) => void;
}

/** Makes what was typed part of the document: on request, and by itself in follow mode. */
export class Adopter {
  readonly #owner: AdopterOwner;
  readonly #placed = new PlacedNodes();
  #follow = false;
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

  setFollow(follow: boolean): void {
    if (follow === this.#follow) return;
    this.#follow = follow;
    this.#changed = follow ? null : new Set();
    this.#owner.onFollow(follow);
    if (follow) this.#soon();
    else this.stop();
  }

  /**
   * `items`: ids of drift and ghosts; null: all. `author` is the client that asks.
   * @throws ProblemError 409 when the lab does not run, or has something else to do first
   */
  async adopt(items: readonly string[] | null, author: string | null): Promise<AdoptReply> {
    const base = await this.#whenSettled();
    const { observed, drift } = this.#owner.mirror();
    const wanted = new Set(items);
    const operations = drift.filter(({ repair }) => wanted.has(repair.id)).map(({ repair }) => repair.operation);
    const choice: Choice | 'all' = items === null ? 'all' : choiceOf(operations, items);
    const { topology } = base;
    const movable = this.#placed.untouched(topology);
    return this.#take(base, adoptionOf({ topology, observed, items: choice, movable }), author);
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
    const { lastApply, observed } = this.#owner.mirror();
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
      ...(scope === null ? {} : { scope }),
    });
    this.#take(base, adoption, null);
  }

  #take(base: AppliedDocument, adoption: Adoption, author: string | null): AdoptReply {
    const { diff, summary, leftOut } = adoption;
    if (isEmptyDiff(diff)) {
      return { revision: base.revision, summary, warnings: [], created: { nodes: [], links: [] }, diff, leftOut };
    }
    const reply = this.#owner.takeOver(diff, summary, author);
    if (reply.type !== 'accepted') {
      const detail = 'What is in the kernel does not go with the newest document. Look at both and repeat.';
      throw new ProblemError(409, 'lab.stale', detail);
    }
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
        const detail = 'Edits are held back or being applied. Apply them first, then adopt.';
        throw new ProblemError(409, 'lab.busy', detail);
      }
      await new Promise((resolve) => setTimeout(resolve, settlePollMs));
    }
  }
}
