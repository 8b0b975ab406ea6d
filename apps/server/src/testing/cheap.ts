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

/** On two busy cores what is cheap was found so within four; what these tests are for (work that grows with the square) is dear by far. */
const mostRounds = 20;

/**
 * Expects that work costs little. Work and measure take turns, and one good pair is enough: a compiler, a collector or another test may run
 * in any of them.
 */
export async function expectCheap(work: () => unknown): Promise<void> {
  let ratio = Number.POSITIVE_INFINITY;
  for (let round = 0; round < mostRounds && ratio >= mostRefusalCost; round += 1) {
    const cost = await cpuMs(work);
    ratio = Math.min(ratio, cost / (await cpuMs(() => JSON.parse(ordinary))));
  }
  expect(ratio).toBeLessThan(mostRefusalCost);
}
