import type { ReachCell, ReachReport } from '@vethlab/protocol';
import { linkAt, nodeEntries, realmsOf, type Topology } from '@vethlab/topology';
import type { LabNamespaces } from '../kernel/namespaces.js';
import type { EchoLines } from './echo-lines.js';
import { forgetNeighbours, type TargetIndex } from './forget-neighbours.js';
import { mostPairsAtOnce, type ReachTarget, reachBatches } from './reach-batches.js';
import { type SweepCell, sweep } from './sweep.js';

/** Silence after which those that have not answered are left for later: answers take microseconds here. */
const quickSilenceMs = 250;

/**
 * And how long those are waited for in the end. A question for a neighbour that was lost, as while a port of a switch comes up, is asked again by the
 * kernel after a second (net.ipv4.neigh.default.retrans_time_ms; IPv6 alike), and links may be slow on purpose.
 */
const patientSilenceMs = 1_300;

/** Progress is for eyes. */
const progressEveryMs = 100;

export interface ReachOptions {
  readonly topology: Topology;
  readonly family: 4 | 6;
  readonly lines: EchoLines;
  readonly namespaces: LabNamespaces;
  readonly indexOf: TargetIndex;
  readonly onProgress: (done: number, total: number) => void;
  readonly cancelled: () => boolean;
}

/** Pings from every host to every other host once, all together or, on crowded segments, in turns. */
export async function reach(options: ReachOptions): Promise<ReachReport> {
  const { topology, lines, namespaces, indexOf, cancelled } = options;
  const startedAt = performance.now();
  const targets = reachTargets(topology, options.family);
  const isTwin = twinsOf(topology);
  const total = targets.length * (targets.length - 1);
  const cells: SweepCell[] = [];
  const silent: SweepCell[] = [];
  let answered = 0;
  let toldAt = startedAt;
  const onAnswer = () => {
    answered += 1;
    if (performance.now() - toldAt < progressEveryMs) return;
    toldAt = performance.now();
    options.onProgress(answered, total);
  };
  const ask = async (asked: readonly SweepCell[], silenceMs: number): Promise<SweepCell[]> => {
    if (asked.length > 0 && !cancelled()) await sweep(asked, { lines, cancelled, onAnswer, silenceMs });
    return asked.filter(({ outcome: { kind } }) => kind === 'timeout' || kind === 'error');
  };
  const batches = reachBatches(topology, targets);
  for (const { pairs, forget } of batches) {
    const all = pairs.map(([from, to]): SweepCell => ({ from, to, outcome: { kind: 'timeout' } }));
    cells.push(...all);
    // Whoever has the same address in the part of the lab where the ping starts would answer for somebody else.
    const others = all.filter(({ from, to }) => isTwin(from, to));
    for (const cell of others) cell.outcome = { kind: 'no-route' };
    answered += others.length;
    silent.push(
      ...(await ask(others.length === 0 ? all : all.filter((cell) => !others.includes(cell)), quickSilenceMs)),
    );
    if (forget) await forgetNeighbours(pairs, namespaces, indexOf);
  }
  const forget = batches.some((batch) => batch.forget);
  for (const again of forget ? chunksOf(silent, mostPairsAtOnce) : [silent]) {
    answered += (await ask(again, patientSilenceMs)).length;
    if (forget)
      await forgetNeighbours(
        again.map(({ from, to }) => [from, to] as const),
        namespaces,
        indexOf,
      );
  }
  return {
    nodes: targets.map(({ node }) => node),
    cells: cells.map(
      ({ from, to, outcome }): ReachCell => ({ from: from.node, to: to.node, address: to.address, outcome }),
    ),
    tookMs: performance.now() - startedAt,
  };
}

function chunksOf<Item>(items: readonly Item[], size: number): Item[][] {
  const chunks: Item[][] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}

/** Whether the address of a target in another realm (apart by VRFs) is also one of the realm where the ping starts. */
function twinsOf(topology: Topology): (from: ReachTarget, to: ReachTarget) => boolean {
  const realms = realmsOf(topology);
  if (realms === null) return () => false;
  const realmOf = ({ node, ifname }: { readonly node: string; readonly ifname: string }) =>
    realms.get(`${node}:${ifname}`);
  const addresses = new Set<string>();
  for (const [node, { interfaces }] of nodeEntries(topology)) {
    for (const [ifname, iface] of Object.entries(interfaces)) {
      const realm = realmOf({ node, ifname });
      for (const cidr of iface.addresses) addresses.add(`${realm} ${cidr.slice(0, cidr.indexOf('/'))}`);
    }
  }
  return (from, to) => realmOf(from) !== realmOf(to) && addresses.has(`${realmOf(from)} ${to.address}`);
}

/** Hosts with an address of the family on a wired interface; in a lab without hosts, every node that has one. */
function reachTargets(topology: Topology, family: 4 | 6): ReachTarget[] {
  const found: (ReachTarget & { readonly host: boolean })[] = [];
  for (const [node, { kind, interfaces }] of Object.entries(topology.nodes)) {
    for (const [ifname, { addresses, device }] of Object.entries(interfaces)) {
      const cidr = addresses.find((address) => address.includes(':') === (family === 6));
      const isThere = device !== undefined || linkAt(topology, node, ifname) !== null;
      if (cidr === undefined || !isThere) continue;
      found.push({ node, ifname, address: cidr.slice(0, cidr.indexOf('/')), host: kind === 'host' });
      break;
    }
  }
  const hosts = found.filter(({ host }) => host);
  return hosts.length > 0 ? hosts : found;
}
