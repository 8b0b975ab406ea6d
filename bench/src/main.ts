import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { measureCounters } from './counters.js';
import { measureInside } from './inside/throughput.js';
import { measureLiveTab } from './live-tab.js';
import { describeMachine } from './machine.js';
import { measureOutside } from './outside/throughput.js';
import { measureReach } from './reach.js';
import { type EditFigures, measureEdits, restingStar } from './server/edits.js';
import { measureEvents } from './server/events.js';
import { BenchServer } from './server/server-process.js';
import { measureTypedNamespaces } from './server/typed-namespaces.js';
import { measureFirewalls } from './star/firewalls.js';
import { measureIpBatch } from './star/ip-batch.js';
import { measureMininet } from './star/mininet.js';
import { measureVethlab, type VethlabStar } from './star/vethlab.js';
import { median } from './statistics.js';
import { markdownTable, megabytes, ms, type Row, times } from './table.js';
import { measureTerminals } from './terminals.js';
import { measureTerminalsInBrowser } from './terminals-in-browser.js';

const { values } = parseArgs({
  options: {
    output: { type: 'string', default: 'bench-result.json' },
    /** Runs of each star; the machines are noisy, the median is told. */
    runs: { type: 'string', default: '3' },
  },
});
const runs = Number(values.runs);
const rows: Row[] = [];
const result: Record<string, unknown> = { machine: describeMachine() };

for (const hosts of [10, 100, 1000]) {
  const vethlab: VethlabStar[] = [];
  const batch: number[] = [];
  const mininet: number[] = [];
  // In turn, so that a slow moment of the machine falls on all of them.
  for (let run = 0; run < runs; run += 1) {
    say(`star of ${hosts}, run ${run + 1} of ${runs}`);
    vethlab.push(await measureVethlab(hosts));
    batch.push(measureIpBatch(hosts));
    if (hosts <= 100) {
      const figure = measureMininet(hosts);
      if (figure !== null) mininet.push(figure);
    }
  }
  const apply = median(vethlab.map(({ applyMs }) => applyMs));
  const beside = [`ip -batch ${ms(median(batch))} (${times(median(batch) / apply)})`];
  if (mininet.length > 0) beside.push(`Mininet ${ms(median(mininet))} (${times(median(mininet) / apply)})`);
  rows.push({
    what: `Star of ${hosts} hosts, apply`,
    figure: ms(apply),
    beside: beside.join(', '),
    target: hosts === 1000 ? '4 × ip -batch' : hosts === 100 ? '20 × Mininet' : '',
  });
  rows.push({
    what: `Star of ${hosts}, remove all in order / end the sandbox`,
    figure: `${ms(median(vethlab.map(({ teardownMs }) => teardownMs)))} / ${ms(median(vethlab.map(({ killMs }) => killMs)))}`,
    beside: '',
    target: '',
  });
  rows.push({
    what: `Star of ${hosts}, second plan`,
    figure: `${ms(median(vethlab.map(({ secondPlanMs }) => secondPlanMs)))}, ${vethlab[0]?.secondPlanSteps ?? '?'} steps`,
    beside: '',
    target: '0 steps',
  });
  if (hosts === 1000) {
    rows.push({
      what: 'Agent while 1,000 nodes are applied: event loop held at most',
      figure: ms(median(vethlab.map(({ blockedMs }) => blockedMs))),
      beside: '',
      target: '25 ms',
    });
    rows.push({
      what: 'Agent memory with 1,000 nodes',
      figure: megabytes(median(vethlab.map(({ rssBytes }) => rssBytes))),
      beside: '',
      target: 'under 100 MB',
    });
  }
  result[`star${hosts}`] = { vethlab, ipBatchMs: batch, mininetMs: mininet };
}

const edits: EditFigures[] = [];
let serverRssBytes = 0;
for (const hosts of [10, 100, 1000]) {
  say(`edits in a lab of ${hosts}`);
  const server = await BenchServer.start();
  try {
    await server.longestBlockMs();
    const stream = await restingStar(server, hosts);
    if (hosts === 1000) {
      rows.push({
        what: 'Server while 1,000 nodes are made and applied, a browser on them: event loop held at most',
        figure: ms(await server.longestBlockMs()),
        beside: '',
        target: '25 ms',
      });
    }
    for (const kind of ['interface', 'address', 'node', 'link'] as const)
      edits.push(await measureEdits(server, stream, hosts, kind));
    serverRssBytes = server.rssBytes();
    stream.close();
    if (hosts === 10) {
      say('events');
      const events = await measureEvents(server);
      result.events = events;
      rows.push({
        what: 'A typed `ip link set` to the message in the browser',
        figure: `${ms(events.medianMs)}, p95 ${ms(events.p95Ms)}`,
        beside: '',
        target: '',
      });
    }
  } finally {
    await server.stop();
  }
}
say('firewalls on 1,000 hosts');
const firewalls = await measureFirewalls(1000, runs);
rows.push({
  what: 'Star of 1,000 hosts with a firewall on every one, apply',
  figure: ms(median(firewalls.withMs)),
  beside: `without ${ms(median(firewalls.withoutMs))} (${times(firewalls.ratio)})`,
  target: 'under 2 ×',
});
result.firewalls = firewalls;

