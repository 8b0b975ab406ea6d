import type { Edit } from '@vethlab/topology';
import { serializeLabFile } from '@vethlab/topology';
import { starLab } from '../star/star-lab.js';
import { median, percentile } from '../statistics.js';
import { type BenchServer, type LabStream, rssOf } from './server-process.js';

const warmUp = 10;
const samples = 200;
/** A lab that runs, not one that was made a moment ago: its file is saved and its drift looked at by then. */
const settleMs = 3000;

export interface EditFigures {
  readonly nodes: number;
  readonly acceptedMedianMs: number;
  readonly appliedMedianMs: number;
  readonly appliedP95Ms: number;
  readonly serverRssBytes: number;
}

/** Makes a lab of a star on the server and waits until it is applied. */
export async function runningStar(server: BenchServer, hosts: number): Promise<{ id: string; stream: LabStream }> {
  const { id } = await server.post('/labs', { file: serializeLabFile(starLab(hosts)) });
  const stream = await server.stream(id);
  await stream.until(
    (message) =>
      (message.type === 'snapshot' && message.lastApply !== null && message.appliedRevision === message.revision) ||
      (message.type === 'applied' && message.report.failures.length === 0),
  );
  return { id, stream };
}

/** The MTU of one interface changed on one host after another, again and again: from the message into the WebSocket to the `applied` out of it. */
export async function measureEdits(server: BenchServer, hosts: number): Promise<EditFigures> {
  const { stream } = await runningStar(server, hosts);
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  const accepted: number[] = [];
  const applied: number[] = [];
  for (let index = 0; index < warmUp + samples; index += 1) {
    const host = `h${(index * 7) % hosts}`;
    const edit = {
      type: 'set-interface',
      node: host,
      ifname: 'eth0',
      // Another value each time that a host's turn comes again: an edit that changes nothing costs nothing.
      mtu: Math.floor(index / hosts) % 2 === 0 ? 1400 : 1450,
    } as unknown as Edit;
    const sentAt = performance.now();
    const requestId = `edit-${index}`;
    const whenAccepted = stream
      .until((message) => 'requestId' in message && message.requestId === requestId)
      .then((message) => {
        if (message.type !== 'accepted') throw new Error(`The edit was ${message.type}: ${JSON.stringify(message)}`);
        return { ms: performance.now() - sentAt, revision: message.revision };
      });
    const whenApplied = stream
      .until((message) => message.type === 'applied' && message.report.revision > 0)
      .then((message) => ({ ms: performance.now() - sentAt, message }));
    stream.send({ type: 'edit', requestId, baseRevision: stream.revision, edit });
    const [first, second] = await Promise.all([whenAccepted, whenApplied]);
    if (second.message.type === 'applied' && second.message.report.revision !== first.revision)
      throw new Error('Another revision was applied than the one that was accepted.');
    if (second.message.type === 'applied' && second.message.report.steps === 0)
      throw new Error('The edit changed nothing in the kernel.');
    if (index < warmUp) continue;
    accepted.push(first.ms);
    applied.push(second.ms);
  }
  stream.close();
  return {
    nodes: hosts,
    acceptedMedianMs: median(accepted),
    appliedMedianMs: median(applied),
    appliedP95Ms: percentile(applied, 0.95),
    serverRssBytes: rssOf(server.pid),
  };
}
