import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** What the process runs: says its port, then who comes, and greets them. Over TCP and UDP, on 127.0.0.1 and, where there is one, ::1. */
const program = `
const net = require('node:net');
const greet = (socket) => {
  console.log(socket.remoteAddress);
  socket.on('error', () => undefined).end('hello\\n');
};
const absent = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);
const orAbsent = (done) => (error) => { if (!absent.has(error.code)) throw error; done(); };
const first = net.createServer(greet).listen(0, '127.0.0.1', async () => {
  const { port } = first.address();
  await new Promise((done) => net.createServer(greet).on('error', orAbsent(done)).listen(port, '::1', done));
  for (const [type, address] of [['udp4', '127.0.0.1'], ['udp6', '::1']]) {
    const socket = require('node:dgram').createSocket(type);
    socket.on('message', (_text, from) => {
      console.log(from.address);
      socket.send('hello\\n', from.port, from.address);
    });
    await new Promise((done) => socket.on('error', orAbsent(done)).bind(port, address, done));
  }
  console.log(String(port));
});
`;

/** A server on the loopback of the machine, in a process of its own: tests block theirs while they run commands. */
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

  /** `enter`: the words that bring it to a test's machine; absent: on this one. */
  static async start(enter: readonly string[] = []): Promise<MachineServer> {
    const [file = process.execPath, ...args] = [...enter, process.execPath, '-e', program];
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'] });
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
