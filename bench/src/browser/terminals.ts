/// <reference lib="dom" />
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type Browser, chromium, type Page } from '@playwright/test';
import { WebSocketServer } from 'ws';
import { runningStar } from '../server/edits.js';
import { BenchServer } from '../server/server-process.js';
import { median, percentile } from '../statistics.js';
import { ms, type Row } from '../table.js';
import { freePort, typeKeys } from './type-keys.js';

const executablePath = process.env.VETHLAB_CHROMIUM ?? '/usr/bin/chromium';
const hosts = 10;
/** Each time: in the page, and beside it in the bare one. Of the three the middle counts. */
const rounds = 3;
const keystrokes = 150;
/** Some ten keys a second: a fast typist. */
const pauseMs = 89;
const deadlineMs = 30_000;

export interface BrowserTerminalFigures {
  /** The first terminal of a page, which also fetches xterm.js. */
  readonly firstPromptMs: number;
  readonly promptMedianMs: number;
  readonly promptP95Ms: number;
  /**
   * From the key (the time stamp of its event) to the end of the frame that shows its sign: styled, laid out, painted and
   * handed to the compositor. Rasterising it and the screen's own refresh come after, and cannot be seen by a page.
   */
  readonly echoMedianMs: number;
  readonly echoP95Ms: number;
  /**
   * The floor in this browser: a page of one line that sends the key to a WebSocket in this process, which sends it back
   * at once, and shows it in the next frame; no shell, no terminal, no canvas.
   */
  readonly barePageMedianMs: number;
  readonly barePageP95Ms: number;
  /** Both again where frames do not wait for the 60 Hz of a screen: what the programs take, without what the screen takes. */
  readonly unpaced: Echoes;
}

interface Echoes {
  readonly echoMedianMs: number;
  readonly echoP95Ms: number;
  readonly barePageMedianMs: number;
  readonly barePageP95Ms: number;
}

/** A frame is made as soon as there is something to show. */
const unpacedArguments = ['--disable-frame-rate-limit', '--disable-gpu-vsync'];

/** Terminals as a person has them: from the double click to the prompt, and from a key to its sign on the page. */
export async function measureTerminalsInBrowser(rows: Row[]): Promise<BrowserTerminalFigures> {
  const server = await BenchServer.start();
  try {
    const { id, stream } = await runningStar(server, hosts);
    const lab = { url: server.url, page: `${server.origin}/labs/${id}` };
    const [first = Number.NaN, ...later] = await inBrowser([], async (browser) => {
      const page = await openLab(browser, lab);
      const prompts: number[] = [];
      for (let index = 1; index < hosts; index += 1) prompts.push(await promptAfterDoubleClick(page, `h${index}`));
      return prompts;
    });
    const paced = await measureEchoes([], lab);
    const unpaced = await measureEchoes(unpacedArguments, lab);
    stream.close();
    const figures: BrowserTerminalFigures = {
      firstPromptMs: first,
      promptMedianMs: median(later),
      promptP95Ms: percentile(later, 0.95),
      ...paced,
      unpaced,
    };
    rows.push(
      {
        what: 'Browser: double click to the first prompt',
        figure: `${ms(figures.promptMedianMs)}, p95 ${ms(figures.promptP95Ms)}; the first of a page ${ms(first)}`,
        beside: '',
        target: 'under 300 ms',
      },
      echoRow('Browser: a key to its sign in the terminal, painted', paced),
      echoRow('The same without waiting for the next frame of a 60 Hz screen', unpaced),
    );
    return figures;
  } finally {
    await server.stop();
  }
}

function echoRow(what: string, { echoMedianMs, echoP95Ms, barePageMedianMs, barePageP95Ms }: Echoes): Row {
  return {
    what,
    figure: `${ms(echoMedianMs)}, p95 ${ms(echoP95Ms)}`,
    beside: `a page of one line and a local WebSocket ${ms(barePageMedianMs)}, p95 ${ms(barePageP95Ms)}`,
    target: 'p95 under 20 ms',
  };
}

async function inBrowser<Measured>(
  words: readonly string[],
  measure: (browser: Browser, devToolsPort: number) => Promise<Measured>,
): Promise<Measured> {
  const devToolsPort = await freePort();
  const quiet = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    `--remote-debugging-port=${devToolsPort}`,
  ];
  const browser = await chromium.launch({ executablePath, args: [...quiet, ...words] });
  try {
    return await measure(browser, devToolsPort);
  } finally {
    await browser.close();
  }
}

interface Lab {
  /** With the token. */
  readonly url: string;
  readonly page: string;
}

async function openLab(browser: Browser, lab: Lab): Promise<Page> {
  const page = await openPage(browser);
  await page.goto(lab.url);
  await page.goto(lab.page);
  await page.getByRole('banner').getByText('Running').waitFor({ timeout: deadlineMs });
  return page;
}

/** A key into a terminal of the lab, and in turns with it into the bare page: in a browser of its own, which shares no frames with the lab's. */
function measureEchoes(words: readonly string[], lab: Lab): Promise<Echoes> {
  return inBrowser(words, (browser, devToolsPort) =>
    inBrowser(words, async (ofBarePage, itsPort) => {
      const page = await openLab(browser, lab);
      await promptAfterDoubleClick(page, 'h1');
      const bare = await BarePage.open(ofBarePage);
      try {
        return await measureInTurns({ page, devToolsPort }, { page: bare.page, devToolsPort: itsPort });
      } finally {
        await bare.close();
      }
    }),
  );
}

interface TypedInto {
  readonly page: Page;
  readonly devToolsPort: number;
}

