import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { Keyboard } from '../fixtures/keyboard.js';
import { expect, secondPerson, test } from '../fixtures/shared.js';
import { Terminals } from '../fixtures/terminals.js';

/** An edit must not feel slower than this while a terminal is flooded, on two busy cores. */
const quickMs = 1_000;

/**
 * Frames of one second, at most: an endless CSS animation has sixty. Timers, counters and what a program writes have few.
 * Every frame too many delays the echo of a key (docs/decisions/0029).
 */
const framesAtRest = 10;
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

/** Everything that the browser refused because of the content security policy. */
async function violationsOf(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seenViolations: seen });
    document.addEventListener('securitypolicyviolation', (event) =>
      seen.push(`${event.violatedDirective} ${event.sample}`),
    );
  });
  return () => page.evaluate(() => Reflect.get(window, 'seenViolations') as string[]);
}

test('by mouse: a double click opens a shell in the node, the menu one in the lab; × closes and asks when something runs', async ({
  page,
  openLab,
}) => {
  const scripts: string[] = [];
  page.on('request', (request) => scripts.push(request.url()));
  const editor = await openLab({ example: 'router' });
  const terminals = new Terminals(page);
  expect(scripts.filter((url) => /terminal-screen/.test(url))).toEqual([]);
  const violations = await violationsOf(page);

  await test.step('a node', async () => {
    await editor.node('ns1').dblclick({ position: { x: 20, y: 20 } });
    await terminals.prompts('ns1');
    await expect(terminals.input('ns1')).toBeFocused();
    await terminals.type('ip -br a');
    await terminals.shows('192.168.1.1/24');
    await expect(editor.canvas).toBeInViewport({ ratio: 0.3 });
  });

  await test.step('the lab', async () => {
    await terminals.dock.getByRole('button', { name: 'New terminal in…' }).click();
    await page.getByRole('menuitem', { name: 'Lab shell' }).click();
    await terminals.prompts('root');
    await expect(terminals.input('Lab shell')).toBeFocused();
    await terminals.type('ip netns list');
    for (const name of ['ns1', 'ns-router', 'ns2']) await terminals.shows(name);
    await terminals.type('ip netns exec ns1 ping -c 1 192.168.2.1');
    await terminals.shows('1 received');
  });

  await test.step('colours and marks come without a style attribute of the page', async () => {
    await terminals.type("clear; printf '\\e[38;2;250;90;10mtrue\\e[0m colour\\n'");
    await terminals.shows('true colour');
    const coloured = terminals.lines.locator('span', { hasText: /^true$/ });
    await expect(coloured).toHaveCSS('color', /^rgb\((?!0, 0, 0)/);
    const plain = terminals.lines.locator('span', { hasText: /^ colour/ });
    const colours = await Promise.all(
      [coloured, plain].map((span) => span.first().evaluate((element) => getComputedStyle(element).color)),
    );
    expect(colours[0]).not.toBe(colours[1]);
    expect(await violations()).toEqual([]);
  });

  await test.step('closing: at the prompt at once, with a word when something runs', async () => {
    await terminals.type('sleep 1000');
    await terminals.tab('Lab shell').locator('[data-close-tab]').click();
    const dialog = page.getByRole('dialog', { name: 'Close the terminal?' });
    await expect(dialog).toContainText('still runs');
    await dialog.getByRole('button', { name: 'Keep it open' }).click();
    await expect(terminals.tabs).toHaveCount(2);
    await terminals.tab('Lab shell').click({ button: 'middle' });
    await dialog.getByRole('button', { name: 'Close it' }).click();
    await expect(terminals.tabs).toHaveCount(1);
    await expect(terminals.tab('ns1')).toHaveAttribute('aria-selected', 'true');
    await terminals.tab('ns1').click({ button: 'middle' });
    await expect(terminals.tabs).toHaveCount(0);
    await expect(terminals.dock.getByText('No terminal is open')).toBeVisible();
  });

  await test.step('renaming is one key, or the menu, away', async () => {
    await editor.node('ns2').click({ position: { x: 20, y: 20 } });
    await page.keyboard.press('F2');
    await expect(page.getByRole('textbox', { name: 'Name of ns2' })).toBeFocused();
    await page.keyboard.press('Escape');
    await editor.node('ns2').click({ button: 'right', position: { x: 20, y: 20 } });
    await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeVisible();
    await page.getByRole('menuitem', { name: 'Terminal of ns2' }).click();
    await expect(terminals.input('ns2')).toBeFocused();
  });
});

test('by keyboard: open, search, switch, leave and close, without a trap', async ({ page, openLab }) => {
  const editor = await openLab({ example: 'router' });
  const terminals = new Terminals(page);
  const keyboard = new Keyboard(page);

  await test.step('T opens the terminal of the selected node', async () => {
    await keyboard.tabTo(editor.node('ns1'));
    await keyboard.press('t');
    await terminals.prompts('ns1');
    await expect(terminals.input('ns1')).toBeFocused();
    await keyboard.type('ip -br a\n');
    await terminals.shows('192.168.1.1/24');
  });

  await test.step('the keys of the app belong to the shell meanwhile', async () => {
    await keyboard.type('echo 1?Hvtp');
    await keyboard.press('Control+k', 'Tab', 'Escape', 'Control+u');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(terminals.input('ns1')).toBeFocused();
  });

  await test.step('Ctrl+` opens the shell of the lab, Ctrl+Shift+arrows switch', async () => {
    await keyboard.press('Control+Shift+ArrowUp');
    await expect(terminals.tab('ns1')).toBeFocused();
    await keyboard.press('Control+`');
    await expect(terminals.input('Lab shell')).toBeFocused();
    await terminals.prompts('root');
    await keyboard.press('Control+Shift+ArrowRight');
    await expect(terminals.input('ns1')).toBeFocused();
    await keyboard.press('Control+Shift+ArrowLeft');
    await expect(terminals.input('Lab shell')).toBeFocused();
  });

  await test.step('search goes through the scrollback', async () => {
    await keyboard.type('for i in $(seq 1000 1400); do echo line $i; done\n');
    await terminals.shows('line 1400');
    await keyboard.press('Control+Shift+F');
    const field = page.getByRole('searchbox', { name: 'Search for' });
    await expect(field).toBeFocused();
    await keyboard.type('line 1007');
    await terminals.shows('line 1007');
    await expect(page.getByRole('search').getByRole('status')).toHaveText('1 of 1');
    await keyboard.type('zz');
    await expect(page.getByRole('search').getByRole('status')).toHaveText('Not found');
    await keyboard.press('Escape');
    await expect(terminals.input('Lab shell')).toBeFocused();
  });

  await test.step('twice Ctrl+Shift+↑ leads to the node, T back to its terminal', async () => {
    await keyboard.press('Control+Shift+ArrowLeft');
    await expect(terminals.input('ns1')).toBeFocused();
    await keyboard.press('Control+Shift+ArrowUp', 'Control+Shift+ArrowUp');
    await expect(editor.node('ns1')).toBeFocused();
    await keyboard.press('t');
    await expect(terminals.input('ns1')).toBeFocused();
    await expect(terminals.tabs).toHaveCount(2);
  });

  await test.step('copy and paste', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await keyboard.type('clear; echo copied-$((40+2))\n');
    await terminals.shows('copied-42');
    await terminals.screen.dblclick({ position: await terminals.placeOf('copied-42') });
    await keyboard.press('Control+Shift+C');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('copied-42');
    await page.evaluate(() => navigator.clipboard.writeText('echo pasted-$((5+5))'));
    await keyboard.press('Control+Shift+V', 'Enter');
    // With the prompt after it: until then the command runs, and closing would ask first.
    await terminals.shows(/pasted-10\s*ns1:~#/);
  });

  await test.step('Delete on a tab closes it', async () => {
    await keyboard.press('Control+Shift+ArrowUp', 'Delete');
    await expect(terminals.tabs).toHaveCount(1);
    await expect(terminals.input('Lab shell')).toBeFocused();
  });

  await test.step('the palette knows it', async () => {
    await keyboard.press('Control+Shift+ArrowUp', 'Control+k');
    await expect(page.getByRole('combobox', { name: 'Command palette' })).toBeFocused();
    await keyboard.type('lab shell');
    await keyboard.press('Enter');
    await expect(terminals.input('Lab shell')).toBeFocused();
  });
});

test('a session outlives a reload and a lost connection, and two browsers share it', async ({
  browser,
  server,
  page,
  openLab,
}) => {
  /** Sockets of terminals on the page, to be broken off. */
  const sockets: { close: () => Promise<void> }[] = [];
  let isCut = false;
  await page.routeWebSocket(/\/terminals\//, (socket) => {
    if (isCut) void socket.close();
    else {
      socket.connectToServer();
      sockets.push(socket);
    }
  });
  const ann = await openLab({ example: 'two-hosts' });
  const terminals = new Terminals(page);
  await ann.node('ns1').dblclick({ position: { x: 20, y: 20 } });
  await terminals.prompts('ns1');
  await terminals.type('for i in $(seq 1 200); do echo early $i; done; echo end-of-it');
  await terminals.shows('end-of-it');

  await test.step('reload: the scrollback is there', async () => {
    await page.reload();
    await terminals.shows('end-of-it');
    await terminals.screen.hover();
    await page.mouse.wheel(0, -20_000);
    await terminals.shows('early 1');
    await terminals.screen.click();
    await terminals.type('echo again-$((1+1))');
    await terminals.shows('again-2');
  });

  await test.step('a lost connection: said, nothing is cleared, nothing is lost, nothing comes twice', async () => {
    isCut = true;
    await terminals.type('sleep 1; echo while-away-$((3+4))');
    for (const socket of sockets.splice(0)) await socket.close();
    await expect(terminals.dock.getByText(/Reconnecting…/)).toBeVisible();
    await terminals.shows('again-2');
    isCut = false;
    await terminals.shows('while-away-7');
    await expect(terminals.dock.getByText(/Reconnecting…/)).toHaveCount(0);
    await expect(terminals.lines.getByText('while-away-7')).toHaveCount(1);
    await terminals.type('echo typed-$((4+4))');
    await terminals.shows('typed-8');
  });

  await test.step('a second browser looks on and types', async () => {
    const ben = await secondPerson(browser, server, page);
    await ben.dock.getByRole('tab', { name: /^Terminals/ }).click();
    const his = new Terminals(ben.page);
    await his.shows('typed-8');
    await expect(terminals.tab('ns1')).toContainText('2 look at it');
    await his.screen.click();
    await his.type('echo from-ben-$((2+3))');
    await terminals.shows('from-ben-5');
    await terminals.screen.click();
    await terminals.type('echo from-ann-$((3+3))');
    await his.shows('from-ann-6');
    await ben.page.context().close();
    await expect(terminals.tab('ns1')).not.toContainText('look at it');
  });

  await test.step('exit: with its code, and open again', async () => {
    await terminals.screen.click();
    await terminals.type('exit 3');
    await expect(terminals.dock.getByText('The shell ended with exit code 3.')).toBeVisible();
    await expect(terminals.tab('ns1')).toContainText('exit 3');
    await terminals.shows('from-ann-6');
    await terminals.dock.getByRole('button', { name: 'Open again' }).click();
    await expect(terminals.tabs).toHaveCount(1);
    await expect(terminals.tabs.first()).not.toContainText('exit');
    await terminals.prompts('ns1');
  });

  await test.step('the node is deleted with a shell open, and the lab is stopped: both are said', async () => {
    await ann.node('ns1').click();
    await page.keyboard.press('Delete');
    await expect(terminals.dock.getByRole('status').filter({ hasText: /was removed/ })).toBeVisible();
    await expect(terminals.dock.getByRole('button', { name: 'Open again' })).toHaveCount(0);
    await terminals.dock.getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByRole('banner').getByRole('button', { name: 'Stop' }).click();
    await expect(terminals.dock.getByText('The lab is not running')).toBeVisible();
    await terminals.dock.getByRole('button', { name: 'Start' }).click();
    await expect(terminals.dock.getByText('No terminal is open')).toBeVisible();
  });
});

