import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { median, percentile } from '../statistics.js';
import { runningStar } from './edits.js';
import type { BenchServer } from './server-process.js';

const samples = 20;
const hosts = 10;

export interface EventFigures {
  readonly medianMs: number;
  readonly p95Ms: number;
}

/** Somebody types `ip link set … down` inside the lab: from the end of that command to the message on the WebSocket. */
export async function measureEvents(server: BenchServer): Promise<EventFigures> {
  const { stream } = await runningStar(server, hosts);
  const agent = agentOf(server.pid);
  const latencies: number[] = [];
  for (let index = 0; index < samples; index += 1) {
    const up = index % 2 === 1;
    const seen = stream
      .until((message) => {
        if (message.type !== 'observed') return false;
        const change = message.delta.namespaces.h1?.interfaces?.eth0;
        return change !== undefined && change !== null && change.up === up;
      })
      .then(() => performance.timeOrigin + performance.now());
    const typed = spawnSync(
      'nsenter',
      [
        `--target=${agent}`,
        '--user',
        ...(process.getuid?.() === 0 ? [] : ['--preserve-credentials']),
        '--net',
        '--mount',
        'sh',
        '-c',
        `ip -n h1 link set eth0 ${up ? 'up' : 'down'} && date +%s%N`,
      ],
      { encoding: 'utf8' },
    );
    if (typed.status !== 0) throw new Error(`The lab could not be entered: ${typed.stderr}`);
    latencies.push(Math.max(0, (await seen) - Number(typed.stdout.trim()) / 1e6));
  }
  stream.close();
  return { medianMs: median(latencies), p95Ms: percentile(latencies, 0.95) };
}

/** The newest process whose command line is an agent and which descends from the server. */
export function agentOf(server: number): number {
  const parents = new Map<number, number>();
  const agents: number[] = [];
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid)) continue;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      parents.set(pid, Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
      if (/agent\.mjs\0?$/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))) agents.push(pid);
    } catch (error) {
      // Ended while we looked.
      if (!['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
  const ours = agents.filter((agent) => {
    for (let pid: number | undefined = agent; pid !== undefined && pid > 1; pid = parents.get(pid))
      if (pid === server) return true;
    return false;
  });
  const newest = Math.max(...ours);
  if (!Number.isFinite(newest)) throw new Error('The server has no agent.');
  return newest;
}
