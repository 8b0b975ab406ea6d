/** How long a command that was told to end may take, before it is ended. */
export const graceMs = 3_000;

/** How often it is looked whether all of a group have ended. */
const lookMs = 20;

/** A program with all it started that stayed in its process group (setpgid(2)). */
export class ProcessGroup {
  readonly #pgid: number;

  /** @param leader the pid of a process that is the leader of its group */
  constructor(leader: number) {
    // 0 and 1 would mean everybody.
    if (leader < 2) throw new Error(`${leader} is not the number of a process group.`);
    this.#pgid = leader;
  }

  get pgid(): number {
    return this.#pgid;
  }

  /** Gives whether there was anybody to take it. */
  signal(signal: 'SIGTERM' | 'SIGKILL' | 0): boolean {
    try {
      return process.kill(-this.#pgid, signal);
    } catch (error) {
      // Nobody is left in it (kill(2)).
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
      throw error;
    }
  }

  /** Tells all of the group to end, and ends those that have not after 3 seconds. Resolves when nobody is left. */
  async end(): Promise<void> {
    if (!this.signal('SIGTERM')) return;
    const deadline = performance.now() + graceMs;
    for (;;) {
      await new Promise((tick) => setTimeout(tick, lookMs));
      if (!this.signal(0)) return;
      if (performance.now() < deadline) continue;
      this.signal('SIGKILL');
      // What even this does not end waits inside the kernel, for a disk say: nobody waits for that.
      if (performance.now() > deadline + graceMs) return;
    }
  }
}
