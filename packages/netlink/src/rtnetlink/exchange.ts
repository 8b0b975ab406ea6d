import { NetlinkError } from '../errors/netlink-error.js';
import { libc } from '../libc/calls.js';
import { EMSGSIZE, ENOBUFS, EPROTO, MSG_NOSIGNAL } from '../libc/constants.js';
import { lastErrno } from '../libc/library.js';
import type { AnswerSheet } from './answer-sheet.js';
import { decodeDone, decodeVerdict, type Verdict } from './codec/error-message.js';
import type { Frame } from './codec/frame.js';
import {
  NLM_F_DUMP,
  NLM_F_DUMP_INTR,
  NLM_F_REQUEST,
  NLMSG_DONE,
  NLMSG_ERROR,
  NLMSG_NOOP,
} from './codec/message-types.js';
import { MessageWriter } from './codec/message-writer.js';
import { Messages } from './codec/messages.js';
import { inbox } from './inbox.js';

/** Reads a message's body between two offsets; null for one that is to be skipped. */
export type Decode<T> = (frame: Frame, start: number, end: number) => T | null;

/** A question to the kernel. */
export interface Question<T> {
  /** For errors: `RTM_GETLINK`. */
  readonly label: string;
  /** RTM_GET* number. */
  readonly type: number;
  readonly encode: (writer: MessageWriter) => void;
  readonly decode: Decode<T>;
}

/** How often a dump is begun again because the kernel changed the list meanwhile. */
const CALM_ATTEMPTS = 3;
/** How often a question is asked again because a message was larger than the memory for it, which grows each time. */
const ATTEMPTS = 8;

/** Questions are asked synchronously, one at a time: one writer serves all sockets. */
const writer = new MessageWriter();

/**
 * Questions and answers on one rtnetlink socket. rtnetlink answers inside `send`, so answers can be read at once, without
 * waiting. A batch may be under way on another thread meanwhile: its answers arrive on the same socket and are told apart
 * by their sequence numbers.
 */
export class Exchange {
  readonly fd: number;
  /** Batches whose answers are still to come: at most one under way on another thread and one on this. */
  readonly #expected: AnswerSheet[] = [];
  #sequence = 0;

  constructor(fd: number) {
    this.fd = fd;
  }

  /** The next sequence number: 32 bits, and never the same as that of a message still under way. */
  nextSequence(): number {
    this.#sequence = (this.#sequence + 1) >>> 0;
    return this.#sequence;
  }

  /** Announces a batch before it is sent, so that its answers find their sheet whoever reads them. */
  expect(sheet: AnswerSheet): void {
    this.#expected.push(sheet);
  }

  /** Reads the answers to a sent batch, which are all there, and forgets the batch. */
  collect(sheet: AnswerSheet): void {
    while (!sheet.complete) {
      const length = this.#receiveOrLose();
      if (length === 0) break;
      if (length < 0) continue;
      const message = new Messages(inbox.frame, length);
      while (message.next()) this.#hand(message, inbox.frame);
    }
    this.forget(sheet);
  }

  forget(sheet: AnswerSheet): void {
    const index = this.#expected.indexOf(sheet);
    if (index >= 0) this.#expected.splice(index, 1);
  }

  /**
   * Asks for one thing; null when the answer says nothing that can be read.
   * @throws NetlinkError with the kernel's refusal (ENODEV …).
   */
  get<T>(question: Question<T>): T | null {
    return this.#askUntilComplete(question, 0)[0] ?? null;
  }

  /**
   * Asks for a list. A list that changes while it is read is read again. If it never comes to rest, the last reading counts:
   * it has what was there all the time, and may have or miss what came or went meanwhile. The events of those changes
   * are later than the reading, so whoever listens to them looks again.
   * @throws NetlinkError with the kernel's refusal.
   */
  dump<T>(question: Question<T>): T[] {
    return this.#askUntilComplete(question, NLM_F_DUMP);
  }

