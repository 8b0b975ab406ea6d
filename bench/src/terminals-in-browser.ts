/// <reference lib="dom" />
import { chromium, type Page } from '@playwright/test';
import { runningStar } from './server/edits.js';
import { BenchServer } from './server/server-process.js';
import { median, percentile } from './statistics.js';
import { ms, type Row } from './table.js';

const executablePath = process.env.VETHLAB_CHROMIUM ?? '/usr/bin/chromium';
const hosts = 10;
const keystrokes = 200;
/** A fast typist, and not in step with the frames of the screen. */
const keyEveryMs = 43;
/** The line is emptied before it is full: what is measured is an echo, not a wrap. */
const lineLength = 50;
const deadlineMs = 30_000;

export interface BrowserTerminalFigures {
  /** The first terminal of a page, which also fetches xterm.js. */
  readonly firstPromptMs: number;
  readonly promptMedianMs: number;
  readonly promptP95Ms: number;
  /**
   * From the key in the page to the sign in its terminal, ready to be painted. Chromium draws a frame after each key before
   * it hands on what came from the network (DeferRendererTasksAfterInput), and the sign is drawn in the frame after that:
   * two frames of 17 ms, of which the way to the shell and back takes 2 to 3 ms.
   */
  readonly echoMedianMs: number;
  readonly echoP95Ms: number;
}

/** Terminals as a person has them: from the double click to the prompt, and from a key to its sign on the page. */
export async function measureTerminalsInBrowser(rows: Row[]): Promise<BrowserTerminalFigures> {
  const server = await BenchServer.start();
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });
  try {
    const { id, stream } = await runningStar(server, hosts);
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(server.url);
    await page.goto(`${server.origin}/labs/${id}`);
    await page.getByRole('banner').getByText('Running').waitFor({ timeout: deadlineMs });
    const prompts: number[] = [];
    for (let index = 1; index < hosts; index += 1) prompts.push(await promptAfterDoubleClick(page, `h${index}`));
    const echo = await echoes(page);
    stream.close();
    const [first = Number.NaN, ...later] = prompts;
    const figures: BrowserTerminalFigures = {
      firstPromptMs: first,
      promptMedianMs: median(later),
      promptP95Ms: percentile(later, 0.95),
      echoMedianMs: median(echo),
      echoP95Ms: percentile(echo, 0.95),
    };
    rows.push(
      {
        what: 'Browser: double click to the first prompt',
        figure: `${ms(figures.promptMedianMs)}, p95 ${ms(figures.promptP95Ms)}; the first of a page ${ms(first)}`,
        beside: '',
        target: 'under 300 ms',
      },
      {
        what: 'Browser: a key to its sign in the terminal',
        figure: `${ms(figures.echoMedianMs)}, p95 ${ms(figures.echoP95Ms)}`,
        beside: '',
        target: 'p95 under 20 ms',
      },
    );
    return figures;
  } finally {
    await browser.close();
    await server.stop();
  }
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

async function echoes(page: Page): Promise<readonly number[]> {
  await page.evaluate(() => {
    const samples: number[] = [];
    Object.assign(window, { echoSamples: samples });
    const signs = (): number => (document.querySelector('.xterm-rows')?.textContent ?? '').split('x').length;
    let pending: { readonly at: number; readonly before: number } | null = null;
    window.addEventListener(
      'keydown',
      (event) => {
        pending = event.key === 'x' ? { at: event.timeStamp, before: signs() } : null;
      },
      { capture: true },
    );
    new MutationObserver(() => {
      if (pending === null || signs() <= pending.before) return;
      samples.push(performance.now() - pending.at);
      pending = null;
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  for (let index = 0; index < keystrokes; index += 1) {
    await page.keyboard.press(index % lineLength === lineLength - 1 ? 'Control+u' : 'x');
    await page.waitForTimeout(keyEveryMs);
  }
  const samples = await page.evaluate(() => Reflect.get(window, 'echoSamples') as number[]);
  if (samples.length < keystrokes * 0.9) throw new Error(`Only ${samples.length} of ${keystrokes} keys came back.`);
  return samples;
}
