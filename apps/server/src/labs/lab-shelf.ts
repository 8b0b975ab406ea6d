import { readdir, rename, rm } from 'node:fs/promises';
import type { LabId, LabSummary } from '@vethlab/protocol';
import { labIdSchema } from '@vethlab/protocol';
import type { Logger } from 'pino';
import type { AgentStarter } from '../agents/agent-starter.js';
import { ConsentRecord } from '../consent/consent-record.js';
import { type DataFolder, labFileSuffix } from '../files/data-folder.js';
import type { FileCodec } from '../files/file-codec.js';
import { FolderWatch } from '../files/folder-watch.js';
import { HeldBase } from '../files/held-base.js';
import { writeAtomic } from '../files/write-atomic.js';
import { ProblemError } from '../http/problem-error.js';
import { vanishDelayMs } from '../limits.js';
import { validateInSlices } from '../turns/validate-in-slices.js';
import { comeBack } from './come-back.js';
import { Lab } from './lab.js';
import { sameStamp, stampOf } from './lab-file.js';
import { makeLabId } from './lab-id.js';
import { type BrokenFile, loadLab } from './load-lab.js';
import { readChangedFile } from './read-changed-file.js';
import { type RunningLabs, readRunningLabs, writeRunningLabs } from './running-labs.js';

export interface ShelfOptions {
  readonly folder: DataFolder;
  readonly codec: FileCodec;
  readonly startAgent: AgentStarter;
  readonly log: Logger;
}

/** All labs of one data folder: those that can be opened, and the files that cannot, with their reasons. */
export class LabShelf {
  readonly #options: ShelfOptions;
  readonly #log: Logger;
  readonly #labs = new Map<LabId, Lab>();
  readonly #broken = new Map<LabId, BrokenFile>();
  /** Files that were not there when last looked, and since when (monotonic). */
  readonly #missing = new Map<LabId, number>();
  readonly #watch: FolderWatch;
  #turn: Promise<unknown> = Promise.resolve();
  #remembered = '';
  /** While labs are taken up or down by the server itself, what is remembered stays as it was. */
  #silent = false;
  #closing = false;
  readonly #oddNames = new Set<string>();

