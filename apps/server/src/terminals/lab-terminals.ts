import { randomBytes } from 'node:crypto';
import {
  type OpenTerminalBody,
  type TerminalEnd,
  type TerminalNews,
  type TerminalOrder,
  type TerminalSession,
  terminalInputMaxBytes,
  terminalsPerLabMax,
} from '@vethlab/protocol';
import { ProblemError } from '../http/problem-error.js';
import { Terminal } from './terminal.js';

/** Of the VT100, and of everybody who does not say otherwise. */
const usualCols = 80;
const usualRows = 24;

/** A burst of changes (twenty viewers that come back) is told once. */
const announceDelayMs = 20;

/**
 * Where output is decoded; the ring copies it at once. A buffer for each message would be memory outside of the heap, of
 * which Node lets 64 MB come together before it looks for what can go.
 */
const scratch = Buffer.allocUnsafeSlow(2 * terminalInputMaxBytes);

/** What the terminals need of their lab. */
export interface TerminalsOwner {
  /** @throws ProblemError when the lab does not run, or its agent refuses */
  readonly open: (order: Omit<Extract<TerminalOrder, { type: 'terminal-open' }>, 'id'>) => Promise<unknown>;
  readonly tell: (order: TerminalOrder) => void;
  readonly announce: (terminals: readonly TerminalSession[]) => void;
}

/** The terminal sessions of one lab, oldest first. Those that ended stay until somebody closes them or room is needed. */
export class LabTerminals {
  readonly #owner: TerminalsOwner;
  readonly #terminals = new Map<string, Terminal>();
  /** Asked for, and not there yet. */
  readonly #opening = new Map<string, Terminal>();
  #timer: NodeJS.Timeout | null = null;

  constructor(owner: TerminalsOwner) {
    this.#owner = owner;
  }

  list(): readonly TerminalSession[] {
    return [...this.#terminals.values()].map(({ session }) => session);
  }

  find(id: string): Terminal | null {
    return this.#terminals.get(id) ?? null;
  }

  /** @throws ProblemError 409 when there are too many, the lab does not run, or the node is not there */
  async open({ node, vrf, cols = usualCols, rows = usualRows }: OpenTerminalBody): Promise<TerminalSession> {
    this.#makeRoom();
    const id = `t-${randomBytes(8).toString('hex')}`;
    const place = vrf === undefined ? {} : { vrf };
    const terminal = new Terminal({
      id,
      node,
      ...place,
      number: this.#numberFor(node, vrf),
      cols,
      rows,
      tell: this.#owner.tell,
      onChange: () => this.#announceSoon(),
    });
    this.#opening.set(id, terminal);
    try {
      await this.#owner.open({ type: 'terminal-open', terminal: id, node, ...place, cols, rows });
      // Kept also when the shell has ended in the meantime: its viewer shall see why.
      this.#terminals.set(id, terminal);
    } finally {
      this.#opening.delete(id);
    }
    this.#announceSoon();
    return terminal.session;
  }

  /** Ends the shell and forgets the session. @throws ProblemError 404 */
  close(id: string): void {
    const terminal = this.#terminals.get(id);
    if (terminal === undefined) {
      throw new ProblemError(404, 'terminal.unknown', `The lab has no terminal ${JSON.stringify(id)}.`);
    }
    if (terminal.isRunning) this.#owner.tell({ type: 'terminal-close', terminal: id });
    this.#terminals.delete(id);
    terminal.close();
    this.#announceSoon();
  }

  take(news: TerminalNews): void {
    const terminal = this.#terminals.get(news.terminal) ?? this.#opening.get(news.terminal);
    // Closed in the meantime.
    if (terminal === undefined) return;
    switch (news.type) {
      case 'terminal-output':
        terminal.output(scratch.subarray(0, scratch.write(news.data, 'base64')));
        return;
      case 'terminal-taken':
        terminal.inputTaken(news.bytes);
        return;
      case 'terminal-renamed':
        terminal.renamed(news.node);
        return;
      case 'terminal-exited':
        terminal.ended(news);
        return;
    }
  }

  /** The sandbox is gone, with every shell in it. */
  sandboxGone(reason: Extract<TerminalEnd, 'lab-stopped' | 'agent-lost'>): void {
    for (const terminal of [...this.#terminals.values(), ...this.#opening.values()]) {
      terminal.ended({ reason, exitCode: null, signal: null });
    }
  }

  /** The lab is no more, or the server ends. */
  closeAll(): void {
    for (const terminal of this.#terminals.values()) terminal.close();
    this.#terminals.clear();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Sessions that ended give way to new ones, the oldest first. */
  #makeRoom(): void {
    for (const [id, terminal] of this.#terminals) {
      if (this.#terminals.size + this.#opening.size < terminalsPerLabMax) return;
      if (terminal.isRunning) continue;
      this.#terminals.delete(id);
      terminal.close();
    }
    if (this.#terminals.size + this.#opening.size < terminalsPerLabMax) return;
    const detail = `A lab has at most ${terminalsPerLabMax} terminals. Close one that is not needed.`;
    throw new ProblemError(409, 'terminal.too-many', detail);
  }

  /** The second shell of a node is "ns1 (2)"; a number that is free again is given again: also that of one that has ended, which is opened again by its name. */
  #numberFor(node: string | null, vrf: string | undefined): number {
    const taken = new Set<number>();
    for (const terminal of [...this.#terminals.values(), ...this.#opening.values()]) {
      if (terminal.isRunning && terminal.node === node && terminal.vrf === vrf) taken.add(terminal.number);
    }
    let number = 1;
    while (taken.has(number)) number += 1;
    return number;
  }

  #announceSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#owner.announce(this.list());
    }, announceDelayMs).unref();
  }
}
