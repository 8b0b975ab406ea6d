import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { startAgent } from '@vethlab/sandbox';
import { parseLabFile, type Topology } from '@vethlab/topology';
import { agentBundle, nextMessage } from '../star/vethlab.js';
import { median } from '../statistics.js';
import { notMeasured, type Row } from '../table.js';
import { openByHand } from './by-hand.js';

/** Of the machine's loopback; iperf3 of the bench listens there. */
const port = 15_201;
const rounds = 9;
const secondsEach = 2;
const what = 'Throughput to the machine through a way out, behind a host';
const target = '0.95 of it';
/** A port that is not open yet refuses; a way out takes a moment. */
const answersWithinMs = 10_000;

const enterUser = process.getuid?.() === 0 ? ['--user'] : ['--user', '--preserve-credentials'];

/** Bits per second from a host of a lab to the machine, through the way out: of the lab, and of the same made by hand, in turn. */
export async function measureOutside(rows: Row[]): Promise<unknown> {
  const missing = ['iperf3', 'pasta'].find((program) => !isThere(program));
  if (missing !== undefined) {
    rows.push(notMeasured(what, `${missing} is missing`, target));
    return null;
  }
  const server = spawn('iperf3', ['-s', '-B', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const agent = await startAgent({ bundle: agentBundle() });
  const applied = nextMessage(agent, 'applied');
  const told = nextMessage(agent, 'features');
  agent.send({ type: 'open', topology: lab(), revision: 1 });
  const { report } = await applied;
  if (report.failures.length > 0) throw new Error(report.failures[0]?.message);
  const wayOut = (await told).features.find(({ name }) => name === 'way-out');
  if (wayOut?.available !== true) {
    rows.push(notMeasured(what, wayOut?.reason ?? 'no way out', target));
    await agent.kill();
    await ended(server);
    return null;
  }
  const hand = await openByHand(port);
  try {
    const init = Number.parseInt(readFileSync(`/proc/${agent.pid}/task/${agent.pid}/children`, 'utf8'), 10);
    const figures = { ours: [] as number[], byHand: [] as number[] };
    await untilAnswers(init);
    await untilAnswers(hand.init);
    for (let round = 0; round < rounds; round += 1) {
      // Whoever is first meets another machine than whoever is second: in turn.
      const ours = () => figures.ours.push(bitsPerSecond(init));
      const byHand = () => figures.byHand.push(bitsPerSecond(hand.init));
      for (const measure of round % 2 === 0 ? [ours, byHand] : [byHand, ours]) measure();
    }
    const [ours, byHand] = [median(figures.ours), median(figures.byHand)];
    // Of each round: the speed of a shared machine drifts from one to the next.
    const ratio = median(figures.ours.map((one, round) => one / (figures.byHand[round] ?? Number.NaN)));
    rows.push({
      what,
      figure: `${(ours / 1e9).toFixed(2)} Gbit/s`,
      beside: `the same by hand ${(byHand / 1e9).toFixed(2)} Gbit/s (${ratio.toFixed(2)} of it)`,
      target,
    });
    return figures;
  } finally {
    hand.end();
    await agent.kill();
    await ended(server);
  }
}

function lab(): Topology {
  const { topology } = parseLabFile(`vethlab: 1
name: Way out
nodes:
  h1:
    kind: host
    interfaces: { eth0: { addresses: [10.0.0.1/24] } }
    routes: [{ to: default, via: 10.0.0.254 }]
  inet: { kind: internet, hostPorts: [${port}], interfaces: { eth0: { addresses: [10.0.0.254/24] } } }
links:
  - endpoints: ["h1:eth0", "inet:eth0"]
`);
  if (topology === null) throw new Error('The lab of the bench is not valid.');
  return topology;
}

function inside(init: number, ...command: readonly string[]) {
  const enter = [`--target=${init}`, ...enterUser, '--net', '--mount', '--pid', '--'];
  const args = [...enter, 'nsenter', '--net=/run/netns/h1', ...command];
  return spawnSync('nsenter', args, { encoding: 'utf8', timeout: 60_000 });
}

function bitsPerSecond(init: number): number {
  const run = inside(init, 'iperf3', '-J', '-c', '198.18.0.1', '-p', String(port), '-t', String(secondsEach));
  const end = (JSON.parse(run.stdout) as { end?: { sum_received?: { bits_per_second?: number } } }).end;
  const found = end?.sum_received?.bits_per_second;
  if (found === undefined) throw new Error(`iperf3 measured nothing: ${run.stdout.slice(0, 300)}`);
  return found;
}

async function untilAnswers(init: number): Promise<void> {
  const deadline = performance.now() + answersWithinMs;
  const script = `exec 3<>/dev/tcp/198.18.0.1/${port}`;
  while (inside(init, 'bash', '-c', script).status !== 0) {
    if (performance.now() > deadline) throw new Error('The machine cannot be reached from the lab.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function isThere(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