say('one rule in a lab of 200');
const ruleServer = await BenchServer.start();
try {
  const stream = await restingStar(ruleServer, 199, true);
  const rule = await measureEdits(ruleServer, stream, 199, 'rule');
  stream.close();
  rows.push({
    what: 'One firewall rule in a running lab of 200 nodes, WebSocket in to applied out',
    figure: `${ms(rule.appliedMedianMs)}, p95 ${ms(rule.appliedP95Ms)}`,
    beside: `accepted ${ms(rule.acceptedMedianMs)}`,
    target: 'p95 under 50 ms',
  });
  result.rule = rule;
} finally {
  await ruleServer.stop();
}

say('one impairment in a lab of 200');
const impairmentServer = await BenchServer.start();
try {
  const stream = await restingStar(impairmentServer, 199);
  const impairment = await measureEdits(impairmentServer, stream, 199, 'impairment');
  stream.close();
  rows.push({
    what: 'One impairment in a running lab of 200 nodes, WebSocket in to applied out',
    figure: `${ms(impairment.appliedMedianMs)}, p95 ${ms(impairment.appliedP95Ms)}`,
    beside: `accepted ${ms(impairment.acceptedMedianMs)}`,
    target: 'p95 under 50 ms',
  });
  result.impairment = impairment;
} finally {
  await impairmentServer.stop();
}

say('throughput inside');
result.inside = await measureInside(rows);

const editNames = {
  interface: 'One edit of an interface',
  address: 'One address',
  node: 'One node more',
  link: 'One link more, to the hub',
  rule: 'One firewall rule',
  impairment: 'One impairment',
};
for (const edit of edits) {
  const smallest = edits.find(({ kind }) => kind === edit.kind)?.appliedP95Ms ?? Number.NaN;
  rows.push({
    what: `${editNames[edit.kind]} in a running lab of ${edit.nodes}, WebSocket in to applied out`,
    figure: `${ms(edit.appliedMedianMs)}, p95 ${ms(edit.appliedP95Ms)}`,
    beside: `accepted ${ms(edit.acceptedMedianMs)}; ${times(edit.appliedP95Ms / smallest)} the p95 of 10 nodes`,
    target: edit.nodes === 1000 ? 'p95 under 20 ms, under 3 ×' : '',
  });
}
rows.push({ what: 'Server memory with 1,000 nodes', figure: megabytes(serverRssBytes), beside: '', target: '' });
result.edits = edits;

say('terminals');
result.terminals = await measureTerminals(rows);
result.terminalsInBrowser = await measureTerminalsInBrowser(rows);

say('typed namespaces');
result.typedNamespaces = await measureTypedNamespaces(rows);

say('the way out');
result.outside = await measureOutside(rows);

say('the live tab');
const liveTab = await measureLiveTab(200);
rows.push({
  what: 'Live tab of one host in a lab of 200, all sections open, nft included',
  figure: `${liveTab.hostPercent.toFixed(1)} % of a core`,
  beside: `of the router with 200 interfaces ${liveTab.routerPercent.toFixed(1)} %`,
  target: 'under 5 %',
});
result.liveTab = liveTab;

say('counters');
const counters = await measureCounters(1000);
rows.push({
  what: 'Counters of 1,000 namespaces once a second',
  figure: `${counters.corePercent.toFixed(1)} % of a core, sweep ${ms(counters.sweepMs)}`,
  beside: '',
  target: 'under 10 %',
});
result.counters = counters;

const reaches = [];
for (const hosts of [50, 100]) {
  say(`reach of ${hosts}`);
  const reach = await measureReach(hosts);
  reaches.push(reach);
  rows.push({
    what: `Reach, ${hosts} hosts (${reach.pairs} pairs)`,
    figure: `${ms(reach.ms)}, ${reach.answered} answered`,
    beside: '',
    target: hosts === 100 ? 'under 2 s' : '',
  });
}
result.reach = reaches;
result.rows = rows;

process.stdout.write(`\nMeasured on ${describeMachine()}\n\n${markdownTable(rows)}\n`);
writeFileSync(values.output, `${JSON.stringify(result, null, 2)}\n`);

function say(text: string): void {
  process.stderr.write(`… ${text}\n`);
}
