/** The deepest honest message, a batch of edits with routes in it, is 10 deep; recursion in readers stays far from the stack's end. */
export const jsonMaxDepth = 64;

/** A fresh ticket is used within milliseconds; half a minute forgives a sleepy machine. */
export const ticketLifeMs = 30_000;

/** Tickets waiting to be used, of all tabs together. The oldest goes first: nobody opens that many streams at once. */
export const ticketsMax = 1_000;

/** Bytes that may wait for one slow client beyond its snapshot; then deltas stop and a new snapshot follows when it has caught up. */
export const clientQueueMaxBytes = 4 * 1024 * 1024;

/** A sleeping laptop is noticed after two of these without an answer, a healthy one costs a 6-byte frame. */
export const clientPingIntervalMs = 10_000;

/** A client that does not take a single byte for this long is gone, whatever its pings say. */
export const clientStuckMs = 60_000;

/** Streams on one lab. A class has 40 people; each with a few tabs. */
export const clientsPerLabMax = 200;

/** Samples kept of each probe: the sparkline's width. */
export const probeSamplesMax = 60;

/** Typing pauses are shorter, and the journal has every edit already: this only spares the disk. */
export const saveDelayMs = 250;

/**
 * A save is followed by a rest of so many times its own length, up to a maximum: 1,000 nodes take half a second to write,
 * and live edits of them must not wait for the machine. A crash loses nothing meanwhile, because of the journal.
 */
export const saveRestFactor = 8;
export const saveDelayMaxMs = 8_000;

/** After a failed save (the disk is full, say) the next try; doubled each time up to the maximum. */
export const saveRetryMs = 1_000;
export const saveRetryMaxMs = 15_000;

/** Editors write a file in several steps; looking once they are done avoids reading half of it. */
export const watchDelayMs = 120;

/** An editor that saves by rename leaves the name empty for a moment: a lab is gone only if it stays away this long. */
export const vanishDelayMs = 700;

/** Where the kernel gives no file events (some network file systems), the folder is looked at this often. */
export const watchPollMs = 2_000;

/** Revisions kept for telling `stale` from `invalid` and for what changed since: minutes of work of a whole class. */
export const historyMax = 500;

/** Observed deltas of a busy moment are merged into one message per this time: under what an eye sees as delay. */
export const observedMergeMs = 30;

/** A pause in the changes of a kernel after which they are adopted in follow mode: shorter than between two typed lines. */
export const followDelayMs = 80;

/** A kernel that never rests is adopted this often. */
export const followDelayMaxMs = 1_000;

/** How long a person's wish to adopt waits for an apply that is under way. */
export const settleMaxMs = 5_000;
export const settlePollMs = 20;

/** A script that is imported: those of people take seconds. */
export const scriptMaxMs = 30_000;

/** Beyond its time, for ending all it started and looking at what came of it. */
export const scriptAnswerMaxMs = 15_000;

/** Scripts that run at the same time. */
export const scriptsMax = 2;

/** Deaths of an agent within `agentDeathsWindowMs` after which it is not started again by itself. */
export const agentDeathsMax = 5;
export const agentDeathsWindowMs = 60_000;

/** Waits before the first, second, third … restart of an agent: short for an accident, longer for a lasting fault. */
export const agentRestartDelaysMs = [100, 500, 1_000, 2_000, 4_000] as const;

/** Reach of 100 hosts takes under 2 s, a plan of 5,000 nodes about as long; what takes longer has lost its agent. */
export const agentRequestMaxMs = 60_000;
