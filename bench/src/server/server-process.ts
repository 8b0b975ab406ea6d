import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ClientMessage, ServerMessage } from '@vethlab/protocol';
import { WebSocket } from 'ws';
import type { LoopFigures } from './loop-figures.js';

const startTimeoutMs = 20_000;
const messageTimeoutMs = 60_000;
const pollMs = 5;

/** A real server on a free port with a data folder of its own. */
export class BenchServer {
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly origin: string;
  readonly #token: string;

  private constructor(child: ChildProcess, folder: string, origin: string, token: string) {
    this.#child = child;
    this.#folder = folder;
    this.origin = origin;
    this.#token = token;
  }

  /** `recordsLoop`: for `longestBlock`; it looks a thousand times a second, which is seen where processor time is measured. */
  static async start(recordsLoop = true): Promise<BenchServer> {
    const folder = mkdtempSync(join(tmpdir(), 'vethlab-bench-'));
    const main = fileURLToPath(import.meta.resolve('@vethlab/server/main'));
    const recorder = fileURLToPath(new URL('./loop-recorder.js', import.meta.url));
    const child = spawn(
      process.execPath,
      ['--import', recorder, main, '--port', '0', '--data', join(folder, 'data'), '--no-open'],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          XDG_STATE_HOME: join(folder, 'state'),
          ...(recordsLoop ? { VETHLAB_BENCH_LOOP: join(folder, 'loop') } : {}),
        },
      },
    );
    const url = await new Promise<URL>((resolve, reject) => {
      let text = '';
      const timer = setTimeout(() => reject(new Error(`The server did not start: ${text}`)), startTimeoutMs);
      const read = (chunk: Buffer) => {
        text += chunk.toString();
        const found = /https?:\/\/\S+token=\S+/.exec(text);
        if (found === null) return;
        clearTimeout(timer);
        resolve(new URL(found[0]));
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
    });
    return new BenchServer(child, folder, url.origin, url.searchParams.get('token') ?? '');
  }

  /** What a person opens: it has the token in it. */
  get url(): string {
    return `${this.origin}/?token=${this.#token}`;
  }

  async post(path: string, body: unknown): Promise<{ readonly id: string }> {
    const response = await fetch(`${this.origin}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${(await response.text()).slice(0, 500)}`);
    return (await response.json()) as { readonly id: string };
  }

  async stream(labId: string): Promise<LabStream> {
    const socket = new WebSocket(`${this.origin.replace('http', 'ws')}/api/v1/labs/${labId}/stream`, {
      headers: { authorization: `Bearer ${this.#token}` },
      maxPayload: 0,
    });
    const stream = new LabStream(socket);
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return stream;
  }

  /** Attaches to a terminal; it is for the caller to acknowledge what comes. */
  attach(labId: string, terminal: string): WebSocket {
    return new WebSocket(`${this.origin.replace('http', 'ws')}/api/v1/labs/${labId}/terminals/${terminal}`, {
      headers: { authorization: `Bearer ${this.#token}` },
    });
  }

  /** Resident memory of the server process, in bytes (proc_pid_status(5)). */
  rssBytes(): number {
    return rssOf(this.#child.pid ?? 0);
  }

  /** The longest time that the event loop was held since the last call. */
  async longestBlock(): Promise<LoopFigures> {
    const file = join(this.#folder, 'loop');
    rmSync(file, { force: true });
    this.#child.kill('SIGUSR2');
    const deadline = performance.now() + startTimeoutMs;
    while (performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, pollMs));
      const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
      if (text.endsWith('\n')) return JSON.parse(text) as LoopFigures;
    }
    throw new Error('The server did not tell how long its event loop was held.');
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGINT');
    await gone;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

export function rssOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
}

/** One client of a lab. */
export class LabStream {
  readonly #socket: WebSocket;
  readonly #listeners = new Set<(message: ServerMessage) => void>();
  revision = 0;
  /** What came before anybody listened: the snapshot. */
  #early: ServerMessage[] | null = [];

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => {
      const message = JSON.parse(data.toString()) as ServerMessage;
      if (message.type === 'snapshot' || message.type === 'document' || message.type === 'accepted')
        this.revision = message.revision;
      this.#early?.push(message);
      for (const listener of [...this.#listeners]) listener(message);
    });
  }

  send(message: ClientMessage): void {
    this.#socket.send(JSON.stringify(message));
  }

  /** Calls `listener` with every message from now on. */
  onMessage(listener: (message: ServerMessage) => void): void {
    this.#listeners.add(listener);
  }

  /** Resolves with the first message that fits, also with one that came before. */
  async until(fits: (message: ServerMessage) => boolean): Promise<ServerMessage> {
    const early = this.#early?.find(fits);
    this.#early = null;
    if (early !== undefined) return early;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('The awaited message did not come.')), messageTimeoutMs);
      const listener = (message: ServerMessage) => {
        if (!fits(message)) return;
        clearTimeout(timer);
        this.#listeners.delete(listener);
        resolve(message);
      };
      this.#listeners.add(listener);
    });
  }

  close(): void {
    this.#socket.close();
  }
}
