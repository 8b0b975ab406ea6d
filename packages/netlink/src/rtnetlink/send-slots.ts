import { MessageWriter } from './codec/message-writer.js';

/**
 * How many `send` calls may be under way on pool threads at once, in the whole process. The kernel carries changes out one
 * after the other (the RTNL lock), so more would only wait there, hold memory, and take the threads that `fs` needs. Two: one
 * works while the next is being made ready.
 */
const SLOTS = 2;

const free: MessageWriter[] = Array.from({ length: SLOTS }, () => new MessageWriter());
const waiting: ((writer: MessageWriter) => void)[] = [];
let head = 0;

/** Waits for a free slot: memory to write a batch into. Give it back with `releaseSlot` when the kernel has read it. */
export function acquireSlot(): Promise<MessageWriter> {
  const writer = free.pop();
  if (writer !== undefined) return Promise.resolve(writer);
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
