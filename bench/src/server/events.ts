import { spawnSync } from 'node:child_process';
import { median, percentile } from '../statistics.js';
import { runningStar } from './edits.js';
import { newestLabOf } from './lab-processes.js';
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
  const { init } = newestLabOf(server.pid);
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
        `--target=${init}`,
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
