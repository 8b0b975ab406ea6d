import { type ApplyReport, type FromAgent, fromAgentSchema, type LiveNews, type LivePieces } from '@vethlab/protocol';
import type { z } from 'zod';
import { turn } from '../turns/turn.js';
import { observedPieces } from './observed-pieces.js';

/** Longest the event loop is held at a stretch by what one agent says. */
const sliceMs = 4;

/** And at once, in the turn in which it came: reading the channel has taken some of that already. */
const atOnceMs = 1;

/** List items that are read at a time: some 2 ms. */
const piecesPerRead = 40;

export interface InboxOwner {
  readonly take: (message: FromAgent) => void;
  readonly notUnderstood: (type: string, issues: readonly z.core.$ZodIssue[]) => void;
}

/**
 * Reads what an agent sends, in order and in slices: while 1,000 nodes are applied, its messages are large, and other labs
 * must not wait. A process inside the sandbox could speak for the agent, so everything is checked as from outside.
 */
export class AgentInbox {
  readonly #owner: InboxOwner;
  readonly #waiting: Generator<void>[] = [];
  #reading = false;
  #closed = false;

  constructor(owner: InboxOwner) {
    this.#owner = owner;
  }

  add(raw: FromAgent): void {
    this.#waiting.push(this.#read(raw));
    if (!this.#reading) this.#work(atOnceMs);
  }

  /** The agent is gone: what it said before does not count any more. */
  close(): void {
    this.#closed = true;
    this.#waiting.length = 0;
  }

  #work(allowedMs: number): void {
    const started = performance.now();
    this.#reading = true;
    for (;;) {
      const reader = this.#waiting[0];
      if (reader === undefined) break;
      if (reader.next().done) this.#waiting.shift();
      if (performance.now() - started < allowedMs) continue;
      void turn().then(() => this.#work(sliceMs));
      return;
    }
    this.#reading = false;
  }

  /** Each step reads one piece. Observed state is passed on piece by piece; a list is passed on whole, when all of it is read. */
  *#read(raw: FromAgent): Generator<void> {
    if (raw.type === 'observed' && isRecord(raw.delta) && isRecord(raw.delta.namespaces)) {
      const { namespaces: _, ...ofRoot } = raw.delta;
      if (Object.keys(ofRoot).length > 0) {
        const message = this.#check({ type: 'observed', delta: { namespaces: {}, ...ofRoot } });
        if (message !== null) this.#pass(message);
        yield;
      }
      for (const namespaces of observedPieces(raw.delta.namespaces)) {
        const message = this.#check({ type: 'observed', delta: { namespaces } });
        if (message !== null) this.#pass(message);
        yield;
      }
      return;
    }
    if (raw.type === 'drift' && Array.isArray(raw.items)) {
      const items = [];
      for (const part of partsOf(raw.items)) {
        const message = this.#check({ type: 'drift', items: part });
        if (message?.type !== 'drift') return;
        items.push(...message.items);
        yield;
      }
      this.#pass({ type: 'drift', items });
      return;
    }
    if (raw.type === 'applied' && isRecord(raw.report)) {
      yield* this.#readReport(raw.report);
      return;
    }
    if (raw.type === 'rates' && isRecord(raw.rates)) {
      yield* this.#readRates(raw.rates);
      return;
    }
    if (raw.type === 'live' && isRecord(raw.pieces)) {
      yield* this.#readLive(raw);
      return;
    }
    const message = this.#check(raw);
    if (message !== null) this.#pass(message);
  }

  /** Traffic on a thousand links. */
  *#readRates(raw: Readonly<Record<string, unknown>>): Generator<void> {
    const rates = [];
    for (const part of partsOf(Object.entries(raw))) {
      const message = this.#check({ type: 'rates', rates: Object.fromEntries(part) } as FromAgent);
      if (message?.type !== 'rates') return;
      rates.push(...Object.entries(message.rates));
      yield;
    }
    this.#pass({ type: 'rates', rates: Object.fromEntries(rates) });
  }

  /** A reading of a router with hundreds of interfaces: section by section. */
  *#readLive(raw: LiveNews): Generator<void> {
    const head = this.#check({ ...raw, pieces: {} });
    if (head?.type !== 'live') return;
    const pieces: LivePieces[] = [];
    for (const [section, piece] of Object.entries(raw.pieces)) {
      const message = this.#check({ ...raw, pieces: Object.fromEntries([[section, piece]]) });
      if (message?.type !== 'live') return;
      pieces.push(message.pieces);
      yield;
    }
    this.#pass({ ...head, pieces: Object.assign({}, ...pieces) as LivePieces });
  }

  /** The report of a large apply has hundreds of steps. */
  *#readReport(raw: ApplyReport): Generator<void> {
    const check = (plan: readonly unknown[], failures: readonly unknown[]) => {
      const message = this.#check({ type: 'applied', report: { ...raw, plan, failures } } as FromAgent);
      return message?.type === 'applied' ? message.report : null;
    };
    const head = check([], []);
    if (head === null || !Array.isArray(raw.plan) || !Array.isArray(raw.failures)) return;
    const plan: ApplyReport['plan'][number][] = [];
    const failures: ApplyReport['failures'][number][] = [];
    for (const part of partsOf(raw.plan)) {
      const read = check(part, []);
      if (read === null) return;
      plan.push(...read.plan);
      yield;
    }
    for (const part of partsOf(raw.failures)) {
      const read = check([], part);
      if (read === null) return;
      failures.push(...read.failures);
      yield;
    }
    this.#pass({ type: 'applied', report: { ...head, plan, failures } });
  }

  #pass(message: FromAgent): void {
    if (!this.#closed) this.#owner.take(message);
  }

  #check(raw: FromAgent): FromAgent | null {
    const parsed = fromAgentSchema.safeParse(raw);
    if (parsed.success) return parsed.data;
    this.#owner.notUnderstood(raw.type, parsed.error.issues);
    return null;
  }
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function* partsOf<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += piecesPerRead) yield items.slice(start, start + piecesPerRead);
}
