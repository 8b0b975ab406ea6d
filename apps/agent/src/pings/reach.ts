import type { PingOutcome, ReachCell, ReachReport } from '@vethlab/protocol';
import { linkAt, type Topology } from '@vethlab/topology';
import { Slices } from '../timing/slices.js';
import type { Echo, EchoLines } from './echo-lines.js';

/** After the last echo of a round is sent, stragglers get this long. */
const waitMs = 400;

/** What did not answer is asked once more: the first packet to a new neighbour may be lost while ARP asks. */
const rounds = 2;

/** Echoes under way at once: more would overflow the queues of sockets and neighbours. */
const mostUnderWay = 1000;

interface Cell {
  readonly from: string;
  readonly to: string;
  readonly address: string;
  outcome: PingOutcome;
}

export interface ReachOptions {
  readonly topology: Topology;
  readonly family: 4 | 6;
  readonly lines: EchoLines;
  readonly onProgress: (done: number, total: number) => void;
  readonly cancelled: () => boolean;
}

/** Pings from every host to every other host once, all together. */
export async function reach(options: ReachOptions): Promise<ReachReport> {
  const startedAt = performance.now();
  const targets = targetsOf(options.topology, options.family);
  const cells: Cell[] = [];
  for (const from of targets) {
    for (const to of targets) {
      if (from.node === to.node) continue;
      cells.push({ from: from.node, to: to.node, address: to.address, outcome: { kind: 'timeout' } });
    }
  }
  let open = cells;
  for (let round = 0; round < rounds && open.length > 0 && !options.cancelled(); round += 1) {
    await sweep(open, options, cells.length);
    open = open.filter(({ outcome }) => outcome.kind === 'timeout' || outcome.kind === 'error');
  }
  return {
    nodes: targets.map(({ node }) => node),
    cells: cells.map((cell): ReachCell => ({ ...cell })),
    tookMs: performance.now() - startedAt,
  };
}

/** Hosts with an address of the family on a wired interface; in a lab without hosts, every node that has one. */
function targetsOf(topology: Topology, family: 4 | 6): { node: string; address: string }[] {
  const found: { node: string; address: string; host: boolean }[] = [];
  for (const [node, { kind, interfaces }] of Object.entries(topology.nodes)) {
    for (const [ifname, { addresses }] of Object.entries(interfaces)) {
      const cidr = addresses.find((address) => address.includes(':') === (family === 6));
      if (cidr === undefined || linkAt(topology, node, ifname) === undefined) continue;
      found.push({ node, address: cidr.slice(0, cidr.indexOf('/')), host: kind === 'host' });
      break;
    }
  }
  const hosts = found.filter(({ host }) => host);
  return hosts.length > 0 ? hosts : found;
}

async function sweep(cells: readonly Cell[], { lines, onProgress, cancelled }: ReachOptions, total: number) {
  const slices = new Slices();
  const identifier = lines.identifier();
  const underWay = new Map<Cell, Echo>();
  let wake: (() => void) | null = null;
  let answered = total - cells.length;
  for (const [index, cell] of cells.entries()) {
    if (cancelled()) break;
    const echo: Echo = {
      destination: cell.address,
      identifier,
      sequence: index & 0xffff,
      onOutcome: (outcome) => {
        cell.outcome = outcome;
        underWay.delete(cell);
        answered += 1;
        wake?.();
      },
    };
    underWay.set(cell, echo);
    lines.send(cell.from, echo);
    const turn = slices.turn();
    if (turn !== undefined) {
      onProgress(answered, total);
      await turn;
    }
    if (underWay.size >= mostUnderWay) {
      await until(
        () => underWay.size < mostUnderWay / 2,
        waitMs,
        (resume) => {
          wake = resume;
        },
      );
    }
  }
  await until(
    () => underWay.size === 0,
    waitMs,
    (resume) => {
      wake = resume;
    },
  );
  for (const [cell, echo] of underWay) lines.giveUp(cell.from, echo);
  onProgress(answered, total);
}

/** Resolves when the condition holds, looked at whenever `subscribe`d callback is called, or after the time. */
function until(condition: () => boolean, timeMs: number, subscribe: (resume: () => void) => void): Promise<void> {
  if (condition()) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, timeMs);
    subscribe(() => {
      if (!condition()) return;
      clearTimeout(timer);
      resolve();
    });
  });
}
