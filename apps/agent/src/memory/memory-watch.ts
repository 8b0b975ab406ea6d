import { groupsOf, type MemoryUser, nameOf, ownBytes, programs, residentBytes } from './read-memory.js';

/** A look costs some hundredths of a millisecond; a program that takes memory as fast as it can has a gigabyte in this time. */
const calmMs = 500;

/** Once half of the budget is taken. */
const alertMs = 50;

/** A sandbox with thousands of programs costs at most a twentieth of a core to look at. */
const pauseShare = 20;

/** A program that was ended, and whose it was. */
export interface Ended {
  readonly pid: number;
  readonly group: number;
  readonly session: number;
  /** One sentence for people. */
  readonly text: string;
}

/**
 * Holds all programs of a sandbox together to a budget: when they take more, the largest is ended. A control group would do it in the
 * kernel, and an ordinary user has none to give; limits of processes do not add up. In the kernel, too, nothing is refused to
 * the agent itself, which is what keeps the lab alive.
 */
export class MemoryWatch {
  readonly #budgetBytes: number;
  readonly #onEnded: (ended: Ended) => void;

  constructor(budgetBytes: number, onEnded: (ended: Ended) => void) {
    this.#budgetBytes = budgetBytes;
    this.#onEnded = onEnded;
  }

  start(): void {
    this.#lookIn(calmMs);
  }

  #lookIn(ms: number): void {
    setTimeout(() => {
      const started = performance.now();
      const isCalm = this.#look();
      this.#lookIn(Math.max(isCalm ? calmMs : alertMs, pauseShare * (performance.now() - started)));
    }, ms).unref();
  }

  /** Whether there is plenty left. */
  #look(): boolean {
    const pids = programsIfCountable();
    if (pids === null) return false;
    const atMost = sum(pids.map(residentBytes));
    if (atMost <= this.#budgetBytes) return atMost <= this.#budgetBytes / 2;
    const users: MemoryUser[] = pids.map((pid) => ({ pid, bytes: ownBytes(pid) }));
    let left = sum(users.map(({ bytes }) => bytes));
    for (const user of users.sort((a, b) => b.bytes - a.bytes)) {
      if (left <= this.#budgetBytes) break;
      this.#end(user);
      left -= user.bytes;
    }
    return false;
  }

  #end({ pid, bytes }: MemoryUser): void {
    const [name, groups] = [nameOf(pid), groupsOf(pid)];
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
      throw error;
    }
    const budget = `the programs of a lab may take ${megabytes(this.#budgetBytes)} together`;
    const text = `${printable(name)} (process ${pid}) was ended: it took ${megabytes(bytes)} of memory, and ${budget}.`;
    this.#onEnded({ pid, ...groups, text });
  }
}

/** Null where there is no descriptor left to look with: a lab that is being refused for the lack of them is told so by whoever made it. */
function programsIfCountable(): number[] | null {
  try {
    return programs();
  } catch (error) {
    if (noDescriptors.has((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

/** Of this process, and of the machine (open(2)). */
const noDescriptors: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE']);

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / (1024 * 1024))} MB`;
}

/** A program calls itself what it likes. */
function printable(name: string): string {
  return name.replace(/\p{C}/gu, '?');
}