async function measureInTurns(lab: TypedInto, bare: TypedInto): Promise<Echoes> {
  for (const { page } of [lab, bare]) await watchEchoes(page);
  const echo: (readonly number[])[] = [];
  const bareEcho: (readonly number[])[] = [];
  for (let round = 0; round < rounds; round += 1) {
    echo.push(await typeInto(lab));
    bareEcho.push(await typeInto(bare));
  }
  const middle = (samples: readonly (readonly number[])[], share: number) =>
    median(samples.map((some) => percentile(some, share)));
  return {
    echoMedianMs: middle(echo, 0.5),
    echoP95Ms: middle(echo, 0.95),
    barePageMedianMs: middle(bareEcho, 0.5),
    barePageP95Ms: middle(bareEcho, 0.95),
  };
}

/** The clock runs in the page, from its own event to its own document: what the driver takes is not counted. */
async function promptAfterDoubleClick(page: Page, node: string): Promise<number> {
  const measured = page.evaluate(
    ({ prompt, timeout }) =>
      new Promise<number>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`No prompt ${prompt}`)), timeout);
        let startedAt = Number.NaN;
        const observer = new MutationObserver(() => {
          if (!document.querySelector('.xterm-rows')?.textContent?.includes(prompt)) return;
          observer.disconnect();
          clearTimeout(timer);
          resolve(performance.now() - startedAt);
        });
        window.addEventListener(
          'dblclick',
          (event) => {
            startedAt = event.timeStamp;
            observer.observe(document.body, { childList: true, subtree: true, characterData: true });
          },
          { capture: true, once: true },
        );
      }),
    { prompt: `${node}:~#`, timeout: deadlineMs },
  );
  await page.locator(`.react-flow__node[data-id="${node}"]`).dblclick({ position: { x: 20, y: 20 } });
  return measured;
}

/** A page whose callbacks of animation frames can be told from everything else, without asking for a frame of its own. */
async function openPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(() => {
    const request = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (callback) =>
      request((now) => {
        Object.assign(window, { inFrame: true });
        callback(now);
        // After those who are told of what the callback changed: their microtask is in the queue by now.
        queueMicrotask(() => Object.assign(window, { inFrame: false }));
      });
  });
  return page;
}

const barePage = `<!doctype html><title>Bare</title><pre class="xterm-rows"></pre><script>
  const line = document.querySelector('pre');
  const socket = new WebSocket(location.origin.replace('http', 'ws'));
  socket.onopen = () => { document.title = 'Open'; };
  socket.onmessage = ({ data }) => requestAnimationFrame(() => {
    line.textContent = data === 'x' ? line.textContent + 'x' : '';
  });
  window.addEventListener('keydown', (event) => {
    event.preventDefault();
    if (event.key !== 'Control') socket.send(event.key);
  });
</script>`;

/** What is left when everything that is ours is taken away. */
class BarePage {
  readonly page: Page;
  readonly #http: Server;
  readonly #echoes: WebSocketServer;

  private constructor(page: Page, http: Server, echoes: WebSocketServer) {
    this.page = page;
    this.#http = http;
    this.#echoes = echoes;
  }

  static async open(browser: Browser): Promise<BarePage> {
    const http = createServer((_request, response) => response.setHeader('Content-Type', 'text/html').end(barePage));
    const echoes = new WebSocketServer({ server: http });
    echoes.on('connection', (socket) => socket.on('message', (data) => socket.send(String(data))));
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    const address = http.address();
    if (address === null || typeof address === 'string') throw new Error('No port for the bare page.');
    const page = await openPage(browser);
    await page.goto(`http://127.0.0.1:${address.port}/`);
    await page.waitForFunction(() => document.title === 'Open', null, { timeout: deadlineMs });
    return new BarePage(page, http, echoes);
  }

  async close(): Promise<void> {
    await this.page.close();
    for (const socket of this.#echoes.clients) socket.terminate();
    this.#http.closeAllConnections();
    this.#http.close();
  }
}

/** From now on the page takes down how long each key takes to the end of the frame that shows its sign. */
async function watchEchoes(page: Page): Promise<void> {
  await page.evaluate(() => {
    const samples: number[] = [];
    Object.assign(window, { echoSamples: samples });
    const signs = (): number => (document.querySelector('.xterm-rows')?.textContent ?? '').split('x').length;
    let pending: { readonly at: number; readonly before: number } | null = null;
    const drawn: number[] = [];
    // A message to oneself is a task of its own: it comes after the frame in which it was sent.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      const at = drawn.shift();
      if (at !== undefined) samples.push(performance.now() - at);
    };
    window.addEventListener(
      'keydown',
      (event) => {
        pending = event.key === 'x' ? { at: event.timeStamp, before: signs() } : null;
      },
      { capture: true },
    );
    new MutationObserver(() => {
      if (pending === null || signs() <= pending.before) return;
      drawn.push(pending.at);
      pending = null;
      // What is changed outside of a frame is to be seen at the end of the next one.
      if (Reflect.get(window, 'inFrame') === true) port2.postMessage(0);
      else requestAnimationFrame(() => port2.postMessage(0));
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
}

/** Types into what has the focus, and gives what the page took down meanwhile. */
async function typeInto({ page, devToolsPort }: TypedInto): Promise<readonly number[]> {
  await page.bringToFront();
  await page.evaluate(() => {
    (Reflect.get(window, 'echoSamples') as number[]).length = 0;
  });
  await typeKeys(devToolsPort, page.url(), { keys: keystrokes, pauseMs });
  const samples = await page.evaluate(() => [...(Reflect.get(window, 'echoSamples') as number[])]);
  if (samples.length < keystrokes * 0.9) throw new Error(`Only ${samples.length} of ${keystrokes} keys came back.`);
  return samples;
}
