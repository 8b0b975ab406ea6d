import type { WebSocket } from 'ws';
import { measureEdits, runningStar } from './server/edits.js';
import { labsOf } from './server/lab-processes.js';
import { BenchServer, rssOf } from './server/server-process.js';
import { median, percentile } from './statistics.js';
import { megabytes, ms, type Row } from './table.js';

const prompts = 30;
const keystrokes = 300;
/** A fast typist: ten keys a second would be 100 ms; this leaves the server no rest. */
const keyEveryMs = 20;
const terminals = 100;
const hosts = 10;
/** Output of all terminals together has a budget of 2 MB a second: filling a hundred scrollbacks takes a minute. */
const deadlineMs = 180_000;

export interface TerminalFigures {
  readonly promptMedianMs: number;
  readonly promptP95Ms: number;
  readonly echoMedianMs: number;
  readonly echoP95Ms: number;
  /** With a prompt in each. */
  readonly serverRssBytes: number;
  /** With 1 MB of scrollback in each. */
  readonly serverFullRssBytes: number;
  readonly agentRssBytes: number;
  /** One edit, while two terminals are flooded. */
  readonly floodedEditP95Ms: number;
}

/** Terminals through their WebSockets, as the page uses them: the first prompt, an echo, and what a hundred of them cost. */
export async function measureTerminals(rows: Row[]): Promise<TerminalFigures> {
  const server = await BenchServer.start();
  try {
    const { id, stream } = await runningStar(server, hosts);
    const prompt: number[] = [];
    for (let index = 0; index < prompts; index += 1) {
      const startedAt = performance.now();
      const viewer = await Viewer.open(server, id, `h${index % hosts}`);
      prompt.push(performance.now() - startedAt);
      viewer.type('exit\r');
      viewer.close();
    }
    const echo = await measureEcho(await Viewer.open(server, id, 'h1'));
    const floods = [await Viewer.open(server, id, 'h2'), await Viewer.open(server, id, null)];
    for (const flood of floods) flood.type('yes\r');
    const edits = await measureEdits(server, stream, hosts, 'interface');
    for (const flood of floods) flood.close();
    const { id: another } = await runningStar(server, hosts);
    const open: Viewer[] = [];
    for (let index = 0; index < terminals; index += 1)
      open.push(await Viewer.open(server, another, `h${index % hosts}`));
    const serverRssBytes = server.rssBytes();
    for (const viewer of open) viewer.type('seq 1 165000; printf "%s# " done\r');
    await Promise.all(
      open.map((viewer) => viewer.until(() => viewer.bytes > 1_050_000 && viewer.last.includes('done# '))),
    );
    const figures = {
      promptMedianMs: median(prompt),
      promptP95Ms: percentile(prompt, 0.95),
      echoMedianMs: median(echo),
      echoP95Ms: percentile(echo, 0.95),
      serverRssBytes,
      serverFullRssBytes: server.rssBytes(),
      agentRssBytes: Math.max(...labsOf(server.pid).map(({ agent }) => rssOf(agent))),
      floodedEditP95Ms: edits.appliedP95Ms,
    };
    stream.close();
    rows.push(...rowsOf(figures));
    return figures;
  } finally {
    await server.stop();
  }
}

function rowsOf(figures: TerminalFigures): Row[] {
  return [
    {
      what: 'A terminal, from the request to its first prompt',
      figure: `${ms(figures.promptMedianMs)}, p95 ${ms(figures.promptP95Ms)}`,
      beside: '',
      target: 'under 300 ms',
    },
    {
      what: 'Echo of a keystroke, WebSocket in to WebSocket out',
      figure: `${ms(figures.echoMedianMs)}, p95 ${ms(figures.echoP95Ms)}`,
      beside: '',
      target: 'p95 under 20 ms',
    },
    {
      what: 'One edit, while two terminals run `yes`',
      figure: `p95 ${ms(figures.floodedEditP95Ms)}`,
      beside: '',
      target: '',
    },
    {
      what: 'Server memory with 100 open terminals / with 1 MB of scrollback in each',
      figure: `${megabytes(figures.serverRssBytes)} / ${megabytes(figures.serverFullRssBytes)}`,
      beside: `agent ${megabytes(figures.agentRssBytes)}`,
      target: 'under 250 MB',
    },
  ];
}

/** Letters, each typed when the one before was echoed and a little later: from the key to its echo. */
async function measureEcho(viewer: Viewer): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < keystrokes; index += 1) {
    const before = viewer.bytes;
    const startedAt = performance.now();
    viewer.type(String.fromCharCode(97 + (index % 26)));
    await viewer.until(() => viewer.bytes > before);
    times.push(performance.now() - startedAt);
    await new Promise((resolve) => setTimeout(resolve, keyEveryMs));
  }
  viewer.close();
  return times;
}

/** A viewer of a terminal that acknowledges what it gets. */
class Viewer {
  bytes = 0;
  /** The last few characters. */
  last = '';
  readonly #socket: WebSocket;
  #heard: () => void = () => undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (!isBinary) return;
      this.bytes += data.length;
      this.last = (this.last + data.subarray(-200).toString('latin1')).slice(-200);
      socket.send(JSON.stringify({ type: 'ack', bytes: data.length }));
      this.#heard();
    });
  }

  /** Resolves when the prompt is there. */
  static async open(server: BenchServer, lab: string, node: string | null): Promise<Viewer> {
    const { id } = await server.post(`/labs/${lab}/terminals`, { node });
    const viewer = new Viewer(server.attach(lab, id));
    await viewer.until(() => viewer.last.includes('# '));
    return viewer;
  }

  type(text: string): void {
    this.#socket.send(Buffer.from(text));
  }

  /** Looks at the condition with every output. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`A terminal did not answer; it shows ${this.last}`)), deadlineMs);
      this.#heard = () => {
        if (!condition()) return;
        clearTimeout(timer);
        resolve();
      };
      this.#heard();
    });
  }

  close(): void {
    this.#socket.terminate();
  }
}
