import { readdirSync, readFileSync } from 'node:fs';
import { liveSections } from '@vethlab/protocol';
import type { AgentProcess } from '@vethlab/sandbox';
import { openStar } from './star/vethlab.js';

/** Seconds of looking; the first readings take what is only read once. */
const settleMs = 3000;
const watchMs = 8000;
/** The kernel counts processor time for programs in these (USER_HZ): time(7). */
const msPerTick = 10;

export interface LiveTabFigures {
  readonly namespaces: number;
  /** Of one core, in percent, over what the same lab takes while nobody looks: one host, all sections open, nft with its processes. */
  readonly hostPercent: number;
  /** The same for the router in the middle, with an interface for every host. */
  readonly routerPercent: number;
  readonly hostMessagesPerSecond: number;
}

/** What the open live tab of one node costs in a lab of this size. */
export async function measureLiveTab(hosts: number): Promise<LiveTabFigures> {
  // With rules on every host: without any, nft is not asked.
  const { agent } = await openStar(hosts, true);
  try {
    // Let the echo of the apply (carrier events, addresses that settle) pass first.
    await pause(settleMs);
    const before = await percentOf(agent);
    let messages = 0;
    agent.onMessage((message) => {
      if (message.type === 'live') messages += 1;
    });
    const host = await lookAt(agent, 'h0');
    const hostMessagesPerSecond = messages / ((settleMs + watchMs) / 1000);
    const router = await lookAt(agent, 'r');
    // What is still going on at first (neighbours that are forgotten, timers of the kernel) is not what nobody's looking costs.
    await pause(settleMs);
    const idle = Math.min(before, await percentOf(agent));
    return {
      namespaces: hosts + 1,
      hostPercent: Math.max(0, host - idle),
      routerPercent: Math.max(0, router - idle),
      hostMessagesPerSecond,
    };
  } finally {
    await agent.kill();
  }
}

async function lookAt(agent: AgentProcess, node: string): Promise<number> {
  agent.send({ type: 'inspect', wishes: [{ node, sections: liveSections }] });
  await pause(settleMs);
  const percent = await percentOf(agent);
  agent.send({ type: 'inspect', wishes: [] });
  return percent;
}

/** Of one core, in percent, over `watchMs`: the agent, and the processes it started and that have ended. */
async function percentOf(agent: AgentProcess): Promise<number> {
  const before = cpuMs(agent.pid);
  const startedAt = performance.now();
  await pause(watchMs);
  return (100 * (cpuMs(agent.pid) - before)) / (performance.now() - startedAt);
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