  #askUntilComplete<T>(question: Question<T>, flags: number): T[] {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const { found, interrupted, cut } = this.#ask(question, flags);
      if (!cut && (!interrupted || attempt >= CALM_ATTEMPTS)) return found;
    }
    const kernelMessage = 'an answer is larger than any memory for it';
    throw new NetlinkError({ errno: EMSGSIZE, syscall: question.label, kernelMessage });
  }

  #ask<T>(question: Question<T>, flags: number): Reading<T> {
    const sequence = this.#send(question, flags);
    const reading: Reading<T> = {
      found: [],
      interrupted: false,
      cut: false,
      finished: false,
      verdict: null,
      failure: null,
    };
    while (!reading.finished) {
      const length = this.#receiveOrLose();
      if (length < 0) reading.cut = true;
      else if (length > 0) this.#read(length, sequence, flags !== 0, question, reading);
      else if (reading.cut) break;
      else
        throw new NetlinkError({ errno: EPROTO, syscall: question.label, kernelMessage: 'the kernel gave no answer' });
    }
    if (reading.failure !== null) throw reading.failure;
    const { verdict } = reading;
    if (verdict !== null && verdict.errno !== 0) {
      const kernelMessage = verdict.text ?? undefined;
      throw new NetlinkError({ errno: verdict.errno, syscall: question.label, kernelMessage });
    }
    return reading;
  }

  #send<T>(question: Question<T>, flags: number): number {
    const sequence = this.nextSequence();
    writer.clear();
    writer.begin(question.type, NLM_F_REQUEST | flags, sequence);
    question.encode(writer);
    writer.end();
    if (libc.send(this.fd, writer.bytes, writer.length, MSG_NOSIGNAL) < 0) {
      throw new NetlinkError({ errno: lastErrno(), syscall: question.label });
    }
    return sequence;
  }

  /** Reads one datagram; messages that answer a batch are handed to it. */
  #read<T>(length: number, sequence: number, isDump: boolean, question: Question<T>, reading: Reading<T>): void {
    const { frame } = inbox;
    const message = new Messages(frame, length);
    while (message.next()) {
      if (message.sequence !== sequence) this.#hand(message, frame);
      else if (message.type === NLMSG_ERROR) {
        reading.verdict = decodeVerdict(frame, message.start, message.end, message.flags);
        reading.finished = true;
      } else if (message.type === NLMSG_DONE) {
        if ((message.flags & NLM_F_DUMP_INTR) !== 0) reading.interrupted = true;
        reading.verdict = decodeDone(frame, message.start, message.end, message.flags);
        reading.finished = true;
      } else if (message.type !== NLMSG_NOOP) {
        if ((message.flags & NLM_F_DUMP_INTR) !== 0) reading.interrupted = true;
        decodeInto(question, frame, message, reading);
        if (!isDump) reading.finished = true;
      }
    }
  }

  /** Gives an answer to the batch it belongs to. */
  #hand(message: Messages, frame: Frame): void {
    if (message.type !== NLMSG_ERROR) return;
    const verdict = decodeVerdict(frame, message.start, message.end, message.flags);
    if (verdict === null) return;
    for (const sheet of this.#expected) if (sheet.record(message.sequence, verdict)) return;
  }

  /** As `inbox.receive`; answers that the kernel had to drop are noted on the batches. */
  #receiveOrLose(): number {
    for (;;) {
      try {
        return inbox.receive(this.fd);
      } catch (error) {
        if (!(error instanceof NetlinkError) || error.errno !== ENOBUFS) throw error;
        for (const sheet of this.#expected) sheet.loseAnswers();
      }
    }
  }
}

interface Reading<T> {
  readonly found: T[];
  /** The list changed while it was read. */
  interrupted: boolean;
  /** A message was larger than the memory for it. */
  cut: boolean;
  finished: boolean;
  verdict: Verdict | null;
  failure: unknown;
}

// A dump that is not read to its end blocks the socket for the next one (EBUSY): a failing decoder must wait for the end.
function decodeInto<T>(question: Question<T>, frame: Frame, message: Messages, reading: Reading<T>): void {
  try {
    const decoded = question.decode(frame, message.start, message.end);
    if (decoded !== null) reading.found.push(decoded);
  } catch (error) {
    reading.failure ??= error;
  }
}
