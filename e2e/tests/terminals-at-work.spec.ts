import type { Browser, Locator, Page } from '@playwright/test';
import { barriers, themesOfAPart } from '../fixtures/barriers.js';
import { expect, test } from '../fixtures/shared.js';
import { Terminals } from '../fixtures/terminals.js';

/**
 * Frames of one second, at most: an endless CSS animation has sixty. Timers, counters and what a program writes have few.
 * Every frame too many delays the echo of a key (docs/decisions/0029).
 */
const framesAtRest = 20;
const framesWithTraffic = 35;

/** How often the page was styled in a second: once a frame, if it draws one at all. */
async function framesPerSecond(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const read = async (): Promise<{ readonly frames: number; readonly seconds: number }> => {
    const { metrics } = await session.send('Performance.getMetrics');
    const value = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
    return { frames: value('RecalcStyleCount'), seconds: value('Timestamp') };
  };
  const before = await read();
  await page.waitForFunction(
    (until) => performance.now() > until,
    (await page.evaluate(() => performance.now())) + 1_000,
    {
      polling: 200,
    },
  );
  const after = await read();
  await session.detach();
  return (after.frames - before.frames) / (after.seconds - before.seconds);
}

/** How many frames the page began. */
async function framesInTwoSeconds(browser: Browser, page: Page): Promise<number> {
  await browser.startTracing(page, {
    categories: ['disabled-by-default-devtools.timeline.frame', 'devtools.timeline.frame'],
  });
  await page.evaluate(() => new Promise((then) => setTimeout(then, 2_000)));
  const trace = (await browser.stopTracing()).toString();
  return trace.split('"name":"BeginMainThreadFrame"').length - 1;
}

test('a flood leaves the canvas quick, and what a program says is only text', async ({ page, openLab }) => {
  const editor = await openLab({ example: 'two-hosts' });
  const terminals = new Terminals(page);
  await editor.node('ns1').dblclick({ position: { x: 20, y: 20 } });
  await terminals.prompts('ns1');

  await test.step('a node is added while it goes on, and a key ends it', async () => {
    await terminals.type('yes; echo flood-is-"over"');
    await terminals.shows(/yy?/);
    await editor.add('host');
    await expect(editor.node('h1')).toBeVisible();
    await expect(terminals.lines).not.toContainText('flood-is-over');
    await terminals.screen.click();
    await page.keyboard.press('Control+c');
    await terminals.prompts('ns1');
  });

  await test.step('titles are bounded text, the clipboard is not theirs, links need a key', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.evaluate(() => navigator.clipboard.writeText('mine'));
    await terminals.screen.click();
    await terminals.type("clear; printf '\\e]0;<b>bold</b>%0500d\\a\\e]52;c;aGFja2Vk\\a\\e[8;2;2tset\\n'; sleep 1");
    await expect(terminals.dock.getByText(/^<b>bold<\/b>0+…$/)).toBeVisible();
    await expect(terminals.dock.locator('b')).toHaveCount(0);
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('mine');
    await terminals.type('clear; echo https://example.invalid/page');
    await expect(terminals.lines).toHaveText(/^https:\/\/example\.invalid\/page/);
    const opened: string[] = [];
    page.context().on('page', (other) => opened.push(other.url()));
    await terminals.screen.click({ position: await terminals.placeOf('https://example.invalid/page') });
    await expect(terminals.dock.getByText('opens')).toBeVisible();
    expect(opened).toEqual([]);
    await page.context().route('https://example.invalid/**', (route) => route.fulfill({ body: 'somewhere else' }));
    const place = await terminals.placeOf('https://example.invalid/page');
    await page.keyboard.down('Control');
    await terminals.screen.hover({ position: place });
    const opening = page.context().waitForEvent('page');
    await terminals.screen.click({ position: place });
    await page.keyboard.up('Control');
    const web = await opening;
    await expect(web).toHaveURL('https://example.invalid/page');
    // It has no hold on the page that it came from.
    expect(await web.evaluate(() => window.opener)).toBeNull();
    await web.close();
  });
});

