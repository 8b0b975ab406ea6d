import { openStar } from './star/vethlab.js';

export interface ReachFigures {
  readonly hosts: number;
  readonly pairs: number;
  readonly answered: number;
  readonly ms: number;
}

export async function measureReach(hosts: number): Promise<ReachFigures> {
  const { agent } = await openStar(hosts);
  try {
    const { report } = await agent.request({ type: 'reach', family: 4 }, { timeoutMs: 60_000 });
    return {
      hosts,
      pairs: report.cells.length,
      answered: report.cells.filter(({ outcome }) => outcome.kind === 'reply').length,
      ms: report.tookMs,
    };
  } finally {
    await agent.kill();
  }
}