test('a flood leaves the canvas quick, and what a program says is only text', async ({ page, openLab }) => {
  const editor = await openLab({ example: 'two-hosts' });
  const terminals = new Terminals(page);
  await editor.node('ns1').dblclick({ position: { x: 20, y: 20 } });
  await terminals.prompts('ns1');

  await test.step('yes, for two seconds, while a node is added', async () => {
    await terminals.type('timeout 2 yes; echo flood-is-over');
    await terminals.shows(/yy?/);
    const startedAt = Date.now();
    await editor.add('host');
    await expect(editor.node('h1')).toBeVisible();
    expect(Date.now() - startedAt).toBeLessThan(quickMs);
    await terminals.shows('flood-is-over');
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

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } });

    test(`terminals have no barrier (${colorScheme})`, async ({ page, openLab }) => {
      const editor = await openLab({ example: 'router' });
      const terminals = new Terminals(page);
      const findings = async () => {
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
          .analyze();
        return violations.flatMap(({ id, nodes }) =>
          nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
        );
      };
      await terminals.dock.getByRole('tab', { name: /^Terminals/ }).click();
      await expect(terminals.dock.getByText('No terminal is open')).toBeVisible();
      expect(await findings(), 'without one').toEqual([]);
      await editor.node('ns1').dblclick({ position: { x: 20, y: 20 } });
      await terminals.prompts('ns1');
      await terminals.type('ip -c a; ls --color /');
      await page.keyboard.press('Control+Shift+F');
      await page.keyboard.type('inet');
      expect(await findings(), 'with one, searched').toEqual([]);
      await page.keyboard.press('Escape');
      await terminals.dock.getByRole('button', { name: 'More about terminals' }).click();
      await page.getByRole('menuitemcheckbox', { name: 'For screen readers' }).click();
      await expect(terminals.dock.getByRole('list').getByText(/inet/).first()).toBeAttached();
      expect(await findings(), 'read out').toEqual([]);
      await terminals.screen.click();
      await terminals.type('exit');
      await expect(terminals.dock.getByText('The shell ended with exit code 0.')).toBeVisible();
      expect(await findings(), 'ended').toEqual([]);
    });
  });
}
