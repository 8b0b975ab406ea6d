import type { BenchContext, BenchPart } from '../part.js';
import { type EditFigures, type EditKind, measureEdits, restingStar } from '../server/edits.js';
import { BenchServer } from '../server/server-process.js';
import { measureFirewalls } from '../star/firewalls.js';
import { median } from '../statistics.js';
import { ms, times } from '../table.js';

/** Firewalls and impairments: what many of them cost, and what one change of one costs. */
export const measureRules: BenchPart = async (context) => {
  const { runs, rows, say } = context;
  say('firewalls on 1,000 hosts');
  const firewalls = await measureFirewalls(1000, runs);
  rows.push({
    what: 'Star of 1,000 hosts with a firewall on every one, apply',
    figure: ms(median(firewalls.withMs)),
    beside: `without ${ms(median(firewalls.withoutMs))} (${times(firewalls.ratio)})`,
    target: 'under 2 ×',
  });
  const rule = await measureOne(context, 'rule', 'One firewall rule', true);
  const impairment = await measureOne(context, 'impairment', 'One impairment', false);
  return { firewalls, rule, impairment };
};

async function measureOne(
  { rows, say }: BenchContext,
  kind: EditKind,
  what: string,
  hasFirewalls: boolean,
): Promise<EditFigures> {
  say(`${what.toLowerCase()} in a lab of 200`);
  const server = await BenchServer.start();
  try {
    const stream = await restingStar(server, 199, hasFirewalls);
    const figures = await measureEdits(server, stream, 199, kind);
    stream.close();
    rows.push({
      what: `${what} in a running lab of 200 nodes, WebSocket in to applied out`,
      figure: `${ms(figures.appliedMedianMs)}, p95 ${ms(figures.appliedP95Ms)}`,
      beside: `accepted ${ms(figures.acceptedMedianMs)}`,
      target: 'p95 under 50 ms',
    });
    return figures;
  } finally {
    await server.stop();
  }
}
