import { NetlinkError } from '../errors/netlink-error.js';
import { ENOBUFS } from '../libc/constants.js';
import type { Verdict } from './codec/error-message.js';
import type { Answer, Request } from './request.js';

const DONE: Answer = { ok: true };

/**
 * Collects the kernel's verdicts on the requests of one `send`. Only the last request asks for an acknowledgement: a refused
 * request is always answered, so silence on an earlier one means that it was done.
 */
export class AnswerSheet {
  /** The last request has been answered. */
  complete = false;
  #lossy = false;
  readonly #requests: readonly Request[];
  readonly #first: number;
  readonly #answers: (Answer | undefined)[];

  /**
   * @param requests those that were sent, in order.
   * @param firstSequence the sequence number of the first; the others follow without gaps.
   */
  constructor(requests: readonly Request[], firstSequence: number) {
    this.#requests = requests;
    this.#first = firstSequence;
    this.#answers = new Array<Answer | undefined>(requests.length).fill(undefined);
  }

  /** Takes a verdict; false when its sequence number belongs to somebody else. */
  record(sequence: number, verdict: Verdict): boolean {
    const index = (sequence - this.#first) >>> 0;
    const request = this.#requests[index];
    if (request === undefined) return false;
    this.#answers[index] = verdict.errno === 0 ? DONE : refusal(request, verdict);
    if (index === this.#requests.length - 1) this.complete = true;
    return true;
  }

  /** The kernel had to drop answers: silence no longer means that a request was done. */
  loseAnswers(): void {
    this.#lossy = true;
  }

  /** All answers. Without the last one, answers were lost, and whatever has none counts as failed: read the state again. */
  answers(): readonly Answer[] {
    const silenceIsDone = this.complete && !this.#lossy;
    return this.#requests.map((request, index) => this.#answers[index] ?? (silenceIsDone ? DONE : lost(request)));
  }
}

/** The same error for every request, for a `send` that failed as a whole: the kernel has looked at none of them. */
export function allFailed(requests: readonly Request[], errno: number): readonly Answer[] {
  return requests.map((request) => ({ ok: false, error: new NetlinkError({ errno, syscall: request.label }) }));
}

function refusal(request: Request, verdict: Verdict): Answer {
  const kernelMessage = verdict.text ?? undefined;
  return { ok: false, error: new NetlinkError({ errno: verdict.errno, syscall: request.label, kernelMessage }) };
}

function lost(request: Request): Answer {
  const kernelMessage = 'the answer was lost; the request may have been carried out';
  return { ok: false, error: new NetlinkError({ errno: ENOBUFS, syscall: request.label, kernelMessage }) };
}
