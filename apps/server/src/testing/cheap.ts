import { expect } from 'vitest';

/**
 * What refusing a bomb may cost, as a multiple of reading two megabytes of ordinary JSON. That takes a quiet machine about 20 ms, so
 * this stands for the 100 ms that a refusal may take; as a ratio it holds on a slow or busy machine too.
 */
const mostRefusalCost = 5;

const ordinary = JSON.stringify(
  Array.from({ length: 40_000 }, (_, index) => ({ name: `h${index}`, kind: 'host', up: true, mtu: 1500 })),
);

/** CPU time of this process, server and client, for `work`, in ms. */
async function cpuMs(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/**
 * Expects that work costs little. Work and measure take turns, and the best of each counts: a compiler or a collector may run in
 * any one round.
 */
export async function expectCheap(work: () => unknown): Promise<void> {
  let cost = Number.POSITIVE_INFINITY;
  let measure = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 4; round += 1) {
    measure = Math.min(measure, await cpuMs(() => JSON.parse(ordinary)));
    cost = Math.min(cost, await cpuMs(work));
  }
  expect(cost / measure).toBeLessThan(mostRefusalCost);
}
