import type { ReachCell, ReachReport } from '@vethlab/protocol';
import { linkAt, nodeEntries, realmsOf, type Topology } from '@vethlab/topology';
import type { LabNamespaces } from '../kernel/namespaces.js';
import type { EchoLines } from './echo-lines.js';
import { forgetNeighbours, type TargetIndex } from './forget-neighbours.js';
import { type ReachTarget, reachBatches } from './reach-batches.js';
import { type SweepCell, sweep } from './sweep.js';

/** What did not answer is asked once more: the first packet to a new neighbour may be lost while ARP asks. */
const rounds = 2;

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
  let answered = 0;
  let toldAt = startedAt;
  const onAnswer = () => {
    answered += 1;
    if (performance.now() - toldAt < progressEveryMs) return;
    toldAt = performance.now();
    options.onProgress(answered, total);
  };
  for (const batch of reachBatches(topology, targets)) {
    const all = batch.pairs.map(([from, to]): SweepCell => ({ from, to, outcome: { kind: 'timeout' } }));
    cells.push(...all);
    // Whoever has the same address in the part of the lab where the ping starts would answer for somebody else.
    const others = all.filter(({ from, to }) => isTwin(from, to));
    for (const cell of others) cell.outcome = { kind: 'no-route' };
    answered += others.length;
    let open = all.filter((cell) => !others.includes(cell));
    for (let round = 0; round < rounds && open.length > 0 && !cancelled(); round += 1) {
      await sweep(open, lines, cancelled, onAnswer);
      open = open.filter(({ outcome: { kind } }) => kind === 'timeout' || kind === 'error');
    }
    answered += open.length;
    if (batch.forget) await forgetNeighbours(batch, namespaces, indexOf);
  }
  return {
    nodes: targets.map(({ node }) => node),
    cells: cells.map(
      ({ from, to, outcome }): ReachCell => ({ from: from.node, to: to.node, address: to.address, outcome }),
    ),
    tookMs: performance.now() - startedAt,
  };
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
