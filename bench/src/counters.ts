import { openStar } from './star/vethlab.js';

/** Seconds of watching; the first sweep only takes readings. */
const watchMs = 6000;

export interface CountersFigures {
  readonly namespaces: number;
  readonly sweepMs: number;
  /** Of one core, in percent, everything the agent did in that time. */
  readonly corePercent: number;
  readonly rssBytes: number;
}

export async function measureCounters(hosts: number): Promise<CountersFigures> {
  const { agent } = await openStar(hosts);
  try {
    // Let the echo of the apply (carrier events) pass first.
    await new Promise((resolve) => setTimeout(resolve, 2000));
    agent.send({ type: 'watch', counters: true });
    const { figures: before } = await agent.request({ type: 'figures' });
    const startedAt = performance.now();
    await new Promise((resolve) => setTimeout(resolve, watchMs));
    const { figures: after } = await agent.request({ type: 'figures' });
    const cpuMs =
      (after.cpuUserMicroseconds +
        after.cpuSystemMicroseconds -
        before.cpuUserMicroseconds -
        before.cpuSystemMicroseconds) /
      1000;
    return {
      namespaces: hosts + 1,
      sweepMs: after.lastCountersSweepMs ?? Number.NaN,
      corePercent: (100 * cpuMs) / (performance.now() - startedAt),
      rssBytes: after.rssBytes,
    };
  } finally {
    await agent.kill();
  }
}