test('the dock never hides the canvas, in whatever window, and the shell knows how large it is', async ({
  page,
  openLab,
}) => {
  const editor = await openLab({ example: 'two-hosts' });
  const terminals = new Terminals(page);
  const rowsSeen = () => terminals.lines.locator('> div').count();
  const heightOf = async (part: Locator) => (await part.boundingBox())?.height ?? 0;
  await editor.node('ns1').dblclick({ position: { x: 20, y: 20 } });
  await terminals.prompts('ns1');
  const before = await rowsSeen();

  await test.step('pulled up as far as the hand can go, a part of the drawing stays, and the shell has more lines', async () => {
    const handle = page.getByRole('separator', { name: 'Height of the dock' });
    await handle.hover();
    await page.mouse.down();
    await page.mouse.move(700, 5, { steps: 5 });
    await page.mouse.up();
    expect(await heightOf(editor.canvas)).toBeGreaterThanOrEqual(160);
    await expect.poll(rowsSeen).toBeGreaterThan(before + 10);
    await terminals.screen.click();
    await terminals.type('clear; stty size');
    await terminals.shows(new RegExp(`^${await rowsSeen()} \\d+ *ns1:~#`));
  });

  await test.step('in a small window too, in every panel; and the hand can pull it down at once', async () => {
    await page.setViewportSize({ width: 1000, height: 520 });
    for (const name of ['Terminals', 'Pings', 'Events'] as const) {
      await page.getByRole('tab', { name }).click();
      expect(await heightOf(editor.canvas), name).toBeGreaterThanOrEqual(160);
    }
    await page.getByRole('tab', { name: 'Terminals' }).click();
    const height = await heightOf(terminals.dock);
    await page.getByRole('separator', { name: 'Height of the dock' }).press('ArrowDown');
    await expect.poll(() => heightOf(terminals.dock)).toBeLessThan(height);
  });
});

test('a page at rest draws next to nothing, also with a terminal in use and with traffic on the links', async ({
  page,
  openLab,
}) => {
  const editor = await openLab({ example: 'two-hosts' });
  const terminals = new Terminals(page);
  await editor.node('ns1').dblclick({ position: { x: 20, y: 20 } });
  await terminals.prompts('ns1');
  await expect(terminals.input('ns1')).toBeFocused();
  await expect.poll(() => framesPerSecond(page)).toBeLessThan(framesAtRest);

  await terminals.type('ping 192.168.1.2');
  await terminals.shows('icmp_seq=2');
  const dashes = page.locator('path.vl-traffic').first();
  await expect(dashes).toBeAttached();
  await expect.poll(() => framesPerSecond(page)).toBeLessThan(framesWithTraffic);
  const places = new Set<string>();
  await expect
    .poll(async () => places.add(await dashes.evaluate((path) => getComputedStyle(path).strokeDashoffset)).size)
    .toBeGreaterThan(2);
});

test('a terminal that waits for keys has nothing drawn, and its field is where the cursor is once typing rests', async ({
  browser,
  page,
  openLab,
}) => {
  const editor = await openLab({ file: 'vethlab: 1\nname: Quiet\nnodes:\n  h1: { kind: host }\n' });
  const terminals = new Terminals(page);
  await editor.node('h1').dblclick({ position: { x: 20, y: 20 } });
  await terminals.prompts('h1');
  await expect(terminals.input('h1')).toBeFocused();
  // A caret blinks twice a second, seen or not.
  await expect.poll(() => framesInTwoSeconds(browser, page)).toBeLessThan(3);

  await page.keyboard.type('echo where');
  const leftOf = async (locator: Locator): Promise<number> =>
    Math.round((await locator.boundingBox())?.x ?? Number.NaN);
  await expect
    .poll(async () => (await leftOf(terminals.input('h1'))) - (await leftOf(terminals.lines.locator('.xterm-cursor'))))
    .toBe(0);
});

for (const colorScheme of themesOfAPart) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } });

    test(`terminals have no barrier (${colorScheme})`, async ({ page, openLab }) => {
      const editor = await openLab({ example: 'router' });
      const terminals = new Terminals(page);
      await terminals.dock.getByRole('tab', { name: /^Terminals/ }).click();
      await expect(terminals.dock.getByText('No terminal is open')).toBeVisible();
      expect(await barriers(page), 'without one').toEqual([]);
      await editor.node('ns1').dblclick({ position: { x: 20, y: 20 } });
      await terminals.prompts('ns1');
      await terminals.type('ip -c a; ls --color /');
      await page.keyboard.press('Control+Shift+F');
      await page.keyboard.type('inet');
      expect(await barriers(page), 'with one, searched').toEqual([]);
      await page.keyboard.press('Escape');
      await terminals.dock.getByRole('button', { name: 'More about terminals' }).click();
      await page.getByRole('menuitemcheckbox', { name: 'For screen readers' }).click();
      await expect(terminals.dock.getByRole('list').getByText(/inet/).first()).toBeAttached();
      expect(await barriers(page), 'read out').toEqual([]);
      await terminals.screen.click();
      await terminals.type('exit');
      await expect(terminals.dock.getByText('The shell ended with exit code 0.')).toBeVisible();
      expect(await barriers(page), 'ended').toEqual([]);
    });
  });
}
