import type { Answer, ClientMessage, LiveSection, ServerMessage, Snapshot } from '@vethlab/protocol';
import { type Edit, invertDiff, probeKey, type Topology } from '@vethlab/topology';
import { isBroadcast } from '../connection/server-message';
import type { StreamEnd, StreamStatus } from '../connection/stream-client';
import { diagnosticsText, refusal, tooLargeCode } from './edit-outcome';
import { type AcceptedEdit, type EditKind, EditQueue } from './edit-queue';
import { appendEvents, type EventText, eventsOf } from './event-log';
import type { EditOutcome, LabClosed, LabState } from './lab-state';
import { stateOfLive, stateOfLook } from './live-reading';
import type { PendingEdit } from './pending-edits';
import { stateOfBroadcast, stateOfSnapshot, withoutOldProbes } from './receive';
import { type RequestBody, Requests } from './requests';
import {
  emptyUndoStack,
  pop,
  pushDone,
  pushRedone,
  pushSettled,
  pushUndone,
  type UndoEntry,
  type UndoStack,
} from './undo-stack';

export interface SessionOptions {
  readonly send: (message: ClientMessage) => boolean;
  readonly get: () => LabState;
  readonly set: (part: Partial<LabState>) => void;
  /** A message that outlives the place of the act. */
  readonly notify: (level: 'info' | 'warning' | 'error', text: string, detail: string) => void;
  readonly newId: () => string;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** Wall clock milliseconds, for reading. */
  readonly clock: () => number;
}

/** Why a step back or forth did not go, for codes that say it; what it touched has changed since in all other cases. */
const whyNotTurned: Readonly<Record<string, string>> = {
  [tooLargeCode]: 'it is too much for one step',
  'lab.forgotten': 'it is too large to be sent again, and the server does not know it any more',
};

