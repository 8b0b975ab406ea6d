import type { Answer, ClientMessage } from '@vethlab/protocol';
import { RequestFailed, unreachable } from '../connection/problem';

/** What can be asked over the stream, edits apart: an edit outlives a lost connection, these do not. */
export type Request = Exclude<
  Extract<ClientMessage, { readonly requestId: string }>,
  { readonly type: 'edit' } | { readonly type: 'ping' }
>;
type WithoutId<Message> = Message extends Message ? Omit<Message, 'requestId'> : never;
export type RequestBody = WithoutId<Request>;

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: RequestFailed) => void;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Pairs each question with its answer. */
export class Requests {
  readonly #waiting = new Map<string, Waiting>();
  readonly #send: (message: ClientMessage) => boolean;
  readonly #newId: () => string;

  constructor(send: (message: ClientMessage) => boolean, newId: () => string) {
    this.#send = send;
    this.#newId = newId;
  }

  /**
   * @returns the last answer to the question (never `failed`)
   * @throws RequestFailed when the server refuses, or the connection is or gets lost
   */
  ask(body: RequestBody, onProgress?: (done: number, total: number) => void): Promise<Answer> {
    const requestId = this.#newId();
    return new Promise((resolve, reject) => {
      this.#waiting.set(requestId, { resolve, reject, ...(onProgress === undefined ? {} : { onProgress }) });
      if (!this.#send({ ...body, requestId })) {
        this.#waiting.delete(requestId);
        reject(new RequestFailed(unreachable));
      }
    });
  }

  /** Takes an answer to one of the questions; false when it was for somebody else. */
  answer(answer: Answer): boolean {
    const waiting = this.#waiting.get(answer.requestId);
    if (waiting === undefined) return false;
    if (answer.type === 'reach-progress') {
      waiting.onProgress?.(answer.done, answer.total);
      return true;
    }
    this.#waiting.delete(answer.requestId);
    if (answer.type === 'failed') {
      const { code, detail } = answer;
      waiting.reject(new RequestFailed({ status: 409, code, title: detail, detail, diagnostics: [] }));
    } else {
      waiting.resolve(answer);
    }
    return true;
  }

  /** The connection is gone, and with it every answer. */
  abandon(): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(new RequestFailed(unreachable));
  }
}
