import type { Adoption } from '@vethlab/planner';
import { type LabId, type LabMode, type LabReply, protocolVersion, type Snapshot } from '@vethlab/protocol';
import {
  type Diagnostic,
  type Edit,
  type EditResult,
  invertDiff,
  isEmptyDiff,
  type Topology,
  type TopologyDiff,
} from '@vethlab/topology';
import { type AdoptedBy, Adopter } from '../adopt/adopter.js';
import { LabCommands } from '../consent/lab-commands.js';
import type { HeldBase } from '../files/held-base.js';
import { ProblemError } from '../http/problem-error.js';
import { LiveDesk } from '../inspect/live-desk.js';
import { LabTerminals } from '../terminals/lab-terminals.js';
import { adoptFile } from './adopt-file.js';
import { Audience, type Listener } from './audience.js';
import type { EditReply } from './edit-reply.js';
import { LabDocument } from './lab-document.js';
import type { FoundFile, LabFile } from './lab-file.js';
import { LabKeeper } from './lab-keeper.js';
import { LabMirror, type StateMessage } from './lab-mirror.js';
import type { LabOptions } from './lab-options.js';
import { LabRun } from './lab-run.js';
import { ObservedMerger } from './observed-merger.js';
import { heldConflict, overHeld, type Taken, underHeld } from './take-over.js';

type Fitting = Pick<
  Extract<EditResult, { readonly ok: true }>,
  'topology' | 'diff' | 'summary' | 'warnings' | 'created'
>;

/** How a change of the document came about. */
interface Accepted {
  /** The client that made it; null for REST and files. */
  readonly author: string | null;
  /** What the kernel has already; null for what it has to follow. */
  readonly taken: Taken | null;
  /** For an adoption: the client that can undo it, if any. */
  readonly owner?: string | null;
}

const bySomebody: Accepted = { author: null, taken: null };

/** A shell starts in milliseconds; behind a large apply it waits its turn. */
const terminalOpenMaxMs = 20_000;

/** One lab: its document, its file, its agent, and everybody who looks at it. Edits are taken one after another. */
export class Lab {
  readonly id: LabId;
  readonly run: LabRun;
  readonly file: LabFile;
  readonly heldBase: HeldBase;
  /** Who looks at which namespace. */
  readonly live = new LiveDesk((order) => this.run.tell(order));
  readonly terminals = new LabTerminals({
    open: (order) => this.run.ask(order, { timeoutMs: terminalOpenMaxMs }),
    tell: (order) => this.run.tell(order),
    announce: (terminals) => this.#audience.announce({ type: 'terminals', terminals }),
  });
  /** What its commands do, and which of them wait for consent. */
  readonly commands: LabCommands;
  readonly #document: LabDocument;
  readonly #audience = new Audience();
  readonly #mirror = new LabMirror();
  readonly #merger = new ObservedMerger((delta) => this.#audience.announce({ type: 'observed', delta }));
  readonly adopter: Adopter;
  readonly #keeper: LabKeeper;
  readonly #onRunChanged: () => void;

