import { type ChildProcess, spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import type { WayOutPlace, WayOutWish } from '@vethlab/planner';
import type { Identity } from '../identity/identity.js';
import { findProgram, findTools, searchPath } from '../machine/tools.js';
import { pastaCommand } from './pasta-command.js';

/** Kept of what pasta says, to explain its end. */
const mostWords = 500;

/** pasta writes its own log to syslog as well, and complains where there is none (containers). */
const noise = /^Failed to send \d+ bytes to syslog$/;

/** A running way out of one namespace. */
export class WayOut {
  readonly #child: ChildProcess;
  readonly #ended: Promise<string>;
  #ours = false;

  private constructor(child: ChildProcess) {
    this.#child = child;
    let words = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      words = (words + text).slice(-mostWords * 4);
    });
    this.#ended = new Promise((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('close', (code, signal) => resolve(this.#ours ? 'It was ended.' : whyEnded(code, signal, words)));
    });
  }

  /**
   * Starts the process. Whether it works is seen in the namespace: the interface appears there.
   * @returns the way out, or in one sentence why there can be none
   */
  static async start(options: {
    readonly wish: WayOutWish;
    readonly place: WayOutPlace;
    readonly identity: Identity | null;
  }): Promise<WayOut | string> {
    const pasta = await findProgram('pasta', searchPath());
    if (pasta === null) return 'The program pasta is missing: install the Debian package passt.';
    if (options.identity === null && !(await mayUse('/dev/net/tun'))) {
      return 'Programs of ordinary users may not open /dev/net/tun on this machine: an administrator can allow it with "chmod 666 /dev/net/tun".';
    }
    const { paths: tools } = await findTools();
    const [command, ...args] = pastaCommand({ ...options, parent: process.pid, pasta, tools });
    return new WayOut(
      spawn(command, args, {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { PATH: searchPath(), LC_ALL: 'C' },
        cwd: '/',
        // A session of its own: Ctrl-C in our terminal is for us, and we end it then.
        detached: true,
      }),
    );
  }

  /** Resolves with the reason once the process is gone. */
  get ended(): Promise<string> {
    return this.#ended;
  }

  /** Ends it; resolves when it is gone, and its interface with it. */
  async end(): Promise<void> {
    this.#ours = true;
    this.#child.kill('SIGKILL');
    await this.#ended;
  }
}

async function mayUse(path: string): Promise<boolean> {
  try {
    await access(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function whyEnded(code: number | null, signal: NodeJS.Signals | null, words: string): string {
  const said = words
    .split('\n')
    .filter((line) => line.trim() !== '' && !noise.test(line))
    .join(' ')
    .slice(-mostWords);
  return `The way out ended with ${signal ?? `exit code ${code ?? 'unknown'}`}${said === '' ? '.' : `: ${said}`}`;
}
