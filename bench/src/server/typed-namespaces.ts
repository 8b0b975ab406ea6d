import { median, percentile } from '../statistics.js';
import { ms, type Row } from '../table.js';
import { restingStar } from './edits.js';
import { newestLabOf } from './lab-processes.js';
import { BenchServer } from './server-process.js';
import { typeIn } from './type-in.js';

const hosts = 200;
const samples = 30;

export interface TypedFigures {
  readonly seenMedianMs: number;
  readonly seenP95Ms: number;
  readonly drawnMedianMs: number;
  readonly drawnP95Ms: number;
}

/**
 * Somebody types `ip netns add x` in a lab of 200: from the end of that command to the message in the browser that tells of it,
 * and, in follow mode, to the message that draws it.
 */
export async function measureTypedNamespaces(rows: Row[]): Promise<TypedFigures> {
  const server = await BenchServer.start();
  try {
    const stream = await restingStar(server, hosts);
    const { init } = newestLabOf(server.pid);
    stream.send({ type: 'set-follow', requestId: 'follow', follow: true });
    await stream.until((message) => message.type === 'follow' && message.follow);
    const seen: number[] = [];
    const drawn: number[] = [];
    for (let index = 0; index < samples; index += 1) {
      const name = `typed${index}`;
      const now = () => performance.timeOrigin + performance.now();
      const whenSeen = stream
        .until((message) => message.type === 'observed' && Object.hasOwn(message.delta.namespaces, name))
        .then(now);
      const whenDrawn = stream
        .until((message) => message.type === 'document' && message.summary === `Adopted ${name}.`)
        .then(now);
      const doneAt = typeIn(init, `ip netns add ${name}`);
      seen.push(Math.max(0, (await whenSeen) - doneAt));
      drawn.push(Math.max(0, (await whenDrawn) - doneAt));
    }
    stream.close();
    const figures = {
      seenMedianMs: median(seen),
      seenP95Ms: percentile(seen, 0.95),
      drawnMedianMs: median(drawn),
      drawnP95Ms: percentile(drawn, 0.95),
    };
    rows.push({
      what: `A typed \`ip netns add x\` in a lab of ${hosts} to the message in the browser`,
      figure: `${ms(figures.seenMedianMs)}, p95 ${ms(figures.seenP95Ms)}`,
      beside: `part of the lab in follow mode ${ms(figures.drawnMedianMs)}, p95 ${ms(figures.drawnP95Ms)}`,
      target: 'p95 under 200 ms',
    });
    return figures;
  } finally {
    await server.stop();
  }
}
