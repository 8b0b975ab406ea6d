import type { Page } from '@playwright/test';
import { Keyboard } from '../fixtures/keyboard.js';
import { expect, secondPerson, test } from '../fixtures/shared.js';
import { Terminals } from '../fixtures/terminals.js';

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
  kernel,
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
    await expect.poll(() => kernel().run('pgrep', '-fx', 'sleep 1000').status).toBe(0);
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

test('a shell that ends says how, and is opened again: by itself, and with the agent of the lab', async ({
  page,
  openLab,
  kernel,
}) => {
  const editor = await openLab({ example: 'two-hosts' });
  const terminals = new Terminals(page);
  await editor.node('ns1').dblclick({ position: { x: 20, y: 20 } });
  await terminals.prompts('ns1');
  await terminals.type('echo before-$((1+1))');
  // Not in one line: what nobody has read when a shell exits goes with it, as on any terminal.
  await terminals.shows('before-2');
  await terminals.type('exit 3');
  await expect(terminals.dock.getByText('The shell ended with exit code 3.')).toBeVisible();
  await expect(terminals.tab('ns1')).toContainText('exit 3');
  // What it wrote stays above.
  await terminals.shows('before-2');
  const openAgain = async () => {
    const again = terminals.dock.getByRole('button', { name: 'Open again' });
    await again.click();
    // The new one is there once the old one, which shows a prompt as well, is not.
    await expect(again).toHaveCount(0);
    await expect(terminals.tabs).toHaveCount(1);
    await expect(terminals.input('ns1')).toBeFocused();
    await terminals.prompts('ns1');
  };
  await openAgain();

  const killed = kernel().agentPid;
  await terminals.type('echo with-the-agent-$((1+1))');
  await terminals.shows('with-the-agent-2');
  process.kill(killed, 'SIGKILL');
  await expect(terminals.tab('ns1')).toContainText('ended');
  await expect(terminals.dock.getByRole('status').filter({ hasText: /agent|lab/i })).toBeVisible();
  await terminals.shows('with-the-agent-2');
  await editor.isRunning();
  await openAgain();
  expect(kernel().agentPid).not.toBe(killed);
  await terminals.type('ip -br a');
  await terminals.shows('192.168.1.1/24');
});
