import { type ChildProcess, spawn } from 'node:child_process';
import { readlink } from 'node:fs/promises';
import type { WayOutWish } from '@vethlab/planner';
import type { Identity } from '../identity/identity.js';
import type { AgentFiles } from '../identity/readable-agent.js';
import { findProgram, findTools, searchPath } from '../machine/tools.js';
import type { GuardConnection } from './connection.js';
import { type GuardPlace, guardCommand, pastaCommand } from './way-out-commands.js';
import { wayOutLack } from './way-out-lack.js';
import { partOf, partOfConnection, type WayOutPart } from './way-out-part.js';

/** The guard is in a namespace of its own within some milliseconds. */
const entersWithinMs = 10_000;
const lookEveryMs = 5;

/** What a way out is started with. */
export interface WayOutStart {
  readonly wish: WayOutWish;
  readonly place: GuardPlace;
  readonly identity: Identity | null;
  readonly agent: AgentFiles;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A running way out of one namespace: a guard and what joins it to the machine, of which none is there without the other. */
export class WayOut {
  readonly #parts: readonly WayOutPart[];
  readonly #ended: Promise<string>;
  #ours = false;

  private constructor(parts: readonly WayOutPart[]) {
    this.#parts = parts;
    const ends = parts.map(({ ended }) => ended);
    this.#ended = Promise.race(ends).then(async (reason) => {
      this.#endParts();
      await Promise.all(ends);
      return this.#ours ? 'It was ended.' : reason;
    });
  }

  /**
   * Starts the processes. Whether they work is seen in the namespace: the interface appears there.
   * @param connection what joins the guard to the machine, and ends with the way out, also when there is none in the end; null: pasta
   * @returns the way out, or in one sentence why there can be none
   */
  static async start(options: WayOutStart, connection: GuardConnection | null): Promise<WayOut | string> {
    let started: WayOut | string = '';
    try {
      const lack = connection === null ? await whyNoPasta(options) : null;
      started = lack ?? (await WayOut.#start(options, connection));
      return started;
    } finally {
      if (typeof started === 'string') connection?.end();
    }
  }

  static async #start(options: WayOutStart, connection: GuardConnection | null): Promise<WayOut | string> {
    const { paths: tools } = await findTools();
    const pasta = (await findProgram('pasta', searchPath())) ?? 'pasta';
    const all = { ...options, connection, parent: process.pid, pasta, tools };
    const child = start(guardCommand(all), options.environment);
    const guard = partOf(child);
    const { pid } = child;
    if (pid === undefined) return guard.ended;
    const left = (await Promise.race([guard.ended, untilInOwnNamespace(pid)])) ?? whyNotJoined(connection, pid);
    if (left !== null) {
      guard.end();
      return left;
    }
    const joined =
      connection === null ? partOf(start(pastaCommand(all, pid), options.environment)) : partOfConnection(connection);
    return new WayOut([guard, joined]);
  }

  /** Resolves with the reason once the processes are gone. */
  get ended(): Promise<string> {
    return this.#ended;
  }

  /** Ends it; resolves when it is gone, and its interface with it. */
  async end(): Promise<void> {
    this.#ours = true;
    this.#endParts();
    await this.#ended;
  }

  #endParts(): void {
    for (const part of this.#parts) part.end();
  }
}

/** It may have gone since the lab was told that it is there. */
async function whyNoPasta({ identity, place }: Pick<WayOutStart, 'identity' | 'place'>): Promise<string | null> {
  const lack = await wayOutLack({ byRoot: identity !== null || place.user === null });
  return lack === null ? null : `${lack.reason ?? ''} ${lack.remedy ?? ''}`.trim();
}

/** Joins the guard where pasta does not. Null: done, or pasta's work. */
function whyNotJoined(connection: GuardConnection | null, guardPid: number): string | null {
  try {
    connection?.connect(guardPid);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
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