/** One open lab: what comes from the stream goes into the state, what the person does goes the other way. */
export class LabSession {
  readonly #options: SessionOptions;
  readonly #queue: EditQueue;
  readonly #requests: Requests;
  #stack: UndoStack = emptyUndoStack;
  /** Entries whose undo or redo is on its way. */
  readonly #returning = new Map<string, UndoEntry>();
  #clientId = '';

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#requests = new Requests(options.send, options.newId);
    this.#queue = new EditQueue({
      send: options.send,
      newId: options.newId,
      onChange: (shown, revision, pending) => this.#changed(shown, revision, pending),
      onAccepted: (requestId, kind, accepted) => this.#accepted(requestId, kind, accepted),
      onRefused: (requestId) => this.#returning.delete(requestId),
      onLateRefusal: (outcome, summary) =>
        options.notify(
          'error',
          summary === '' ? 'An edit made without connection was refused.' : `Refused after all: ${summary}`,
          diagnosticsText(outcome.diagnostics),
        ),
    });
  }

  edit(edit: Edit): Promise<EditOutcome> {
    return this.#queue.add(edit, 'edit');
  }

  /** An edit that finishes the one before it, such as moving over for somebody else's node: undo takes both back as one. */
  settle(edit: Edit): Promise<EditOutcome> {
    return this.#queue.add(edit, 'settle');
  }

  /** Takes back the last edit of this person: one that was not sent yet, or else the last that was accepted. */
  async turn(side: 'undo' | 'redo'): Promise<EditOutcome> {
    await this.#queue.whenIdle();
    const last = this.#queue.pending.at(-1);
    if (side === 'undo' && last !== undefined && last.kind === 'edit') {
      if (this.#queue.withdrawLast() === null) {
        return refusal(
          'undo.unknown',
          'Whether the last edit arrived is not known yet.',
          'The connection broke while it was on its way. Undo works again when the connection is back.',
        );
      }
      this.#stack = {
        ...this.#stack,
        redo: [...this.#stack.redo, this.#entry({ diff: last.diff, revision: null, summary: 'the last edit' })],
      };
      this.#showStack(this.#queue.pending);
      return { ok: true, summary: 'Taken back before it was sent', warnings: [], created: { nodes: [], links: [] } };
    }
    const popped = pop(this.#stack, side);
    if (popped === null) {
      return refusal(`${side}.nothing`, `There is nothing to ${side}.`, 'Only your own edits of this session count.');
    }
    this.#stack = popped.rest;
    const { entry } = popped;
    const diff = side === 'undo' ? invertDiff(entry.diff) : entry.diff;
    const outcome = await this.#queue.add({ type: 'apply-diff', diff }, side, {
      onQueued: (requestId) => this.#returning.set(requestId, entry),
      takeOver: entry.takeOver,
      reverts: entry.revision,
    });
    this.#showStack(this.#queue.pending);
    if (outcome.ok) return { ...outcome, summary: `${side === 'undo' ? 'Undone' : 'Done again'}: ${entry.summary}` };
    const known = outcome.diagnostics.find(({ code }) => Object.hasOwn(whyNotTurned, code))?.code;
    const why = known === undefined ? 'what it touched has changed since' : whyNotTurned[known];
    const said = `Cannot ${side} “${entry.summary}”: ${why}.`;
    return refusal(known ?? `${side}.changed`, said, diagnosticsText(outcome.diagnostics));
  }

  /** @throws RequestFailed */
  ask(body: RequestBody, onProgress?: (done: number, total: number) => void): Promise<Answer> {
    return this.#requests.ask(body, onProgress);
  }

  forgetLive(): void {
    this.#options.set({ live: null });
  }

  /** @throws RequestFailed */
  async inspect(node: string | null, sections: readonly LiveSection[]): Promise<void> {
    this.#options.set(stateOfLook(this.#options.get(), node, sections));
    await this.#requests.ask({ type: 'inspect', node, sections });
  }

  receive(message: ServerMessage, fresh: boolean): void {
    if (message.type === 'snapshot') this.#snapshot(message, fresh);
    else if (isBroadcast(message)) this.#broadcast(message);
    else if (message.type === 'error')
      this.#log([{ level: 'error', text: `The server did not understand: ${message.detail}` }]);
    else if (message.type === 'live') this.#options.set(stateOfLive(this.#options.get(), message));
    else if (!this.#queue.answer(message)) this.#requests.answer(message);
  }

  status(status: StreamStatus): void {
    const before = this.#options.get().connection;
    if (status === before) return;
    // A new try while it is lost is still "lost" to the person; only the first one is "connecting".
    if (status === 'lost') {
      this.#options.set({ connection: 'lost' });
      this.#queue.offline();
      this.#requests.abandon();
      if (before === 'open') this.#log([{ level: 'warning', text: 'Connection lost' }]);
      return;
    }
    this.#options.set({ connection: status });
    if (status === 'open' && before === 'lost') this.#log([{ level: 'info', text: 'Connection restored' }]);
  }

  ended(end: StreamEnd): void {
    this.#options.set({ closed: closedBy(end) });
  }

  #snapshot(snapshot: Snapshot, fresh: boolean): void {
    this.#clientId = snapshot.clientId;
    this.#options.set(stateOfSnapshot(snapshot));
    this.#queue.snapshot(snapshot, fresh);
  }

  #broadcast(message: Parameters<typeof eventsOf>[0]): void {
    const before = this.#options.get();
    if (message.type === 'document') {
      const mine = message.author === this.#clientId;
      if (!this.#queue.documentChanged(message, mine && message.adopted !== true)) {
        this.#options.send({ type: 'resync' });
        return;
      }
      // What was typed belongs to whoever adopted it; adopted by itself, to whoever follows.
      if (message.adopted === true && mine) {
        const entry = this.#entry(message);
        this.#stack = pushDone(this.#stack, { ...entry, takeOver: true });
        this.#showStack(this.#queue.pending);
      }
    }
    this.#options.set(stateOfBroadcast(this.#options.get(), message));
    this.#log(eventsOf(message, { ...before, clientId: this.#clientId }));
  }

  #changed(shown: Topology, revision: number, pending: readonly PendingEdit[]): void {
    const { topology, probes } = this.#options.get();
    const keys = new Set(shown.probes.map(probeKey));
    this.#options.set({
      topology: shown,
      revision,
      pendingEdits: pending.length,
      ...(topology?.probes === shown.probes ? {} : { probes: withoutOldProbes(probes, keys) }),
    });
    this.#showStack(pending);
  }

  #accepted(requestId: string, kind: EditKind, accepted: AcceptedEdit): void {
    if (kind === 'edit') {
      this.#stack = pushDone(this.#stack, this.#entry(accepted));
      return;
    }
    if (kind === 'settle') {
      this.#stack = pushSettled(this.#stack, accepted.diff);
      return;
    }
    const entry = this.#returning.get(requestId);
    this.#returning.delete(requestId);
    if (entry === undefined) return;
    const push = kind === 'undo' ? pushUndone : pushRedone;
    this.#stack = push(this.#stack, entry, accepted);
  }

  #entry({ diff, revision, summary }: AcceptedEdit): UndoEntry {
    return { diff, revision, summary: summary.replace(/\.$/, ''), atMs: this.#options.now() };
  }

  #showStack(pending: readonly PendingEdit[]): void {
    const undo = this.#stack.undo.at(-1)?.summary ?? null;
    const redo = this.#stack.redo.at(-1)?.summary ?? null;
    const waiting = pending.some((edit) => edit.kind === 'edit');
    this.#options.set({
      canUndo: undo !== null || waiting,
      canRedo: redo !== null,
      undoLabel: waiting ? 'the last edit' : undo,
      redoLabel: redo,
    });
  }

  #log(events: readonly EventText[]): void {
    if (events.length === 0) return;
    this.#options.set({ events: appendEvents(this.#options.get().events, events, this.#options.clock()) });
  }
}

function closedBy(end: StreamEnd): LabClosed {
  if (end.reason === 'protocol') {
    return { reason: 'reload', text: 'Vethlab was updated. Reload this page to go on.' };
  }
  const { status, detail } = end.problem;
  if (status === 401) return { reason: 'unauthorized', text: detail };
  if (status === 404) return { reason: 'missing', text: detail };
  if (status === 422) return { reason: 'broken', text: detail };
  return { reason: 'refused', text: detail };
}
