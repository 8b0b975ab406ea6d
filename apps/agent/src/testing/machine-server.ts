import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** What the process runs: says its port, then who comes, and greets them. */
const program = `
const server = require('node:net').createServer((socket) => {
  console.log(socket.remoteAddress);
  socket.on('error', () => undefined).end('hello\\n');
});
server.listen(0, '127.0.0.1', () => console.log(String(server.address().port)));
`;

/** A TCP server on the loopback of the machine, in a process of its own: tests block theirs while they run commands. */
export class MachineServer {
  readonly port: number;
  /** Addresses that its visitors had, in the order they came. */
  readonly visitors: string[] = [];
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number, lines: AsyncIterator<string>) {
    this.#child = child;
    this.port = port;
    void this.#read(lines);
  }

  static async start(): Promise<MachineServer> {
    const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const first = await lines.next();
    return new MachineServer(child, Number(first.value), lines);
  }

  stop(): void {
    this.#child.kill('SIGKILL');
  }

  async #read(lines: AsyncIterator<string>): Promise<void> {
    for (let line = await lines.next(); line.done !== true; line = await lines.next()) this.visitors.push(line.value);
  }
}
