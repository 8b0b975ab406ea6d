import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TestHost } from './test-host.js';

const askProgram = fileURLToPath(new URL('./ask-server.mjs', import.meta.url));

/** A real server on a test's machine, whose labs run on that machine. */
export class HostServer {
  readonly #host: TestHost;
  readonly #process: ChildProcess;
  readonly pid: number;
  /** With its token: what a person gets printed. Only the test's machine can reach it. */
  readonly address: string;
  readonly #url: string;
  readonly #token: string;

  private constructor(host: TestHost, child: ChildProcess, line: { address: string; url: string; pid: number }) {
    this.#host = host;
    this.#process = child;
    this.pid = line.pid;
    this.#url = line.url;
    this.address = line.address;
    this.#token = new URL(line.address).searchParams.get('token') ?? '';
  }

  /** `data`: a folder of this machine's, which the test's machine sees as well. */
  static async start(host: TestHost, data: string): Promise<HostServer> {
    const child = host.serve(data, '--runtime', 'host', '--port', '0', '--no-open', '--json');
    let complaint = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      complaint += chunk.toString();
    });
    const [line] = (await Promise.race([
      once(child.stdout ?? child, 'data'),
      once(child, 'exit').then(([code]) => Promise.reject(new Error(`The server ended with ${code}: ${complaint}`))),
    ])) as [Buffer];
    return new HostServer(host, child, JSON.parse(line.toString()));
  }

  /** Asks the REST API. */
  ask<Reply>(method: string, path: string, body?: unknown): { readonly status: number; readonly body: Reply } {
    const words = [this.#url, this.#token, method, path, ...(body === undefined ? [] : [JSON.stringify(body)])];
    const { status, stdout, stderr } = this.#host.run(process.execPath, askProgram, ...words);
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as { status: number; body: Reply };
  }

  /** As a person ends it, or as a crash does. */
  async end(signal: 'TERM' | 'KILL'): Promise<void> {
    const gone = once(this.#process, 'exit');
    this.#host.run('kill', `-${signal}`, `${this.pid}`);
    await gone;
  }
}
