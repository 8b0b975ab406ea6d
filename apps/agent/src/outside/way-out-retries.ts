import type { ApplyReport, StepFailure } from '@vethlab/protocol';
import type { LabNamespaces } from '../kernel/namespaces.js';

/** One that fails again and again is tried less and less often. */
const firstPatienceMs = 250;
const longestPatienceMs = 30_000;
/** One that worked for so long has earned a fresh start. It is more than the longest patience and the longest try together. */
const provenAfterMs = 60_000;

export interface WayOutRetriesOptions {
  readonly namespaces: Pick<LabNamespaces, 'get' | 'nameOf'>;
  /** Whether the namespace with this inode has its way out. */
  readonly isOpen: (inode: number) => boolean;
  /** Opens it again; null: it is to have none. */
  readonly reopen: (namespace: string) => Promise<ApplyReport | null>;
  /** What became of it, when that is news. */
  readonly tell: (report: ApplyReport) => void;
  readonly complain: (what: string) => void;
  /** Milliseconds that only grow; and a wait. For tests. */
  readonly now?: () => number;
  readonly wait?: (ms: number) => Promise<void>;
}

/**
 * A way out that could not be opened, or ended by itself, is opened again for as long as the document wants it: the machine may have
 * had no network yet. By inode: a namespace may be renamed meanwhile.
 */
export class WayOutRetries {
  readonly #options: WayOutRetriesOptions;
  readonly #failures = new Map<number, { readonly count: number; readonly lastAtMs: number }>();
  readonly #trying = new Set<number>();
  /** Ended while they were being tried. */
  readonly #endedMeanwhile = new Set<number>();

  constructor(options: WayOutRetriesOptions) {
    this.#options = options;
  }

  /** Sees to those that an apply could not open. */
  afterApply(report: ApplyReport): void {
    for (const { step, errno, message } of report.failures) {
      if (step.operation.op !== 'open-way-out' || errno === 'ECANCELED') continue;
      const inode = this.#options.namespaces.get(step.operation.namespace)?.inode;
      if (inode === undefined || this.#trying.has(inode)) continue;
      this.#noteFailure(inode);
      void this.#try(inode, message);
    }
  }

  /** Sees to one that was open and ended by itself: the first time it is opened again at once. */
  async afterEnd(inode: number): Promise<void> {
    if (this.#trying.has(inode)) this.#endedMeanwhile.add(inode);
    else await this.#try(inode, null);
  }

  /** `told`: why it is not open, as everybody knows already. */
  async #try(inode: number, told: string | null): Promise<void> {
    const { namespaces, isOpen, reopen, tell, complain } = this.#options;
    let known = told;
    this.#trying.add(inode);
    try {
      for (;;) {
        await this.#patience(inode);
        const name = namespaces.nameOf(inode);
        if (name === undefined) return;
        const report = isOpen(inode) ? null : await reopen(name);
        const failure = report?.failures.find(opensWayOut);
        // The same failure over and over is no news.
        if (report !== null && (failure === undefined || failure.message !== known)) tell(report);
        known = failure?.message ?? null;
        if (failure === undefined && !this.#endedMeanwhile.delete(inode)) return;
      }
    } catch (error) {
      complain(`Opening a way out again failed: ${String(error)}`);
    } finally {
      this.#trying.delete(inode);
      this.#endedMeanwhile.delete(inode);
    }
  }

  /** Resolves when the next try may begin: at once after the first end, later and later after that. */
  async #patience(inode: number): Promise<void> {
    const count = this.#noteFailure(inode);
    if (count === 0) return;
    const waitMs = Math.min(firstPatienceMs * 2 ** count, longestPatienceMs);
    await (this.#options.wait ?? waitFor)(waitMs);
  }

  /** How often it has failed before, lately. */
  #noteFailure(inode: number): number {
    const now = (this.#options.now ?? (() => performance.now()))();
    const before = this.#failures.get(inode);
    const count = before === undefined || now - before.lastAtMs > provenAfterMs ? 0 : before.count;
    this.#failures.set(inode, { count: count + 1, lastAtMs: now });
    return count;
  }
}

function opensWayOut({ step }: StepFailure): boolean {
  return step.operation.op === 'open-way-out';
}

function waitFor(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
