import { type ChildProcess, spawn } from 'node:child_process';
import { readlink } from 'node:fs/promises';
import type { WayOutWish } from '@vethlab/planner';
import type { Identity } from '../identity/identity.js';
import type { AgentFiles } from '../identity/readable-agent.js';
import { findProgram, findTools, searchPath } from '../machine/tools.js';
import { type GuardPlace, guardCommand, pastaCommand } from './way-out-commands.js';
import { wayOutLack } from './way-out-lack.js';

/** Kept of what pasta says, to explain its end. */
const mostWords = 500;

/** pasta writes its own log to syslog as well, and complains where there is none (containers). */
const noise = /^Failed to send \d+ bytes to syslog$/;

/** The guard is in a namespace of its own within some milliseconds. */
const entersWithinMs = 10_000;
const lookEveryMs = 5;

/** A running way out of one namespace: guard and pasta, of which none is there without the other. */
export class WayOut {
  readonly #children: readonly ChildProcess[];
  readonly #ended: Promise<string>;
  #ours = false;

  private constructor(children: readonly ChildProcess[], ends: readonly Promise<string>[]) {
    this.#children = children;
    this.#ended = Promise.race(ends).then(async (reason) => {
      this.#kill();
      await Promise.all(ends);
      return this.#ours ? 'It was ended.' : reason;
    });
  }

  /**
   * Starts the processes. Whether they work is seen in the namespace: the interface appears there.
   * @returns the way out, or in one sentence why there can be none
   */
  static async start(options: {
    readonly wish: WayOutWish;
    readonly place: GuardPlace;
    readonly identity: Identity | null;
    readonly agent: AgentFiles;
    readonly environment?: Readonly<Record<string, string>>;
  }): Promise<WayOut | string> {
    // It may have gone since the lab was told that it is there.
    const lack = await wayOutLack({ byRoot: options.identity !== null || options.place.user === null });
    const pasta = await findProgram('pasta', searchPath());
    if (lack !== null || pasta === null) return `${lack?.reason ?? ''} ${lack?.remedy ?? ''}`.trim();
    const { paths: tools } = await findTools();
    const all = { ...options, parent: process.pid, pasta, tools };
    const guard = start(guardCommand(all), options.environment);
    const guardEnd = endOf(guard);
    const pid = guard.pid;
    if (pid === undefined) return guardEnd;
    const left = await Promise.race([guardEnd, untilInOwnNamespace(pid)]);
    if (left !== null) {
      guard.kill('SIGKILL');
      return left;
    }
    const connected = start(pastaCommand(all, pid), options.environment);
    return new WayOut([guard, connected], [guardEnd, endOf(connected)]);
  }

  /** Resolves with the reason once the processes are gone. */
  get ended(): Promise<string> {
    return this.#ended;
  }

  /** Ends it; resolves when it is gone, and its interface with it. */
  async end(): Promise<void> {
    this.#ours = true;
    this.#kill();
    await this.#ended;
  }

  #kill(): void {
    for (const child of this.#children) child.kill('SIGKILL');
  }
}

function start(
  [command, ...args]: readonly [string, ...string[]],
  environment: Readonly<Record<string, string>> = {},
): ChildProcess {
  return spawn(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...environment, PATH: searchPath(), LC_ALL: 'C' },
    cwd: '/',
    // A session of its own: Ctrl-C in our terminal is for us, and we end it then.
    detached: true,
  });
}

/** Resolves with the reason when a process has ended. */
function endOf(child: ChildProcess): Promise<string> {
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-mostWords * 4);
  });
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(whyEnded(code, signal, words)));
  });
}

/** Null once the process has left our network namespace; otherwise why that cannot be said. */
async function untilInOwnNamespace(pid: number): Promise<string | null> {
  const ours = await readlink('/proc/self/ns/net');
  const deadline = performance.now() + entersWithinMs;
  while (performance.now() < deadline) {
    const now = await readlink(`/proc/${pid}/ns/net`).catch(() => ours);
    if (now !== ours) return null;
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  return `The way out did not start within ${entersWithinMs / 1000} s.`;
}

function whyEnded(code: number | null, signal: NodeJS.Signals | null, words: string): string {
  const said = words
    .split('\n')
    .filter((line) => line.trim() !== '' && !noise.test(line))
    .join(' ')
    .slice(-mostWords);
  return `The way out ended with ${signal ?? `exit code ${code ?? 'unknown'}`}${said === '' ? '.' : `: ${said}`}`;
}
