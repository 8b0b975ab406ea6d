import { readFile, rm } from 'node:fs/promises';
import type { Topology } from '@vethlab/topology';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { FileCodec } from './file-codec.js';
import { writeAtomic } from './write-atomic.js';

/** A document as the kernel was last asked for it. */
export interface AppliedDocument {
  readonly topology: Topology;
  readonly revision: number;
}

/** `file` is the text of a lab file. */
const content = z.object({ vethlab: z.literal(1), revision: z.number(), file: z.string() });

/**
 * What a lab in held mode was last applied as, on disk: the lab file has the held edits already, and they must not be
 * applied unasked when the server starts again. Written in the background, the newest last.
 */
export class HeldBase {
  readonly #file: string;
  readonly #codec: FileCodec;
  readonly #log: Logger;
  #turn: Promise<void> = Promise.resolve();
  #newest: AppliedDocument | null = null;
  #frozen = false;

  constructor(file: string, codec: FileCodec, log: Logger) {
    this.#file = file;
    this.#codec = codec;
    this.#log = log;
  }

  keep(applied: AppliedDocument): void {
    if (this.#frozen || applied === this.#newest) return;
    this.#newest = applied;
    this.#next(async () => {
      // Overtaken by a newer one.
      if (this.#newest !== applied) return;
      const file = await this.#codec.write(applied.topology, null);
      const text = JSON.stringify({ vethlab: 1, revision: applied.revision, file } satisfies z.infer<typeof content>);
      await writeAtomic(this.#file, text);
    });
  }

  /** Nothing is held any more. */
  forget(): void {
    if (this.#frozen) return;
    this.#newest = null;
    this.#next(() => rm(this.#file, { force: true }));
  }

  /** Null when there is none that can be used. */
  async read(): Promise<AppliedDocument | null> {
    try {
      const parsed = content.safeParse(JSON.parse(await readFile(this.#file, 'utf8')));
      if (!parsed.success) return null;
      const read = await this.#codec.read(parsed.data.file);
      return read.ok ? { topology: read.topology, revision: parsed.data.revision } : null;
    } catch (error) {
      if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  /** The server ends: what is on disk stays as it is. Resolves when what was under way is written. */
  async freeze(): Promise<void> {
    this.#frozen = true;
    await this.#turn;
  }

  /** The lab is no more. */
  async remove(): Promise<void> {
    this.forget();
    await this.freeze();
  }

  #next(work: () => Promise<void>): void {
    this.#turn = this.#turn.then(work).catch((error: unknown) => {
      // The lab then comes back without being started, so nothing that is held is applied.
      this.#log.error({ err: error }, 'what was applied could not be written down');
    });
  }
}
