import { type LabId, type LabMode, type LabReply, protocolVersion, type Snapshot } from '@vethlab/protocol';
import type { Diagnostic, Edit, Topology, TopologyDiff } from '@vethlab/topology';
import { Adopter } from '../adopt/adopter.js';
import { LabCommands } from '../consent/lab-commands.js';
import type { HeldBase } from '../files/held-base.js';
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
      takeOver: (diff, summary, author) => this.#takeOver(diff, summary, author),
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

  /** `author` is the client that asked; null for REST. */
  edit(edit: Edit, baseRevision: number, author: string | null): EditReply {
    return this.#edit(edit, baseRevision, author, null);
  }

  /** What the kernel has already becomes part of the document. */
  #takeOver(diff: TopologyDiff, summary: string, author: string | null): EditReply {
    return this.#edit({ type: 'apply-diff', diff }, this.#document.revision, author, summary);
  }

  /** `taken`: the summary of what is taken over from the kernel; null for what the kernel has to follow. */
  #edit(edit: Edit, baseRevision: number, author: string | null, taken: string | null): EditReply {
    const attempt = this.#document.attempt(edit, baseRevision, author);
    if (attempt.type !== 'fits') return attempt;
    const { topology, diff, warnings, created } = attempt.result;
    const summary = taken ?? attempt.result.summary;
    // What a person types is agreed to by typing it. Before the agent hears of the edit, and starts it.
    if (taken === null) this.commands.agreedBy(edit);
    this.#commit(topology, diff, summary, author, taken !== null);
    return {
      type: 'accepted',
      revision: this.#document.revision,
      summary,
      warnings,
      created: { nodes: created.nodes, links: created.links },
      diff,
    };
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
    this.#tellDocument(adopted.diff, summary, null);
    return adopted.diff;
  }

  /** Somebody else wrote a file that cannot be taken over: the last good document stays, and everybody is told why. */
  tellFileProblems(problems: readonly Diagnostic[], summary: string): void {
    this.#document.fileProblems = problems;
    const nothing: TopologyDiff = { renames: [], changes: [] };
    this.#document.commit(this.#document.topology, nothing);
    this.#tellDocument(nothing, summary, null);
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

  #commit(topology: Topology, diff: TopologyDiff, summary: string, author: string | null, isTaken: boolean): void {
    const revision = this.#document.commit(topology, diff, author);
    this.#keeper.record({ revision, diff });
    this.#tellDocument(diff, summary, author, isTaken);
  }

  #tellDocument(diff: TopologyDiff, summary: string, author: string | null, isTaken = false): void {
    const { revision, diagnostics, topology } = this.#document;
    if (isTaken) this.run.takenOver(diff);
    else this.run.documentChanged(diff);
    this.#mirror.keepProbesOf(topology);
    const adopted = isTaken ? ({ adopted: true } as const) : {};
    this.#audience.announce({ type: 'document', revision, diff, author, summary, diagnostics, ...adopted });
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
