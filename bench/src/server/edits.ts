import type { Edit } from '@vethlab/topology';
import { serializeLabFile } from '@vethlab/topology';
import { starAddresses, starLab } from '../star/star-lab.js';
import { median, percentile } from '../statistics.js';
import type { ConnectionEnd } from './connection-beside.js';
import { type BenchServer, type LabStream, rssOf } from './server-process.js';

const warmUp = 10;
const samples = 100;
/** A lab that runs, not one that was made a moment ago: its file is saved and its drift looked at by then. */
const settleMs = 3000;

export interface EditFigures {
  readonly kind: EditKind;
  readonly nodes: number;
  readonly acceptedMedianMs: number;
  readonly appliedMedianMs: number;
  readonly appliedP95Ms: number;
  readonly serverRssBytes: number;
}

/** Makes a lab of a star on the server, waits until it is applied, and then until it is at rest. */
export async function restingStar(server: BenchServer, hosts: number, hasFirewalls = false): Promise<LabStream> {
  const { stream } = await runningStar(server, hosts, hasFirewalls);
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  return stream;
}

/** Makes a lab of a star on the server and waits until it is applied. */
export async function runningStar(
  server: BenchServer,
  hosts: number,
  hasFirewalls = false,
): Promise<{ id: string; stream: LabStream }> {
  const { id } = await server.post('/labs', { file: serializeLabFile(starLab(hosts, hasFirewalls)) });
  const stream = await server.stream(id);
  await stream.until(
    (message) =>
      (message.type === 'snapshot' && message.lastApply !== null && message.appliedRevision === message.revision) ||
      (message.type === 'applied' && message.report.failures.length === 0),
  );
  return { id, stream };
}

/** What is edited: something of an interface, an address, what hangs on what. */
export type EditKind = 'interface' | 'address' | 'node' | 'link' | 'rule' | 'impairment';

/** Whose turn it is: neighbours on the canvas are far apart in time. */
function editedHost(index: number, hosts: number): string {
  return `h${(index * 7) % hosts}`;
}

/** Two hosts of a star that no measured edit of a host's own (of kind `interface`, `address`, `rule`, `impairment`) has to do with. */
export function untouchedHosts(hosts: number): [ConnectionEnd, ConnectionEnd] {
  const edited = new Set(Array.from({ length: warmUp + samples }, (_, index) => editedHost(index, hosts)));
  const [one, other] = Array.from({ length: hosts }, (_, index) => ({
    node: `h${index}`,
    address: starAddresses(index).host,
  })).filter(({ node }) => !edited.has(node));
  if (one === undefined || other === undefined) throw new Error(`Every one of ${hosts} hosts is edited.`);
  return [one, other];
}

/** Each makes another change every time: an edit that changes nothing costs nothing. */
const edits: Record<EditKind, (index: number, hosts: number) => unknown> = {
  interface: (index, hosts) => ({
    type: 'set-interface',
    node: editedHost(index, hosts),
    ifname: 'eth0',
    mtu: Math.floor(index / hosts) % 2 === 0 ? 1400 : 1450,
  }),
  address: (index, hosts) => ({
    type: 'set-addresses',
    node: editedHost(index, hosts),
    ifname: 'eth0',
    addresses: [`10.${100 + Math.floor(index / 250)}.${index % 250}.1/30`],
  }),
  /** One rule among others of a firewall that is there (see `starLab`). */
  rule: (index, hosts) => ({
    type: 'set-firewall',
    node: editedHost(index, hosts),
    firewall: {
      input: {
        policy: 'drop',
        rules: [
          { state: ['established', 'related'], action: 'accept' },
          { in: 'lo', action: 'accept' },
          { protocol: 'icmp', action: 'accept' },
          { protocol: 'tcp', port: 1000 + index, action: 'accept' },
        ],
      },
    },
  }),
  /** A rate: what every kernel can do. */
  impairment: (index, hosts) => ({
    type: 'set-impairment',
    node: editedHost(index, hosts),
    ifname: 'eth0',
    impairment: { rateBitsPerSecond: 10_000_000 + 8_000 * index },
  }),
  node: (index) => ({ type: 'add-node', kind: 'host', name: `x${index}`, position: { x: index * 100, y: -300 } }),
  /** The other end is the router in the middle of the star, with as many interfaces as there are hosts. */
  link: (index) => ({ type: 'connect', from: { node: `x${index}` }, to: { node: 'r' } }),
};

/** One edit after another, each from the message into the WebSocket to the `applied` out of it. */
export async function measureEdits(
  server: BenchServer,
  stream: LabStream,
  hosts: number,
  kind: EditKind,
): Promise<EditFigures> {
  const accepted: number[] = [];
  const applied: number[] = [];
  for (let index = 0; index < warmUp + samples; index += 1) {
    const edit = edits[kind](index, hosts) as Edit;
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
  return {
    nodes: hosts,
    kind,
    acceptedMedianMs: median(accepted),
    appliedMedianMs: median(applied),
    appliedP95Ms: percentile(applied, 0.95),
    serverRssBytes: rssOf(server.pid),
  };
}
