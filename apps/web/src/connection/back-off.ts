/** First wait after a lost connection: a server that restarts is back in well under a second. */
const firstWaitMs = 250;

/** Longest wait: a person who mended the cause should not wait longer than this for the page. */
const longestWaitMs = 5_000;

/**
 * How long to wait before try number `attempt` (counted from 0). Doubles each time, with a jitter of up to a half of
 * it taken away, so that a class of forty browsers does not come back in one instant.
 *
 * @param random a number from 0 to 1
 */
export function backOffMs(attempt: number, random: number): number {
  const full = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(attempt, 16));
  return Math.round(full * (1 - random / 2));
}
