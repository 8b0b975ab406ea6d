import { libc } from '../libc/calls.js';
import { MSG_NOSIGNAL } from '../libc/constants.js';
import { lastErrno } from '../libc/library.js';
import { AnswerSheet, allFailed } from './answer-sheet.js';
import { NLM_F_ACK, NLM_F_REQUEST } from './codec/message-types.js';
import type { MessageWriter } from './codec/message-writer.js';
import type { Exchange } from './exchange.js';
import type { Answer, Request } from './request.js';
import { acquireSlot, releaseSlot } from './send-slots.js';

/** One `send` holds the requests below this; the kernel refuses what is beyond the send buffer (net.core.wmem_default, 208 KiB). */
const CHUNK_BYTES = 32 * 1024;
/** Every request of a chunk may be refused, and all refusals wait in the receive buffer at once: about 1.3 KiB each. */
const CHUNK_REQUESTS = 128;

/** The requests of one `send`, written and waiting for it. */
interface Chunk {
  readonly requests: readonly Request[];
  readonly sheet: AnswerSheet;
}

/** Sends requests on this thread and reads their answers: one system call each for up to a hundred requests. */
export function sendNow(exchange: Exchange, requests: readonly Request[], writer: MessageWriter): readonly Answer[] {
  const answers: Answer[] = [];
  while (answers.length < requests.length) {
    const chunk = writeChunk(requests, answers.length, exchange, writer);
    const sent = libc.send(exchange.fd, writer.bytes, writer.length, MSG_NOSIGNAL);
    answers.push(...finish(exchange, chunk, sent < 0 ? lastErrno() : 0));
  }
  return answers;
}

/** Sends requests on pool threads, so that the event loop runs on while the kernel works. */
export async function sendInBackground(exchange: Exchange, requests: readonly Request[]): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  while (answers.length < requests.length) {
    const writer = await acquireSlot();
    try {
      const chunk = writeChunk(requests, answers.length, exchange, writer);
      const errno = await sendOnPool(exchange.fd, writer);
      answers.push(...finish(exchange, chunk, errno));
    } finally {
      releaseSlot(writer);
    }
  }
  return answers;
}

function writeChunk(all: readonly Request[], from: number, exchange: Exchange, writer: MessageWriter): Chunk {
  writer.clear();
  const requests: Request[] = [];
  let first = 0;
  let last = 0;
  for (let index = from; index < all.length && requests.length < CHUNK_REQUESTS; index++) {
    const request = all[index];
    if (request === undefined || writer.length >= CHUNK_BYTES) break;
    const sequence = exchange.nextSequence();
    if (requests.length === 0) first = sequence;
    writer.begin(request.type, NLM_F_REQUEST | request.flags, sequence);
    request.encode(writer);
    last = writer.end();
    requests.push(request);
  }
  writer.addFlags(last, NLM_F_ACK);
  const sheet = new AnswerSheet(requests, first);
  exchange.expect(sheet);
  return { requests, sheet };
}

function finish(exchange: Exchange, chunk: Chunk, errno: number): readonly Answer[] {
  if (errno !== 0) {
    exchange.forget(chunk.sheet);
    return allFailed(chunk.requests, errno);
  }
  exchange.collect(chunk.sheet);
  return chunk.sheet.answers();
}

/** Resolves to 0, or to the error number. The writer's memory must stay as it is until then. */
function sendOnPool(fd: number, writer: MessageWriter): Promise<number> {
  return new Promise((resolve, reject) => {
    libc.send.async(fd, writer.bytes, writer.length, MSG_NOSIGNAL, (error, sent) => {
      if (error !== null && error !== undefined) reject(error);
      else resolve(sent < 0 ? lastErrno() : 0);
    });
  });
}