  constructor(options: ShelfOptions) {
    this.#options = options;
    this.#log = options.log;
    this.#watch = new FolderWatch(
      options.folder.labs,
      () => this.#alone(() => this.#look()),
      (error) => this.#log.warn({ err: error }, 'the lab folder cannot be watched; looking at it regularly'),
    );
  }

  /** Loads every lab, starts those that were running, and begins to watch the folder. */
  async open(): Promise<void> {
    const { running, held, following } = readRunningLabs(this.#options.folder.runningFile);
    await this.#alone(() => this.#look());
    this.#silent = true;
    for (const id of held) this.#labs.get(id)?.setMode('held');
    for (const id of following) this.#labs.get(id)?.adopter.setFollow(true, null);
    for (const id of running) await comeBack(this.#labs.get(id), this.#log);
    this.#silent = false;
    this.#remember();
    this.#watch.start();
  }

  list(): readonly LabSummary[] {
    const labs = [...this.#labs.values()].map(
      (lab): LabSummary => ({
        id: lab.id,
        name: lab.topology.name,
        nodes: Object.keys(lab.topology.nodes).length,
        links: lab.topology.links.length,
        changedAtMs: lab.file.stamp.changedAtMs,
        run: lab.run.state.state,
      }),
    );
    const broken = [...this.#broken].map(
      ([id, file]): LabSummary => ({
        id,
        name: id,
        nodes: 0,
        links: 0,
        changedAtMs: file.found?.stamp.changedAtMs ?? 0,
        run: 'stopped',
        broken: file.diagnostics,
      }),
    );
    return [...labs, ...broken].sort((a, b) => b.changedAtMs - a.changedAtMs);
  }

  find(id: string): Lab | null {
    return this.#labs.get(id) ?? null;
  }

  /** Throws a `ProblemError`: 404 for an unknown lab, 422 for a file that cannot be read, with what is wrong in it. */
  get(id: string): Lab {
    const lab = this.#labs.get(id);
    if (lab !== undefined) return lab;
    const broken = this.#broken.get(id);
    if (broken === undefined)
      throw new ProblemError(404, 'lab.unknown', `There is no lab with the id ${JSON.stringify(id)}.`);
    throw new ProblemError(422, 'lab.broken', `The file of the lab ${id} has mistakes; mend it with any editor.`, {
      diagnostics: broken.diagnostics,
    });
  }

  /** A new lab of a file's text, started at once. */
  create(name: string, text: string): Promise<Lab> {
    return this.#alone(async () => {
      const id = makeLabId(name, (candidate) => this.#labs.has(candidate) || this.#broken.has(candidate));
      // Whatever had this id before, and was agreed to, was another lab.
      await rm(this.#options.folder.consentFile(id), { force: true });
      await writeAtomic(this.#options.folder.labFile(id), text);
      await this.#load(id);
      const lab = this.get(id);
      lab.run.start();
      return lab;
    });
  }

  /** Ends the lab and puts its file into the trash. Gives where it is now. */
  remove(id: LabId): Promise<string> {
    return this.#alone(async () => {
      const lab = this.#labs.get(id);
      // Says that there is none, unless it is a file that cannot be read: that may go as well.
      if (!this.#broken.has(id)) this.get(id);
      await lab?.flush();
      // First, because on the host it may be refused: then the lab stays as it is.
      await lab?.run.stop();
      const trash = this.#options.folder.trashFile(id, new Date());
      this.#labs.delete(id);
      this.#broken.delete(id);
      this.#remember();
      await lab?.remove();
      await rename(this.#options.folder.labFile(id), trash);
      return trash;
    });
  }

  /** The server ends: sandboxes are taken down, files written. Labs that were running are started again next time. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#watch.close();
    await Promise.all([...this.#labs.values()].map((lab) => lab.close()));
  }

  async #look(): Promise<void> {
    if (this.#closing) return;
    const names = await readdir(this.#options.folder.labs);
    const found = new Set<LabId>();
    for (const name of names) {
      if (name.startsWith('.') || !name.endsWith(labFileSuffix)) continue;
      const id = labIdSchema.safeParse(name.slice(0, -labFileSuffix.length));
      if (!id.success) {
        this.#tellOddName(name);
        continue;
      }
      found.add(id.data);
      await this.#lookAt(id.data);
    }
    for (const id of [...this.#labs.keys(), ...this.#broken.keys()]) {
      if (found.has(id)) this.#missing.delete(id);
      else await this.#lookForMissing(id);
    }
  }

  async #lookAt(id: LabId): Promise<void> {
    const lab = this.#labs.get(id);
    try {
      if (lab === undefined) {
        const known = this.#broken.get(id)?.found?.stamp;
        if (known === undefined || !sameStamp(known, await stampOf(this.#options.folder.labFile(id))))
          await this.#load(id);
        return;
      }
      if (sameStamp(await stampOf(lab.file.path), lab.file.stamp)) return;
      const what = await readChangedFile(lab, this.#options.codec);
      if (what !== 'same') this.#log.info({ lab: id, what }, 'lab file changed on disk');
    } catch (error) {
      // Gone again, or unreadable for a moment: the next look tells.
      this.#log.warn({ lab: id, err: error }, 'lab file cannot be looked at');
    }
  }

  async #load(id: LabId): Promise<void> {
    const { folder, codec, startAgent } = this.#options;
    const loaded = await loadLab(id, folder, codec);
    if (!loaded.ok) {
      this.#broken.set(id, loaded);
      this.#log.warn({ lab: id, problems: loaded.diagnostics.length }, 'lab file cannot be read as a lab');
      return;
    }
    const { file, topology, revision, replayed, ignored } = loaded.lab;
    await validateInSlices(topology);
    this.#broken.delete(id);
    const log = this.#log.child({ lab: id });
    if (replayed > 0) log.info({ edits: replayed }, 'edits that were not saved are back from the journal');
    if (ignored !== null) log.warn({ why: ignored }, 'edits in the journal were left out');
    const onRunChanged = () => this.#remember();
    const heldBase = new HeldBase(folder.heldBaseFile(id), codec, log);
    const consent = new ConsentRecord(folder.consentFile(id), log);
    const lab = new Lab({ id, topology, revision, file, heldBase, consent, startAgent, log, onRunChanged });
    this.#labs.set(id, lab);
    lab.open();
  }

  #tellOddName(name: string): void {
    if (this.#oddNames.has(name)) return;
    this.#oddNames.add(name);
    this.#log.warn({ file: name }, 'not listed: names of lab files have small letters, digits and "-" only; rename it');
  }

  async #lookForMissing(id: LabId): Promise<void> {
    const since = this.#missing.get(id) ?? performance.now();
    this.#missing.set(id, since);
    if (performance.now() - since < vanishDelayMs) {
      this.#watch.lookSoon(vanishDelayMs);
      return;
    }
    this.#missing.delete(id);
    this.#broken.delete(id);
    const lab = this.#labs.get(id);
    this.#labs.delete(id);
    this.#remember();
    try {
      await lab?.remove();
      this.#log.info({ lab: id }, 'lab file is gone');
    } catch (error) {
      this.#log.error({ lab: id, err: error }, 'lab file is gone, and the lab is still in the kernel');
    }
  }

  /** Which labs run is written down whenever it changes, so that they come back after a crash. */
  #remember(): void {
    if (this.#closing || this.#silent) return;
    const labs = [...this.#labs.values()];
    const content: RunningLabs = {
      running: labs.filter((lab) => lab.run.wanted).map((lab) => lab.id),
      held: labs.filter((lab) => lab.run.mode === 'held').map((lab) => lab.id),
      following: labs.filter((lab) => lab.adopter.follow).map((lab) => lab.id),
    };
    const text = JSON.stringify(content);
    if (text === this.#remembered) return;
    try {
      writeRunningLabs(this.#options.folder.runningFile, content);
      this.#remembered = text;
    } catch (error) {
      this.#log.error({ err: error }, 'which labs run could not be written down');
    }
  }

  /** Making, removing and looking happen one after the other. */
  #alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
