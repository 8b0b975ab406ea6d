import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './until.js';

const main = fileURLToPath(new URL('../../bundle/main.js', import.meta.url));

/** A real server process, as `vethlab serve` starts it. Needs the build. */
export class ServerProcess {
  readonly child: ChildProcess;
  readonly folder: string;
  stdout = '';
  stderr = '';

  constructor(
    folder: string,
    options: { readonly args?: readonly string[]; readonly wrapper?: readonly string[] } = {},
  ) {
    if (!existsSync(main)) throw new Error('The server is not built: npm run build');
    this.folder = folder;
    const own = ['--port', '0', '--data', join(folder, 'data'), '--no-open', '--json', ...(options.args ?? [])];
    const [command = process.execPath, ...args] = [...(options.wrapper ?? []), process.execPath, main, 'serve', ...own];
    this.child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, XDG_STATE_HOME: join(folder, 'state'), NO_COLOR: '1' },
    });
    this.child.stdout?.on('data', (chunk: Buffer) => {
      this.stdout += chunk.toString();
    });
    this.child.stderr?.on('data', (chunk: Buffer) => {
      this.stderr += chunk.toString();
    });
  }

  /** The address it listens on, once it says so. */
  async url(): Promise<string> {
    const line = await until(() => {
      if (this.ended) throw new Error(`The server ended: ${this.stderr}`);
      return this.stdout.includes('\n') ? this.stdout.split('\n')[0] : null;
    }, 'the start-up line');
    return (JSON.parse(line) as { url: string }).url;
  }

  get token(): string {
    return readFileSync(join(this.folder, 'state', 'vethlab', 'token'), 'utf8').trim();
  }

  get ended(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  async json<Reply>(method: string, path: string, body?: unknown): Promise<Reply> {
    const response = await fetch(`${await this.url()}api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const reply = (await response.json()) as Reply;
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(reply)}`);
    return reply;
  }

  /** Sends a signal, and resolves with how it ended. */
  async end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals> {
    if (!this.ended) this.child.kill(signal);
    return this.exit();
  }

  async exit(): Promise<number | NodeJS.Signals> {
    await until(() => this.ended, 'the end of the server');
    return this.child.exitCode ?? this.child.signalCode ?? -1;
  }
}
