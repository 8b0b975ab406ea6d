import { Worker } from 'node:worker_threads';
import type { Topology } from '@vethlab/topology';
import { stringifyInSlices } from '../turns/stringify-in-slices.js';
import type { CodecReply, CodecRequest } from './codec-messages.js';
import type { FileCodec, ReadResult } from './file-codec.js';

interface Waiting {
  readonly resolve: (result: string) => void;
  readonly reject: (error: Error) => void;
}

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/** Does the work on whole labs in a worker thread, which is started when first needed and again when it died. */
export class ThreadCodec implements FileCodec {
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #lastId = 0;

  async read(text: string): Promise<ReadResult> {
    // Made by our own worker from a checked document.
    return JSON.parse(await this.#ask({ type: 'read', text })) as ReadResult;
  }

  async write(topology: Topology, previousText: string | null): Promise<string> {
    return this.#ask({ type: 'write', topology: await stringifyInSlices(topology), previousText });
  }

  async plan(topology: Topology): Promise<string> {
    return this.#ask({ type: 'plan', topology: await stringifyInSlices(topology) });
  }

  async script(topology: Topology): Promise<string> {
    return this.#ask({ type: 'script', topology: await stringifyInSlices(topology) });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  #ask(request: WithoutId<CodecRequest>): Promise<string> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#start().postMessage({ ...request, id });
    });
  }

  #start(): Worker {
    if (this.#worker !== null) return this.#worker;
    // A hostile file may not take the server's memory: the worker has its own, bounded heap, and dies alone.
    const worker = new Worker(new URL('./file-worker.js', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    });
    worker.on('message', (reply: CodecReply) => this.#settle(reply));
    worker.on('error', (error) => this.#lost(worker, error));
    worker.on('exit', () => this.#lost(worker, new Error('The file worker ended.')));
    this.#worker = worker;
    return worker;
  }

  #settle(reply: CodecReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.ok) waiting?.resolve(reply.result);
    else waiting?.reject(new Error(reply.message));
  }

  #lost(worker: Worker, error: unknown): void {
    if (this.#worker === worker) this.#worker = null;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    const reason = error instanceof Error ? error : new Error(String(error));
    for (const item of waiting)
      item.reject(new Error(`The lab file could not be worked on: ${reason.message}`, { cause: reason }));
  }
}
