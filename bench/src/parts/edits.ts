import type { BenchPart } from '../part.js';
import { type EditFigures, measureEdits, restingStar } from '../server/edits.js';
import { measureEvents } from '../server/events.js';
import type { LoopFigures } from '../server/loop-figures.js';
import { BenchServer } from '../server/server-process.js';
import { median } from '../statistics.js';
import { megabytes, ms, times } from '../table.js';

/** Servers that are started for what their event loops are held by. */
const starts = 3;

const kinds = ['interface', 'address', 'node', 'link'] as const;

const editNames: Readonly<Record<string, string>> = {
  interface: 'One edit of an interface',
  address: 'One address',
  node: 'One node more',
  link: 'One link more, to the hub',
};

/** How long a server that has just started holds its event loop while it makes a lab and watches it being applied. */
async function loopOfOneStart(hosts: number): Promise<LoopFigures> {
  const server = await BenchServer.start();
  try {
    await server.longestBlock();
    const stream = await restingStar(server, hosts);
    const figures = await server.longestBlock();
    stream.close();
    return figures;
  } finally {
    await server.stop();
  }
}

/** One edit in running labs of 10 to 1,000 nodes, what the server is held by while they are made, and what is typed in them. */
export const measureEditsOfLabs: BenchPart = async ({ rows, say }) => {
  const result: Record<string, unknown> = {};
  const edits: EditFigures[] = [];
  const loops: LoopFigures[] = [];
  let serverRssBytes = 0;
  for (const hosts of [10, 100, 1000]) {
    say(`edits in a lab of ${hosts}`);
    const server = await BenchServer.start();
    try {
      await server.longestBlock();
      const stream = await restingStar(server, hosts);
      if (hosts === 1000) loops.push(await server.longestBlock());
      for (const kind of kinds) edits.push(await measureEdits(server, stream, hosts, kind));
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

  // One start after the other: a lab of a thousand nodes that runs beside takes a part of the cores.
  while (loops.length < starts) loops.push(await loopOfOneStart(1000));
  const held = loops.map(({ heldMs }) => heldMs);
  result.serverLoops = loops;
  rows.push({
    what: 'Server while 1,000 nodes are made and applied, a browser on them: event loop held at most',
    figure: `${ms(median(held))}; ${ms(Math.max(...held))} in the worst of three`,
    beside: `${ms(median(loops.map(({ ownMs }) => ownMs)))} without waiting for a core`,
    target: '25 ms',
  });

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
  return result;
};
