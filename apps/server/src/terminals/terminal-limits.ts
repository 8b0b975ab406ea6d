import { OutputBudget } from './output-budget.js';

/** Sockets on one session: a class that watches the teacher's terminal, and a few tabs more. */
export const viewersPerTerminalMax = 200;

/** A viewer that takes nothing for so long does not hold up the shell any more: it reads the scrollback when it is back. */
export const viewerStalledMs = 5_000;

/** Keystrokes on their way to a shell that it has not read. A longer paste waits in the viewer's socket. */
export const inputWindowBytes = 256 * 1024;

/** Output in one frame: a person's keystrokes on the same socket wait for at most one. */
export const frameBytes = 64 * 1024;

/**
 * Of all terminals of this server: the event loop is one. What a person prints comes at once; a flood goes on with 2 MB/s,
 * 25,000 lines, more than anybody reads, for some 5 % of a core.
 */
export const outputBudget = new OutputBudget({ bytesPerSecond: 2 * 1024 * 1024, burstBytes: 2 * 1024 * 1024 });
