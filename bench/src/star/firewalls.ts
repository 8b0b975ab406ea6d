import { median } from '../statistics.js';
import { openStar } from './vethlab.js';

export interface FirewallFigures {
  readonly withoutMs: readonly number[];
  readonly withMs: readonly number[];
  /** Median with a firewall on every host against the median without. */
  readonly ratio: number;
}

/** The same star without and with a firewall on every host, in turn, so that a slow moment of the machine falls on both. */
export async function measureFirewalls(hosts: number, runs: number): Promise<FirewallFigures> {
  const withoutMs: number[] = [];
  const withMs: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    for (const hasFirewalls of [false, true]) {
      const { agent, report } = await openStar(hosts, hasFirewalls);
      (hasFirewalls ? withMs : withoutMs).push(report.ms);
      await agent.kill();
    }
  }
  return { withoutMs, withMs, ratio: median(withMs) / median(withoutMs) };
}
