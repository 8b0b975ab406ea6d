import { randomUUID } from 'node:crypto';
import type { FromAgent, TerminalNews } from '@vethlab/protocol';
import type { SandboxedLab } from '../../testing/sandboxed-lab.js';

type Exited = Extract<TerminalNews, { type: 'terminal-exited' }>;

/** One terminal of a real agent, as the server holds it: acknowledges at once what it gets, unless told otherwise. */
export class TestTerminal {
  readonly id = `t-${randomUUID()}`;
  readonly #lab: SandboxedLab;
  output = Buffer.alloc(0);
  receivedBytes = 0;
  messages = 0;
  largestMessageBytes = 0;
  takenBytes = 0;
  node: string | null;
  exited: Exited | null = null;
  acknowledges = true;
  /** A flood is counted, not kept. */
  keeps = true;
  shell = '';

  private constructor(lab: SandboxedLab, node: string | null) {
    this.#lab = lab;
    this.node = node;
    lab.agent.onMessage((message) => this.#take(message));
  }

  static async open(lab: SandboxedLab, node: string | null, cols = 80, rows = 24, vrf?: string): Promise<TestTerminal> {
    const terminal = new TestTerminal(lab, node);
    const opened = await lab.agent.request({
      type: 'terminal-open',
      terminal: terminal.id,
      node,
      ...(vrf === undefined ? {} : { vrf }),
      cols,
      rows,
    });
    terminal.shell = opened.shell;
    return terminal;
  }

  get text(): string {
    return this.output.toString('utf8');
  }

  /** The text without colours. */
  get plain(): string {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
    return this.text.replace(/\x1b\[[0-9;?]*[a-zA-Z]/g, '');
  }

  type(text: string | Buffer): void {
    const data = Buffer.from(text as string).toString('base64');
    this.#lab.agent.send({ type: 'terminal-input', terminal: this.id, data });
  }

  /** Types a line and waits for the output to match. */
  async run(line: string, expected: RegExp, timeMs?: number): Promise<string> {
    const before = this.plain.length;
    this.type(`${line}\r`);
    await this.until(() => expected.test(this.plain.slice(before)), `${expected} after ${line}`, timeMs);
    return this.plain.slice(before);
  }

  async until(condition: () => boolean, what: string, timeMs?: number): Promise<void> {
    await this.#lab
      .until(condition, what, timeMs)
      .catch((error: unknown) => Promise.reject(new Error(`${String(error)} It shows: ${this.plain.slice(-2_000)}`)));
  }

  resize(cols: number, rows: number): void {
    this.#lab.agent.send({ type: 'terminal-resize', terminal: this.id, cols, rows });
  }

  ack(bytes: number): void {
    this.#lab.agent.send({ type: 'terminal-ack', terminal: this.id, bytes });
  }

  close(): void {
    this.#lab.agent.send({ type: 'terminal-close', terminal: this.id });
  }

  #take(message: FromAgent): void {
    if (!('terminal' in message) || message.terminal !== this.id) return;
    if (message.type === 'terminal-output') {
      const bytes = Buffer.from(message.data, 'base64');
      this.messages += 1;
      this.receivedBytes += bytes.length;
      this.largestMessageBytes = Math.max(this.largestMessageBytes, bytes.length);
      if (this.keeps) this.output = Buffer.concat([this.output, bytes]);
      if (this.acknowledges) this.ack(bytes.length);
    } else if (message.type === 'terminal-taken') this.takenBytes += message.bytes;
    else if (message.type === 'terminal-renamed') this.node = message.node;
    else if (message.type === 'terminal-exited') this.exited = message;
  }
}