  constructor(options: LabOptions) {
    this.id = options.id;
    this.file = options.file;
    this.heldBase = options.heldBase;
    this.#onRunChanged = options.onRunChanged;
    this.#document = new LabDocument(options.topology, options.revision);
    this.commands = new LabCommands(
      {
        topology: () => this.#document.topology,
        tell: (order) => this.run.tell(order),
        announce: (announcement) => this.#audience.announce(announcement),
      },
      options.consent,
    );
    this.#keeper = new LabKeeper(
      options.file,
      {
        newest: () => this.#document,
        onSaveError: (saveError) => this.#audience.announce({ type: 'saved', saveError }),
      },
      options.log,
    );
    this.adopter = new Adopter({
      settled: () => this.run.settled,
      isRunning: () => this.run.state.state === 'running',
      mirror: () => this.#mirror,
      takeOver: (adoption, by) => this.#takeOver(adoption, by),
      viewers: () => this.#audience.ids,
      onFollow: (follow) => {
        this.#audience.announce({ type: 'follow', follow });
        this.#onRunChanged();
      },
    });
    this.run = new LabRun(
      {
        id: options.id,
        document: () => ({ topology: this.#document.topology, revision: this.#document.revision }),
        isWatched: () => this.#audience.size > 0,
        onRun: (run, progress) => {
          this.#audience.announce({ type: 'run', run, progress });
          this.#onRunChanged();
        },
        onState: (message) => this.#takeState(message),
        onGone: () => this.#sandboxGone(),
        onReady: () => {
          this.live.agentReady();
          this.commands.agentReady();
        },
        onLive: (news) => this.live.take(news),
        onTerminal: (news) => this.terminals.take(news),
        onCommands: (news) => this.commands.take(news),
        heldBase: options.heldBase,
      },
      options.startAgent,
      options.log,
    );
  }

  get topology(): Topology {
    return this.#document.topology;
  }

  get revision(): number {
    return this.#document.revision;
  }

  get mirror(): Readonly<LabMirror> {
    return this.#mirror;
  }

  /** What is odd about the document, but allowed. */
  get warnings(): readonly Diagnostic[] {
    return this.#document.diagnostics.filter((diagnostic) => diagnostic.severity === 'warning');
  }

  /** Whether the file on disk has mistakes that somebody else made. */
  get hasFileProblems(): boolean {
    return this.#document.fileProblems.length > 0;
  }

  /** Makes the journal ready, and saves what a crash kept out of the file. */
  open(): void {
    this.#keeper.open();
  }

  /**
   * `author` is the client that asked; null for REST. `takeOver`: the document says what is so in the kernel, or no longer
   * so, and the kernel is not touched.
   */
  edit(edit: Edit, baseRevision: number, author: string | null, takeOver = false): EditReply {
    const attempt = this.#document.attempt(edit, baseRevision, author);
    if (attempt.type !== 'fits') return attempt;
    const asked = takeOver ? this.run.asked : null;
    const under = asked === null ? null : underHeld(attempt.result.diff, this.run.held, asked);
    if (under?.ok === false) return { type: 'invalid', diagnostics: under.diagnostics };
    // What a person types is agreed to by typing it. Before the agent hears of the edit, and starts it.
    this.commands.agreedBy(edit, attempt.result.diff);
    return this.#accept(attempt.result, { author, taken: under?.taken ?? null });
  }

  /**
   * Takes back what led to a revision: the inverse of that edit is an edit, which may be larger than a message of a client.
   * @throws ProblemError when it is longer ago than is kept
   */
  revert(revision: number, baseRevision: number, author: string | null, takeOver = false): EditReply {
    const diff = this.#document.diffTo(revision);
    if (diff === null)
      throw new ProblemError(
        409,
        'lab.forgotten',
        `What led to revision ${revision} is too long ago, or was before the server was started.`,
      );
    return this.edit({ type: 'apply-diff', diff: invertDiff(diff) }, baseRevision, author, takeOver);
  }

  /** What the kernel has already becomes part of the document, below the edits that are held back. */
  #takeOver(adoption: Adoption, { author, owner }: AdoptedBy): EditReply {
    const { topology, summary } = adoption;
    const taken = { topology, diff: adoption.diff };
    const over = overHeld(adoption.diff, this.run.held, this.#document.topology);
    if (!over.ok) return { type: 'invalid', diagnostics: heldConflict(over.conflicts) };
    const { revision } = this.#document;
    if (isEmptyDiff(over.diff)) {
      // What is held back says it already.
      this.run.takenOver(taken);
      return { type: 'accepted', revision, summary, warnings: [], created: { nodes: [], links: [] }, diff: over.diff };
    }
    const attempt = this.#document.attempt({ type: 'apply-diff', diff: over.diff }, revision, author);
    if (attempt.type !== 'fits') return attempt;
    return this.#accept({ ...attempt.result, summary }, { author, taken, owner });
  }

  #accept({ topology, diff, summary, warnings, created }: Fitting, accepted: Accepted): EditReply {
    const revision = this.#document.commit(topology, diff, accepted.author);
    this.#keeper.record({ revision, diff });
    this.#tellDocument(diff, summary, accepted);
    const { nodes, links } = created;
    return { type: 'accepted', revision, summary, warnings, created: { nodes, links }, diff };
  }

  /** What changed since a revision; null when that is not known any more. */
  changedSince(revision: number): readonly TopologyDiff[] | null {
    return this.#document.changedSince(revision);
  }

