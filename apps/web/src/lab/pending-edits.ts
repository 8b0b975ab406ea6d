import { applyDiff, applyEdit, type Edit, type Topology, type TopologyDiff } from '@vethlab/topology';

/**
 * Edits on their way, as pure functions. What a person sees is the confirmed document with the pending edits applied
 * again on top of it; so a diff from somebody else slides in underneath, and a refused edit just falls out.
 */
export interface PendingEdit {
  readonly requestId: string;
  readonly edit: Edit;
  /** The document changes and the kernel does not: of an adoption that is taken back or done again. */
  readonly takeOver?: true;
  /** Larger than a message may be: sent as the number of the revision that it takes back. */
  readonly reverts?: number;
  /** `settle`: belongs to the edit before it, as one step of undo. */
  readonly kind: 'edit' | 'settle' | 'undo' | 'redo';
  /** Revision that its maker saw: what the names in it meant then is what they mean. */
  readonly madeOn: number;
  /** Revision it was sent against; null: not sent yet. */
  readonly sentAt: number | null;
  /** Revision the server gave it. Waits here until the `document` of that revision came. */
  readonly acceptedAt: number | null;
  /** Its own `document` came before its answer: already in the confirmed document. */
  readonly inDocument: boolean;
  /** What it did when it was made, on what the person then saw. */
  readonly diff: TopologyDiff;
}

export interface DocumentState {
  readonly confirmed: Topology;
  readonly revision: number;
  readonly pending: readonly PendingEdit[];
}

/** The document with the edits that are still on their way already in it. An edit that no longer fits is left out. */
export function shownTopology(document: DocumentState): Topology {
  let shown = document.confirmed;
  for (const pending of document.pending) {
    if (pending.inDocument) continue;
    const result = applyEdit(shown, pending.edit);
    if (result.ok) shown = result.topology;
  }
  return shown;
}

/** A new edit at the end of the queue. */
export function enqueue(document: DocumentState, added: PendingEdit): DocumentState {
  return { ...document, pending: [...document.pending, added] };
}

/**
 * The edit to send next, if any: one at a time, and only when the one before is in the confirmed document. It goes with
 * the revision that it was made on, not with the newest: a name that somebody gave anew in between would mean another
 * object there, which only the server can tell (docs/decisions/0012).
 */
export function nextToSend(document: DocumentState): PendingEdit | null {
  const first = document.pending[0];
  return first !== undefined && first.sentAt === null ? first : null;
}

export function markSent(document: DocumentState, requestId: string): DocumentState {
  return change(document, requestId, (pending) => ({ ...pending, sentAt: document.revision }));
}

/** To be sent again. */
export function markUnsent(document: DocumentState, requestId: string): DocumentState {
  return change(document, requestId, (pending) => ({ ...pending, sentAt: null }));
}

/**
 * The server took the edit. Its diff brings the document on when the broadcast has not come yet. Gives null when the
 * diff does not fit: then a snapshot is needed.
 */
export function accept(
  document: DocumentState,
  answer: { readonly requestId: string; readonly revision: number; readonly diff: TopologyDiff },
): DocumentState | null {
  if (answer.revision <= document.revision) return remove(document, answer.requestId);
  if (answer.revision === document.revision + 1) {
    const applied = applyDiff(document.confirmed, answer.diff);
    if (!applied.ok) return null;
    const moved = { ...remove(document, answer.requestId), confirmed: applied.topology, revision: answer.revision };
    return madeOnOwn(moved, answer.revision);
  }
  return change(document, answer.requestId, (pending) => ({ ...pending, acceptedAt: answer.revision }));
}

/** The edit falls out: refused, or withdrawn before it was sent. */
export function remove(document: DocumentState, requestId: string): DocumentState {
  return { ...document, pending: document.pending.filter((pending) => pending.requestId !== requestId) };
}

/**
 * A change of the document from the server, own or somebody else's. Gives null when a revision in between is missing or
 * the diff does not fit: then a snapshot is needed.
 */
export function receive(
  document: DocumentState,
  message: { readonly revision: number; readonly diff: TopologyDiff; readonly own: boolean },
): DocumentState | null {
  if (message.revision <= document.revision) return document;
  if (message.revision !== document.revision + 1) return null;
  const applied = applyDiff(document.confirmed, message.diff);
  if (!applied.ok) return null;
  const moved = { ...document, confirmed: applied.topology, revision: message.revision };
  const answered = document.pending.find((pending) => pending.acceptedAt === message.revision);
  if (answered !== undefined) return madeOnOwn(remove(moved, answered.requestId), message.revision);
  const sent = message.own
    ? document.pending.find((pending) => pending.sentAt !== null && !pending.inDocument)
    : undefined;
  if (sent === undefined) return moved;
  return madeOnOwn(
    change(moved, sent.requestId, (pending) => ({ ...pending, inDocument: true })),
    message.revision,
  );
}

/**
 * An own edit has become a revision: those queued behind it were made with it in sight. With nobody else's in between,
 * that revision is what their maker saw.
 */
export function madeOnOwn(document: DocumentState, revision: number): DocumentState {
  const pending = document.pending.map((edit) =>
    edit.sentAt === null && edit.madeOn === revision - 1 ? { ...edit, madeOn: revision } : edit,
  );
  return { ...document, pending };
}

/** After a restart the server may count from further back; of what was before, it knows nothing. */
export function madeAtMostOn(document: DocumentState, revision: number): DocumentState {
  const pending = document.pending.map((edit) => (edit.madeOn > revision ? { ...edit, madeOn: revision } : edit));
  return { ...document, pending };
}

function change(document: DocumentState, requestId: string, how: (pending: PendingEdit) => PendingEdit): DocumentState {
  return {
    ...document,
    pending: document.pending.map((pending) => (pending.requestId === requestId ? how(pending) : pending)),
  };
}
