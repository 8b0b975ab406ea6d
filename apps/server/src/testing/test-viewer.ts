import type { TerminalServerFrame, TerminalSession, TerminalViewerFrame } from '@vethlab/protocol';
import { WebSocket } from 'ws';
import type { TestServer } from './test-server.js';
import { until } from './until.js';

/** A viewer of a terminal as the page is one: keeps what it gets, and acknowledges it at once. */
export class TestViewer {
  readonly socket: WebSocket;
  readonly frames: TerminalServerFrame[] = [];
  /** Since the last reset. */
  output = Buffer.alloc(0);
  receivedBytes = 0;
  resets = 0;
  /** Offset of the next byte. */
  offset = 0;
  closeCode: number | null = null;
  acknowledges = true;
  /** A flood is counted, not kept. */
  keeps = true;

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data, isBinary) => {
      if (isBinary) this.#take(data as Buffer);
      else this.#hear(JSON.parse(String(data)) as TerminalServerFrame);
    });
    socket.on('error', () => undefined);
    socket.on('close', (code) => {
      this.closeCode = code;
    });
  }

  static async attach(server: TestServer, lab: string, id: string, from?: number): Promise<TestViewer> {
    const { ticket } = await server.json<{ ticket: string }>('POST', '/tickets');
    const query = from === undefined ? '' : `&from=${from}`;
    const viewer = new TestViewer(
      new WebSocket(`ws://127.0.0.1:${server.port}/api/v1/labs/${lab}/terminals/${id}?ticket=${ticket}${query}`),
    );
    await until(() => viewer.frames.length > 0, 'the first frame');
    return viewer;
  }

  get text(): string {
    return this.output.toString('utf8');
  }

  get session(): TerminalSession | undefined {
    return this.frames.findLast((frame) => 'session' in frame)?.session;
  }

  get exited(): TerminalSession | undefined {
    return this.frames.findLast((frame) => frame.type === 'exited')?.session;
  }

  type(text: string | Buffer): void {
    this.socket.send(Buffer.from(text as string));
  }

  /** Types a line and waits for the output to match. */
  async run(line: string, expected: RegExp): Promise<void> {
    const before = this.text.length;
    this.type(`${line}\r`);
    await until(
      () => expected.test(this.text.slice(before)),
      `${expected} after ${line}; it shows ${this.text.slice(-500)}`,
    );
  }

  send(frame: TerminalViewerFrame): void {
    this.socket.send(JSON.stringify(frame));
  }

  close(): void {
    this.socket.terminate();
  }

  #take(bytes: Buffer): void {
    this.receivedBytes += bytes.length;
    this.offset += bytes.length;
    if (this.keeps) this.output = Buffer.concat([this.output, bytes]);
    if (this.acknowledges) this.send({ type: 'ack', bytes: bytes.length });
  }

  #hear(frame: TerminalServerFrame): void {
    this.frames.push(frame);
    if (frame.type !== 'attached') return;
    if (!frame.reset && frame.from !== this.offset && this.offset > 0) throw new Error('The offset does not fit.');
    this.offset = frame.from;
    if (!frame.reset) return;
    this.resets += 1;
    this.output = Buffer.alloc(0);
  }
}