  /**
   * Takes over what somebody else wrote into the file. Edits of ours that are not saved yet are carried over onto it and
   * saved with it. Null when they do not fit together: nothing has changed then.
   */
  adoptFromDisk(found: FoundFile, theirs: Topology, summary: string): TopologyDiff | null {
    const adopted = adoptFile(this.#document.topology, this.file, theirs);
    if (adopted === null) return null;
    this.#document.fileProblems = [];
    this.#document.commit(adopted.topology, adopted.diff);
    this.#keeper.adopt(found, theirs, adopted.beyond);
    this.#tellDocument(adopted.diff, summary, bySomebody);
    return adopted.diff;
  }

  /** Somebody else wrote a file that cannot be taken over: the last good document stays, and everybody is told why. */
  tellFileProblems(problems: readonly Diagnostic[], summary: string): void {
    this.#document.fileProblems = problems;
    const nothing: TopologyDiff = { renames: [], changes: [] };
    this.#document.commit(this.#document.topology, nothing);
    this.#tellDocument(nothing, summary, bySomebody);
  }

  /** The document goes over whatever is in the file, a moment from now. */
  saveSoon(): void {
    this.#keeper.saveSoon();
  }

  setMode(mode: LabMode): void {
    if (mode === this.run.mode) return;
    this.run.setMode(mode);
    this.#audience.announce({ type: 'mode', mode });
    this.#onRunChanged();
  }

  join(listener: Listener): void {
    const first = this.#audience.size === 0;
    this.#audience.join(listener);
    this.#audience.announce({ type: 'clients', clients: this.#audience.size });
    if (first) this.run.watchChanged();
  }

  leave(listener: Listener): void {
    if (!this.#audience.leave(listener)) return;
    this.#audience.announce({ type: 'clients', clients: this.#audience.size });
    if (this.#audience.size === 0) this.run.watchChanged();
  }

  get clients(): number {
    return this.#audience.size;
  }

  /** Everything a client needs to draw, as immutable parts: it may be written to JSON later, in slices. */
  snapshot(clientId: string): Snapshot {
    // What waits to be merged is in the mirror already: sent after the snapshot it would be told twice.
    this.#merger.flush();
    const { observed, drift, features, probes, rates, lastApply } = this.#mirror;
    return {
      type: 'snapshot',
      protocol: protocolVersion,
      labId: this.id,
      clientId,
      observed,
      drift,
      features,
      probes,
      rates,
      lastApply,
      terminals: this.terminals.list(),
      commands: this.commands.view(),
      ...this.#summary(),
      seq: this.#audience.seq,
    };
  }

  reply(): LabReply {
    return { id: this.id, ...this.#summary() };
  }

  /** Writes what is not written. Resolves when it was tried. */
  flush(): Promise<void> {
    return this.#keeper.flush();
  }

  /** The server ends: the sandbox goes, the file stays. */
  async close(): Promise<void> {
    this.adopter.stop();
    this.#audience.closeAll();
    this.terminals.closeAll();
    await this.heldBase.freeze();
    await Promise.all([this.run.close(), this.#keeper.close()]);
    this.#merger.stop();
  }

  /** The lab is no more: everybody is told, the sandbox goes, nothing is written. */
  async remove(): Promise<void> {
    this.#audience.announce({ type: 'deleted' });
    this.#audience.closeAll();
    this.terminals.closeAll();
    await Promise.all([this.run.stop(), this.#keeper.remove()]);
    await this.heldBase.remove();
    this.commands.remove();
    this.#merger.stop();
  }

  #summary() {
    return {
      revision: this.#document.revision,
      appliedRevision: this.run.appliedRevision,
      topology: this.#document.topology,
      diagnostics: this.#document.diagnostics,
      mode: this.run.mode,
      follow: this.adopter.follow,
      run: this.run.state,
      progress: this.run.progress,
      clients: this.#audience.size,
      saveError: this.#keeper.saveError,
    };
  }

  #tellDocument(diff: TopologyDiff, summary: string, { author, taken, owner }: Accepted): void {
    const { revision, diagnostics, topology } = this.#document;
    if (taken !== null) this.run.takenOver(taken);
    else this.run.documentChanged(diff);
    this.#mirror.keepProbesOf(topology);
    const by = owner === undefined ? { author } : ({ author: owner, adopted: true } as const);
    this.#audience.announce({ type: 'document', revision, diff, summary, diagnostics, ...by });
    this.commands.documentChanged(diff);
  }

  #takeState(message: StateMessage): void {
    this.#mirror.take(message);
    if (message.type === 'observed') {
      this.#merger.add(message.delta);
      this.adopter.observed(message.delta);
      return;
    }
    if (message.type === 'features') {
      const { features } = message;
      this.#document.features = features;
      this.#audience.announce({ type: 'features', features, diagnostics: this.#document.diagnostics });
      return;
    }
    this.#audience.announce(message);
    if (message.type === 'applied') this.adopter.applied();
  }

  #sandboxGone(): void {
    this.adopter.gone();
    this.commands.sandboxGone();
    this.#merger.stop();
    this.terminals.sandboxGone(this.run.wanted ? 'agent-lost' : 'lab-stopped');
    for (const announcement of this.#mirror.clear()) this.#audience.announce(announcement);
  }
}
