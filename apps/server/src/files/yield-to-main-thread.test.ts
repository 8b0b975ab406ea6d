import { readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';

const module_ = new URL('./yield-to-main-thread.ts', import.meta.url);

it('makes the calling thread nicer, and no other', async () => {
  const before = getPriority();
  // The types are taken out by hand: a worker of a test gets no help in reading them.
  const source = readFileSync(module_, 'utf8')
    .replace(/\(\): (void|number \| null)/g, '()')
    .replace(' as NodeJS.ErrnoException', '')
    .replace('export ', '');
  const ask = `
    yieldToMainThread();
    const { parentPort } = await import('node:worker_threads');
    const { getPriority } = await import('node:os');
    parentPort.postMessage(getPriority(threadId()));`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source + ask)}`));
  const nice = await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  await worker.terminate();
  expect(nice).toBe(Math.min(19, Math.max(before, 10)));
  expect(getPriority()).toBe(before);
});
