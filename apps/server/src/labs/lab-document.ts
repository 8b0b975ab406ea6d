import type { KernelFeature } from '@vethlab/observed';
import {
  applyEdit,
  type Diagnostic,
  type Edit,
  type EditResult,
  type Topology,
  type TopologyDiff,
  validate,
} from '@vethlab/topology';
import { DocumentHistory } from './document-history.js';
import { MissingFeatures } from './missing-features.js';
import { namesInEdit } from './names-in-edit.js';
import { reusedNames } from './reused-names.js';

type Applied = Extract<EditResult, { readonly ok: true }>;

/** What became of an edit that was tried. */
export type Attempt =
  | { readonly type: 'fits'; readonly result: Applied }
  | { readonly type: 'stale'; readonly revision: number; readonly changed: readonly TopologyDiff[] }
  | { readonly type: 'invalid'; readonly diagnostics: readonly Diagnostic[] };

/** The document of one lab in memory: newest topology, revision, and what led to it. No effects. */
export class LabDocument {
  readonly #history = new DocumentHistory();
  #topology: Topology;
  #revision: number;
  #diagnostics: readonly Diagnostic[] | null = null;
  readonly #missing: MissingFeatures;
  /** What is wrong with the file on disk, while it is not the document. */
  #fileProblems: readonly Diagnostic[] = [];

  constructor(topology: Topology, revision: number) {
    this.#topology = topology;
    this.#revision = revision;
    this.#missing = new MissingFeatures(topology);
  }

  get topology(): Topology {
    return this.#topology;
  }

  get revision(): number {
    return this.#revision;
  }

  /** Warnings and hints about the document, and what is wrong with the file when somebody else broke it. */
  get diagnostics(): readonly Diagnostic[] {
    this.#diagnostics ??= [...validate(this.#topology), ...this.#missing.diagnostics];
    return this.#fileProblems.length === 0 ? this.#diagnostics : [...this.#fileProblems, ...this.#diagnostics];
  }

  /** What the machine can do: with it the diagnostics tell what of the document has to be left out. */
  set features(features: readonly KernelFeature[]) {
    this.#missing.features = features;
    this.#diagnostics = null;
  }

  get fileProblems(): readonly Diagnostic[] {
    return this.#fileProblems;
  }

  set fileProblems(problems: readonly Diagnostic[]) {
    this.#fileProblems = problems;
  }

  /**
   * Tries an edit on the newest document: an edit is an intention, so it usually still fits when others have edited since
   * `baseRevision`. When it does not fit now but did then, or a name in it means another object by now, it is stale;
   * otherwise it is invalid by itself. `author` is the client that asks; null for REST.
   */
  attempt(edit: Edit, baseRevision: number, author: string | null = null): Attempt {
    if (baseRevision < this.#revision && this.#meansOthers(edit, baseRevision, author)) {
      return { type: 'stale', revision: this.#revision, changed: this.changedSince(baseRevision) ?? [] };
    }
    const result = applyEdit(this.#topology, edit);
    if (result.ok) return { type: 'fits', result };
    if (baseRevision === this.#revision) return { type: 'invalid', diagnostics: result.diagnostics };
    const changed = this.changedSince(baseRevision);
    const before = this.#history.documentAt(baseRevision);
    // Longer ago than is kept, or of another life of the server: what changed cannot be listed.
    if (changed === null || before === null) return { type: 'stale', revision: this.#revision, changed: [] };
    if (applyEdit(before, edit).ok) return { type: 'stale', revision: this.#revision, changed };
    return { type: 'invalid', diagnostics: result.diagnostics };
  }

  /** What changed since a revision, oldest first; null when that is not known any more. */
  changedSince(revision: number): readonly TopologyDiff[] | null {
    return revision === this.#revision ? [] : (this.#history.since(revision)?.map(({ diff }) => diff) ?? null);
  }

  /** What led to a revision; null when that is not known any more. */
  diffTo(revision: number): TopologyDiff | null {
    return this.#history.diffTo(revision);
  }

  /** Makes `topology` the newest document. Gives its revision. */
  commit(topology: Topology, diff: TopologyDiff, author: string | null = null): number {
    const before = this.#topology;
    this.#topology = topology;
    this.#missing.follow(topology);
    this.#revision += 1;
    this.#diagnostics = null;
    this.#history.push({ revision: this.#revision, before, diff, author });
    return this.#revision;
  }

  /** Longer ago than is kept, nobody can tell what a name meant: only an edit that names nothing is carried over then. */
  #meansOthers(edit: Edit, baseRevision: number, author: string | null): boolean {
    const past = this.#history.since(baseRevision);
    const before = this.#history.documentAt(baseRevision);
    const isOther = past === null || before === null ? () => true : reusedNames(before, past, author);
    for (const name of namesInEdit(edit, this.#topology)) if (isOther(name)) return true;
    return false;
  }
}
