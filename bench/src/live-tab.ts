import { readdirSync, readFileSync } from 'node:fs';
import { liveSections } from '@vethlab/protocol';
import { restingStar } from './server/edits.js';
import { newestLabOf } from './server/lab-processes.js';
import { BenchServer, type LabStream } from './server/server-process.js';

/** The first readings take what is only read once. */
const settleMs = 3000;
/** What a lab of 200 takes while nobody looks (its counters, for the page) goes up and down by as much as looking costs, within seconds. */
const watchMs = 20_000;
/** The kernel counts processor time for programs in these (USER_HZ): time(7). */
const msPerTick = 10;

/** Of one core, in percent. */
interface CorePercent {
  /** Server and agent, with all that they start. */
  readonly whole: number;
  readonly agent: number;
}

export interface LiveTabFigures {
  readonly namespaces: number;
  /** Over what the same lab takes while nobody looks: one host, all sections open, nft with its processes. */
  readonly hostPercent: number;
  /** The agent's part of it. */
  readonly hostAgentPercent: number;
  /** The same for the router in the middle, with an interface for every host. */
  readonly routerPercent: number;
  readonly routerAgentPercent: number;
  /** Server and agent while the lab is open in a page and nobody looks at a node. */
  readonly idlePercent: number;
  readonly hostMessagesPerSecond: number;
}

/** What the open live tab of one node costs in a lab of this size: reading, comparing, and sending it to a page. */
export async function measureLiveTab(hosts: number): Promise<LiveTabFigures> {
  const server = await BenchServer.start(false);
  try {
    // With rules on every host: without any, nft is not asked. At rest: the echo of the apply (carrier events, addresses that settle) has passed.
    const stream = await restingStar(server, hosts, true);
    const before = await percentOf(server);
    let messages = 0;
    stream.onMessage((message) => {
      if (message.type === 'live') messages += 1;
    });
    const host = await lookAt(server, stream, 'h0');
    const hostMessagesPerSecond = messages / ((settleMs + watchMs) / 1000);
    const router = await lookAt(server, stream, 'r');
    // What is still going on at first (neighbours that are forgotten, timers of the kernel) is not what nobody's looking costs.
    await pause(settleMs);
    const after = await percentOf(server);
    stream.close();
    const idle = before.whole < after.whole ? before : after;
    return {
      namespaces: hosts + 1,
      hostPercent: Math.max(0, host.whole - idle.whole),
      hostAgentPercent: Math.max(0, host.agent - idle.agent),
      routerPercent: Math.max(0, router.whole - idle.whole),
      routerAgentPercent: Math.max(0, router.agent - idle.agent),
      idlePercent: idle.whole,
      hostMessagesPerSecond,
    };
  } finally {
    await server.stop();
  }
}

/** Looks at a node as the page does. */
async function lookAt(server: BenchServer, stream: LabStream, node: string): Promise<CorePercent> {
  stream.send({ type: 'inspect', requestId: `look-${node}`, node, sections: liveSections });
  await stream.until((message) => message.type === 'live' && message.node === node);
  await pause(settleMs);
  const percent = await percentOf(server);
  stream.send({ type: 'inspect', requestId: `leave-${node}`, node: null, sections: [] });
  return percent;
}

/** Over `watchMs`: both, and the processes they started and that have ended. */
async function percentOf(server: BenchServer): Promise<CorePercent> {
  const { init } = newestLabOf(server.pid);
  const now = () => ({ whole: cpuMs(server.pid), agent: cpuMs(init), at: performance.now() });
  const before = now();
  await pause(watchMs);
  const after = now();
  const share = 100 / (after.at - before.at);
  return { whole: share * (after.whole - before.whole), agent: share * (after.agent - before.agent) };
}

/** Processor time of a process, of all that descend from it, and of those of theirs that have ended (proc_pid_stat(5)). */
function cpuMs(root: number): number {
  const parents = new Map<number, number>();
  const ticks = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    const stat = readStat(Number(entry));
    if (stat === null) continue;
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    parents.set(Number(entry), fields[1] ?? 0);
    // utime, stime, cutime, cstime
    ticks.set(
      Number(entry),
      fields.slice(11, 15).reduce((sum, value) => sum + value, 0),
    );
  }
  const isBelow = (pid: number): boolean => pid === root || (pid > 1 && isBelow(parents.get(pid) ?? 0));
  return [...ticks].reduce((sum, [pid, value]) => (isBelow(pid) ? sum + value * msPerTick : sum), 0);
}

function readStat(pid: number): string | null {
  if (!Number.isInteger(pid)) return null;
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    // Ended while we looked.
    return null;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
