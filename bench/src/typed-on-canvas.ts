/// <reference lib="dom" />
import { chromium, type Page } from '@playwright/test';
import { runningStar } from './server/edits.js';
import { newestLabOf } from './server/lab-processes.js';
import { BenchServer } from './server/server-process.js';
import { typeIn } from './server/type-in.js';
import { median, percentile } from './statistics.js';
import { ms, type Row } from './table.js';

const executablePath = process.env.VETHLAB_CHROMIUM ?? '/usr/bin/chromium';
const hosts = 200;
const samples = 30;
const deadlineMs = 30_000;
/** A page at rest, as it is when somebody types. */
const settleMs = 3_000;

export interface TypedOnCanvasFigures {
  readonly medianMs: number;
  readonly p95Ms: number;
}

/**
 * Somebody types `ip netns add x` in a lab of 200: from the end of that command to the end of the frame in the browser that draws it. Both
 * clocks are the machine's.
 */
export async function measureTypedOnCanvas(rows: Row[]): Promise<TypedOnCanvasFigures> {
  const server = await BenchServer.start();
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });
  try {
    const { id, stream } = await runningStar(server, hosts);
    stream.close();
    const { init } = newestLabOf(server.pid);
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(server.url);
    await page.goto(`${server.origin}/labs/${id}`);
    await page.getByRole('banner').getByText('Running').waitFor({ timeout: deadlineMs });
    // The drawing is fitted with one in it: only what is in sight is drawn, and all of them come to the same place.
    typeIn(init, 'ip netns add first');
    await page.waitForTimeout(settleMs);
    await page.locator('.react-flow__pane').click({ position: { x: 4, y: 4 } });
    await page.keyboard.press('1');
    await ghost(page, 'first').waitFor({ timeout: deadlineMs });
    const took: number[] = [];
    for (let index = 0; index < samples; index += 1) took.push(await untilDrawn(page, init, `typed${index}`));
    const figures = { medianMs: median(took), p95Ms: percentile(took, 0.95) };
    rows.push({
      what: `A typed \`ip netns add x\` in a lab of ${hosts} to the canvas, painted`,
      figure: `${ms(figures.medianMs)}, p95 ${ms(figures.p95Ms)}`,
      beside: '',
      target: 'p95 under 200 ms',
    });
    return figures;
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function untilDrawn(page: Page, init: number, name: string): Promise<number> {
  await page.evaluate(
    ({ label, timeout }) => {
      const drawn = new Promise<number>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`Not drawn: ${label}`)), timeout);
        const observer = new MutationObserver(() => {
          if (document.querySelector(`[aria-label^="${label}"]`) === null) return;
          observer.disconnect();
          clearTimeout(timer);
          // A message to oneself is a task of its own: it comes after the frame in which it was sent.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
          requestAnimationFrame(() => port2.postMessage(0));
        });
        observer.observe(document.body, { childList: true, subtree: true, attributes: true });
      });
      Object.assign(window, { drawn });
    },
    { label: `unmanaged namespace ${name},`, timeout: deadlineMs },
  );
  const doneAt = typeIn(init, `ip netns add ${name}`);
  const drawnAt = await page.evaluate(() => Reflect.get(window, 'drawn') as Promise<number>);
  typeIn(init, `ip netns del ${name}`);
  await ghost(page, name).waitFor({ state: 'detached', timeout: deadlineMs });
  return Math.max(0, drawnAt - doneAt);
}

const ghost = (page: Page, name: string) => page.locator(`[aria-label^="unmanaged namespace ${name},"]`);
