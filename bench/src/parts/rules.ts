import type { BenchContext, BenchPart } from '../part.js';
import { ConnectionBeside, type ConnectionFigures } from '../server/connection-beside.js';
import { type EditFigures, type EditKind, measureEdits, restingStar, untouchedHosts } from '../server/edits.js';
import { newestLabOf } from '../server/lab-processes.js';
import { BenchServer } from '../server/server-process.js';
import { measureFirewalls } from '../star/firewalls.js';
import { median } from '../statistics.js';
import { ms, times } from '../table.js';

const hosts = 199;

/** What an edit costs, and what it did to a connection between hosts that it does not concern. */
interface RuleFigures extends EditFigures {
  readonly connection: ConnectionFigures;
}

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
): Promise<RuleFigures> {
  say(`${what.toLowerCase()} in a lab of 200`);
  const server = await BenchServer.start();
  try {
    const stream = await restingStar(server, hosts, hasFirewalls);
    const beside = await ConnectionBeside.open(newestLabOf(server.pid).init, ...untouchedHosts(hosts));
    const figures = await measureEdits(server, stream, hosts, kind);
    const connection = await beside.end();
    stream.close();
    rows.push({
      what: `${what} in a running lab of 200 nodes, WebSocket in to applied out`,
      figure: `${ms(figures.appliedMedianMs)}, p95 ${ms(figures.appliedP95Ms)}`,
      beside: `accepted ${ms(figures.acceptedMedianMs)}; a connection beside it: ${connection.roundTrips} round trips, ${lostWords(connection)}`,
      target: 'p95 under 50 ms',
    });
    return { ...figures, connection };
  } finally {
    await server.stop();
  }
}

function lostWords({ sentAgain }: ConnectionFigures): string {
  return sentAgain === 0 ? 'none lost' : `${sentAgain} packets sent again`;
}
