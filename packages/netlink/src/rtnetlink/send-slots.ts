import { MessageWriter } from './codec/message-writer.js';

/**
 * How many `send` calls may be under way on pool threads at once, in the whole process. The kernel carries changes out one
 * after the other (the RTNL lock), so more would only wait there, hold memory, and keep `fs` waiting. A dozen: while the calling
 * thread is busy for two milliseconds, the pool gets through a dozen small batches, and would idle until it is given the next.
 */
const SLOTS = 12;

/** Made when first needed: most of the time one is enough. */
let made = 0;
const free: MessageWriter[] = [];
const waiting: ((writer: MessageWriter) => void)[] = [];
let head = 0;

/** Waits for a free slot: memory to write a batch into. Give it back with `releaseSlot` when the kernel has read it. */
export function acquireSlot(): Promise<MessageWriter> {
  const writer = free.pop();
  if (writer !== undefined) return Promise.resolve(writer);
  if (made < SLOTS) {
    made++;
    return Promise.resolve(new MessageWriter());
  }
  return new Promise((resolve) => waiting.push(resolve));
}

export function releaseSlot(writer: MessageWriter): void {
  const next = waiting[head];
  if (next === undefined) {
    free.push(writer);
    return;
  }
  head++;
  if (head === waiting.length) {
    waiting.length = 0;
    head = 0;
  }
  next(writer);
}
