/** From a key to its sign on the screen, nearly always: to the shell and back, and the frame that shows it. */
const echoMs = 50;
/** The next key comes no sooner after one than this. */
const nextKeyMs = 65;
/** Who has typed nothing for this long rests. */
const restMs = 300;

/** When to ask again whether the next key has come. */
const againMs = 20;

let lastKeyMs = Number.NEGATIVE_INFINITY;

/** A key went to a shell: somebody waits for its sign. After the end of a line it is the answer that is waited for, wherever it shows. */
export function noteTerminalKey(endsLine: boolean): void {
  lastKeyMs = endsLine ? Number.NEGATIVE_INFINITY : performance.now();
}

/**
 * After how many milliseconds to ask again whether what can wait may be drawn; 0: it may now. A frame of its own would hold back the sign of a key until the
 * next one, also when it is begun just before the key; between a sign and the next key there is room for it.
 */
export function echoWaitMs(): number {
  const sinceMs = performance.now() - lastKeyMs;
  if (sinceMs < echoMs) return echoMs - sinceMs;
  return sinceMs < nextKeyMs || sinceMs >= restMs ? 0 : Math.min(restMs - sinceMs, againMs);
}
