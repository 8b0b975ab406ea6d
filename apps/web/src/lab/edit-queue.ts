import { type Answer, type Broadcast, type ClientMessage, messageMaxBytes, type Snapshot } from '@vethlab/protocol';
import { applyEdit, type Edit, type Topology, type TopologyDiff } from '@vethlab/topology';
import { hasLanded } from './diff-landed';
import {
  notOpenOutcome,
  outcomeOf,
  outcomeOfAccepted,
  type Refusal,
  staleOutcome,
  tooLargeOutcome,
} from './edit-outcome';
import type { EditOutcome } from './lab-state';
import * as edits from './pending-edits';

export type EditKind = edits.PendingEdit['kind'];

export interface EditQueueOptions {
  readonly send: (message: ClientMessage) => boolean;
  readonly newId: () => string;
  /** The document as the person sees it, or the number of edits on their way, has changed. */
  readonly onChange: (shown: Topology, revision: number, pending: readonly edits.PendingEdit[]) => void;
  /** The server took an edit: for the undo stack. */
  readonly onAccepted: (requestId: string, kind: EditKind, accepted: AcceptedEdit) => void;
  readonly onRefused: (requestId: string, kind: EditKind) => void;
  /** An edit was refused after its maker was told that it is kept. */
  readonly onLateRefusal: (outcome: Refusal, summary: string) => void;
}

/** What the server made of an edit. `revision`: null when the answer to it was lost. */
export interface AcceptedEdit {
  readonly diff: TopologyDiff;
  readonly revision: number | null;
  readonly summary: string;
}

/** The server closes a connection that brings a larger message; some bytes are for what goes around the edit. */
const mostEditBytes = messageMaxBytes - 1024;

interface AddOptions {
  readonly onQueued?: (requestId: string) => void;
  readonly takeOver?: true | undefined;
  /** The revision that it takes back, when it does no more and no less than that. */
  readonly reverts?: number | null;
}

interface Waiter {
  readonly summary: string;
  readonly local: EditOutcome;
  /** Null once told: the connection was lost and the edit is kept. */
  tell: ((outcome: EditOutcome) => void) | null;
}

type EditAnswer = Extract<Answer, { readonly type: 'accepted' | 'stale' | 'invalid' | 'failed' }>;

/**
 * The way of an edit: checked and shown at once, sent when its turn comes, then confirmed or taken back.
 *
 * Over a lost connection nothing is lost and nothing is done twice: edits that were not sent wait; the one that was
 * sent without an answer is compared with the fresh document (diff-landed.ts), and sent again, with the same
 * requestId, only when its effect is not there.
 */
export class EditQueue {
  readonly #options: EditQueueOptions;
  readonly #waiters = new Map<string, Waiter>();
  #document: edits.DocumentState | null = null;
  #shown: Topology | null = null;
  #online = false;
  #idle: (() => void)[] = [];

  constructor(options: EditQueueOptions) {
    this.#options = options;
  }

  get shown(): Topology | null {
    return this.#shown;
  }

  get pending(): readonly edits.PendingEdit[] {
    return this.#document?.pending ?? [];
  }

