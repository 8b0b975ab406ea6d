import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { AgentFigures } from '@vethlab/protocol';

const nanosecondsPerMs = 1e6;
/** Finer than the 25 ms the product promises, coarse enough to cost nothing. */
const resolutionMs = 5;

/** What the agent costs: memory, processor, and the longest time it held its own event loop. */
export class Figures {
  readonly #delay = monitorEventLoopDelay({ resolution: resolutionMs });

  constructor() {
    this.#delay.enable();
  }

  /** Since the last call. */
  read(lastCountersSweepMs: number | null): AgentFigures {
    const { rss, heapUsed } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    const eventLoopMaxDelayMs = Math.max(0, this.#delay.max / nanosecondsPerMs - resolutionMs);
    this.#delay.reset();
    return {
      rssBytes: rss,
      heapUsedBytes: heapUsed,
      cpuUserMicroseconds: user,
      cpuSystemMicroseconds: system,
      eventLoopMaxDelayMs,
      lastCountersSweepMs,
    };
  }
}
