// Runs one scenario inside a sandbox. The caller has put us into namespaces of our own; we get the scenario's source on stdin and
// answer on descriptor 3, so that whatever the scenario prints disturbs nothing.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeSync } from 'node:fs';

const { library, source, input } = JSON.parse(readFileSync(0, 'utf8'));
const netlink = await import(library);

/** Against what hangs only; in the second kernel (scripts/uml) everything takes several times as long. */
const patienceMs = process.env.VETHLAB_UML === '1' ? 180_000 : 60_000;

/** Runs a program and returns what it printed. */
const run = (...command) =>
  execFileSync(command[0], command.slice(1), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

const tools = {
  netlink,
  input,
  run,
  /** A module of the package that is no part of its public surface. */
  internal: (path) => import(new URL(path, library).href),
  start: (...command) => spawn(command[0], command.slice(1), { stdio: 'ignore' }),
  /** `ip -j …`, parsed. iproute2 prints nothing for some empty lists. */
  ip: (...words) => JSON.parse(run('ip', '-j', ...words).trim() || '[]'),
  /** The same inside a namespace. */
  ipIn: (name, ...words) => JSON.parse(run('ip', '-j', '-n', name, ...words).trim() || '[]'),
  /** Carries out requests and throws the first refusal. */
  must: (socket, requests) => {
    for (const answer of socket.batchSync(requests)) if (!answer.ok) throw answer.error;
  },
  /** Looks again until `look` gives something, for as long as patience lasts. */
  until: async (look) => {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const found = look();
      if (found !== undefined && found !== null && found !== false) return found;
      if (performance.now() > deadline) throw new Error(`waited ${patienceMs} ms in vain for ${look}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  },
};

let answer;
try {
  netlink.mountTmpfs('/run');
  mkdirSync('/run/netns');
  run('ip', 'link', 'set', 'lo', 'up');
  const scenario = new Function(`return (${source})`)();
  answer = { value: await scenario(tools) };
} catch (error) {
  answer = { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
writeSync(3, JSON.stringify(answer));
process.exit(0);
