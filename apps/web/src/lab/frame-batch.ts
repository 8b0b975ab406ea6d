import { echoWaitMs } from '../view/echo-wait';

/** In a hidden tab there are no frames; once in a while is often enough for eyes that are elsewhere. */
const hiddenFlushMs = 200;

/** What has arrived waits for the sign of a key for at most this long, also when key follows on key. */
const mostHeldMs = 500;

export interface FrameBatch<Item> {
  push(item: Item): void;
  /** Hands over what has gathered, now. */
  flush(): void;
}

/**
 * Gathers items until the next frame and hands them over together: while 1,000 nodes are applied, hundreds of
 * messages arrive in a second, and drawing after each would leave no time for anything else.
 *
 * Handed over after the frame, not in it: what the items lead to and the painting are two tasks then, and between the two
 * the page answers a person. While somebody types in a terminal, a frame is asked for only between the sign of one key and the next.
 */
export function frameBatch<Item>(handle: (items: readonly Item[]) => void): FrameBatch<Item> {
  let waiting: Item[] = [];
  const flush = (): void => {
    const items = waiting;
    waiting = [];
    if (items.length > 0) handle(items);
  };
  const begin = (heldMs: number): void => {
    const waitMs = Math.min(echoWaitMs(), mostHeldMs - heldMs);
    if (document.visibilityState !== 'visible') setTimeout(flush, hiddenFlushMs);
    else if (waitMs > 0) setTimeout(() => begin(heldMs + waitMs), waitMs);
    else requestAnimationFrame(() => setTimeout(flush));
  };
  return {
    push: (item) => {
      waiting.push(item);
      if (waiting.length === 1) begin(0);
    },
    flush,
  };
}
