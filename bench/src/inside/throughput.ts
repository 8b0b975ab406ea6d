import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { startAgent } from '@vethlab/sandbox';
import { parseLabFile, type Topology } from '@vethlab/topology';
import { agentBundle, nextMessage } from '../star/vethlab.js';
import { median } from '../statistics.js';
import { notMeasured, type Row } from '../table.js';
import { typeByHand } from '../typed-sandbox.js';
import { type Way, ways } from './ways.js';

const target = '0.95 of it';
/** Both are made anew so often: where the kernel puts one of them stays for as long as it is there, and may be a slow place. */
const pairs = 3;
const rounds = 3;
const secondsEach = 2;
/** iperf3 refuses a client until its server listens. */
const connectsWithinMs = 5000;

const enterUser = process.getuid?.() === 0 ? ['--user'] : ['--user', '--preserve-credentials'];

/** Bits per second between two hosts of a lab, and of the same made with plain commands, in turn. */
export async function measureInside(rows: Row[]): Promise<unknown> {
  if (spawnSync('iperf3', ['--version'], { stdio: 'ignore' }).error !== undefined) {
    for (const { name } of ways) rows.push(notMeasured(`Throughput ${name}`, 'iperf3 is missing', target));
    return null;
  }
  const all: Record<string, unknown> = {};
  for (const way of ways) {
    const figures = { ours: [] as number[], byHand: [] as number[] };
    for (let pair = 0; pair < pairs; pair += 1) {
      const found = await measurePair(way);
      figures.ours.push(...found.ours);
      figures.byHand.push(...found.byHand);
    }
    const [ours, byHand] = [median(figures.ours), median(figures.byHand)];
    // The machine's slow moments fall on both of a round.
    const ratio = median(figures.ours.map((one, round) => one / (figures.byHand[round] ?? Number.NaN)));
    rows.push({
      what: `Throughput ${way.name}`,
      figure: `${(ours / 1e9).toFixed(1)} Gbit/s`,
      beside: `the same by hand ${(byHand / 1e9).toFixed(1)} Gbit/s (${ratio.toFixed(2)} of it)`,
      target,
    });
    all[way.name] = { ...figures, ratio };
  }
  return all;
}

async function measurePair(way: Way): Promise<{ readonly ours: number[]; readonly byHand: number[] }> {
  const agent = await startAgent({ bundle: agentBundle() });
  const applied = nextMessage(agent, 'applied');
  agent.send({ type: 'open', topology: topologyOf(way), revision: 1 });
  const { report } = await applied;
  if (report.failures.length > 0) throw new Error(report.failures[0]?.message);
  const hand = await typeByHand(way.byHand);
  try {
    const init = Number.parseInt(readFileSync(`/proc/${agent.pid}/task/${agent.pid}/children`, 'utf8'), 10);
    const figures = { ours: [] as number[], byHand: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      // Whoever comes second finds a warmer machine: in turn.
      const order = round % 2 === 0 ? (['ours', 'byHand'] as const) : (['byHand', 'ours'] as const);
      for (const which of order) figures[which].push(bitsPerSecond(which === 'ours' ? init : hand.init));
    }
    return figures;
  } finally {
    hand.end();
    await agent.kill();
  }
}

function topologyOf({ name, lab }: Way): Topology {
  const { topology } = parseLabFile(`vethlab: 1\nname: Throughput ${name}\n${lab}`);
  if (topology === null) throw new Error(`The lab of the bench is not valid: ${name}.`);
  return topology;
}

function bitsPerSecond(init: number): number {
  inside(init, 'h2', 'iperf3', '-s', '-1', '-D');
  const deadline = performance.now() + connectsWithinMs;
  for (;;) {
    const run = inside(init, 'h1', 'iperf3', '-J', '-c', '10.0.2.2', '-t', String(secondsEach));
    const end = (JSON.parse(run.stdout) as { end?: { sum_received?: { bits_per_second?: number } } }).end;
    const found = end?.sum_received?.bits_per_second;
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`iperf3 measured nothing: ${run.stdout.slice(0, 300)}`);
  }
}

function inside(init: number, namespace: string, ...command: readonly string[]) {
  const enter = [`--target=${init}`, ...enterUser, '--net', '--mount', '--pid', '--'];
  const args = [...enter, 'nsenter', `--net=/run/netns/${namespace}`, ...command];
  return spawnSync('nsenter', args, { encoding: 'utf8', timeout: 60_000 });
}