  /** Resolves with what became of it; while the connection is lost, at once with what the local check says. */
  add(edit: Edit, kind: EditKind, { onQueued, takeOver, reverts = null }: AddOptions = {}): Promise<EditOutcome> {
    if (this.#document === null || this.#shown === null) return Promise.resolve(notOpenOutcome);
    const result = applyEdit(this.#shown, edit);
    const local = outcomeOf(result);
    if (!result.ok) return Promise.resolve(local);
    if (result.diff.changes.length === 0 && result.diff.renames.length === 0) return Promise.resolve(local);
    const bytes = new TextEncoder().encode(JSON.stringify(edit)).length;
    const isTooLarge = bytes > mostEditBytes;
    if (isTooLarge && reverts === null) return Promise.resolve(tooLargeOutcome(bytes));
    const requestId = this.#options.newId();
    onQueued?.(requestId);
    const added: edits.PendingEdit = {
      requestId,
      edit,
      kind,
      madeOn: this.#document.revision,
      sentAt: null,
      acceptedAt: null,
      inDocument: false,
      diff: result.diff,
      ...(takeOver === undefined ? {} : { takeOver }),
      ...(isTooLarge && reverts !== null ? { reverts } : {}),
    };
    return new Promise((resolve) => {
      this.#waiters.set(requestId, { summary: result.summary, local, tell: this.#online ? resolve : null });
      if (!this.#online) resolve(local);
      if (this.#document !== null) this.#set(edits.enqueue(this.#document, added), result.topology);
    });
  }

  /** Takes back the last edit if it was not sent yet. */
  withdrawLast(): edits.PendingEdit | null {
    const last = this.pending.at(-1);
    if (this.#document === null || last === undefined || last.sentAt !== null) return null;
    this.#waiters.delete(last.requestId);
    this.#set(edits.remove(this.#document, last.requestId));
    return last;
  }

  /** Resolves when nothing is on its way, or the connection is lost. */
  whenIdle(): Promise<void> {
    if (this.pending.length === 0 || !this.#online) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  /** @param fresh the first snapshot of a new connection: answers to what was sent before it will never come */
  snapshot(snapshot: Snapshot, fresh: boolean): void {
    this.#online = true;
    let document: edits.DocumentState = {
      confirmed: snapshot.topology,
      revision: snapshot.revision,
      pending: this.pending,
    };
    if (fresh) {
      for (const pending of document.pending) {
        if (pending.sentAt === null) continue;
        const landed = pending.inDocument || pending.acceptedAt !== null || hasLanded(snapshot.topology, pending.diff);
        document = landed ? edits.remove(document, pending.requestId) : edits.markUnsent(document, pending.requestId);
        if (!landed) continue;
        if (snapshot.revision === pending.sentAt + 1) document = edits.madeOnOwn(document, snapshot.revision);
        this.#settle(pending, { diff: pending.diff, revision: null }, null);
      }
    }
    this.#set(edits.madeAtMostOn(document, snapshot.revision));
  }

  /** False when a revision is missing and a snapshot is needed. */
  documentChanged(message: Extract<Broadcast, { readonly type: 'document' }>, own: boolean): boolean {
    if (this.#document === null) return false;
    const next = edits.receive(this.#document, { revision: message.revision, diff: message.diff, own });
    if (next === null) return false;
    if (next !== this.#document) this.#set(next);
    return true;
  }

  /** Takes the answer to an edit; false when it was for something else. */
  answer(answer: Answer): boolean {
    const pending = this.pending.find((candidate) => candidate.requestId === answer.requestId);
    if (this.#document === null || pending === undefined || !isEditAnswer(answer)) return false;
    if (answer.type === 'accepted') {
      this.#settle(pending, answer, outcomeOfAccepted(answer));
      const next = edits.accept(this.#document, answer);
      // The diff does not fit what we hold: only a snapshot can tell how the document is now.
      if (next === null) this.#options.send({ type: 'resync' });
      this.#set(next ?? edits.remove(this.#document, answer.requestId));
    } else {
      this.#refuse(pending, refusalOf(answer, pending.edit));
      this.#set(edits.remove(this.#document, answer.requestId));
    }
    return true;
  }

  /** Whoever waits is told that the edit is kept. */
  offline(): void {
    this.#online = false;
    for (const waiter of this.#waiters.values()) {
      waiter.tell?.(waiter.local);
      waiter.tell = null;
    }
    this.#flushIdle();
  }

  #settle(
    pending: edits.PendingEdit,
    { diff, revision }: Omit<AcceptedEdit, 'summary'>,
    outcome: EditOutcome | null,
  ): void {
    const waiter = this.#waiters.get(pending.requestId);
    this.#waiters.delete(pending.requestId);
    waiter?.tell?.(outcome ?? waiter.local);
    const summary = outcome?.ok === true ? outcome.summary : (waiter?.summary ?? '');
    this.#options.onAccepted(pending.requestId, pending.kind, { diff, revision, summary });
  }

  #refuse(pending: edits.PendingEdit, outcome: Refusal): void {
    const waiter = this.#waiters.get(pending.requestId);
    this.#waiters.delete(pending.requestId);
    this.#options.onRefused(pending.requestId, pending.kind);
    if (waiter?.tell) waiter.tell(outcome);
    else this.#options.onLateRefusal(outcome, waiter?.summary ?? '');
  }

  /** @param shown what is to be seen, when it is known already; otherwise it is worked out from the queue */
  #set(document: edits.DocumentState, shown: Topology = edits.shownTopology(document)): void {
    this.#document = document;
    this.#shown = shown;
    const next = this.#online ? edits.nextToSend(document) : null;
    if (next !== null) {
      const { requestId, edit, madeOn, takeOver, reverts } = next;
      const how = { requestId, baseRevision: madeOn, ...(takeOver === undefined ? {} : { takeOver }) };
      const message: ClientMessage =
        reverts === undefined ? { type: 'edit', edit, ...how } : { type: 'revert', revision: reverts, ...how };
      if (this.#options.send(message)) {
        this.#document = edits.markSent(document, requestId);
      }
    }
    this.#options.onChange(shown, document.revision, this.#document.pending);
    if (this.#document.pending.length === 0) this.#flushIdle();
  }

  #flushIdle(): void {
    const waiting = this.#idle;
    this.#idle = [];
    for (const resolve of waiting) resolve();
  }
}

function isEditAnswer(answer: Answer): answer is EditAnswer {
  return answer.type === 'accepted' || answer.type === 'stale' || answer.type === 'invalid' || answer.type === 'failed';
}

function refusalOf(answer: Exclude<EditAnswer, { readonly type: 'accepted' }>, edit: Edit): Refusal {
  if (answer.type === 'invalid') return { ok: false, diagnostics: answer.diagnostics };
  if (answer.type === 'stale') return staleOutcome(edit);
  const { code, detail } = answer;
  return { ok: false, diagnostics: [{ code, severity: 'error', summary: detail, detail, path: [] }] };
}
