import { readlinkSync } from 'node:fs';
import { Editor } from '../fixtures/editor.js';
import { agentsOf } from '../fixtures/kernel.js';
import { LabTraces } from '../fixtures/lab-traces.js';
import { expect, test } from '../fixtures/test.js';

/** What the design promises: nothing is left this long after the server was killed. */
const goneWithinMs = 1_000;

/** Drift shows within a second; a busy machine may take one more to draw it. */
const seenWithinMs = 2_000;

test('the agent is killed: the lab restarts by itself, and the page keeps its place', async ({
  page,
  kernel,
  server,
}) => {
  const editor = new Editor(page);
  await editor.openExample('Two subnets and a router');
  await editor.answers('ns1', '192.168.2.1');
  const events = await editor.panel('Events');
  await editor.node('ns-router').click();
  const before = { url: page.url(), place: await editor.node('ns1').boundingBox() };
  const killed = kernel().agentPid;
  const traces = new LabTraces(kernel());

  // A restart is over in a moment: what the header says is noted as it changes, not looked up now and then.
  await page.getByRole('banner').evaluate((banner) => {
    const observer = new MutationObserver(() => {
      if (banner.textContent?.includes('Restarting')) banner.setAttribute('data-seen-restarting', '');
    });
    observer.observe(banner, { childList: true, subtree: true, characterData: true });
  });
  process.kill(killed, 'SIGKILL');
  await expect(page.getByRole('banner')).toHaveAttribute('data-seen-restarting', '');
  await editor.isRunning();
  await expect(events.getByText(/^Restarting: /)).toBeVisible();
  await editor.answers('ns1', '192.168.2.1');

  expect(agentsOf(server.pid)).not.toContain(killed);
  expect(traces.left()).toEqual([]);
  traces.release();
  expect(kernel().namespaces()).toEqual(['ns-router', 'ns1', 'ns2']);
  expect(kernel().ping('ns1', '192.168.2.1')).toBe(true);
  expect({ url: page.url(), place: await editor.node('ns1').boundingBox() }).toEqual(before);
  await expect(editor.inspector.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('ns-router');
  await expect(editor.dock.getByRole('tab', { name: 'Events' })).toHaveAttribute('aria-selected', 'true');
});

test('the server is killed: nothing is left in the kernel; edits made meanwhile arrive when it is back', async ({
  page,
  kernel,
  server,
}) => {
  const editor = new Editor(page);
  await editor.openExample('Two subnets and a router');
  await editor.answers('ns1', '192.168.2.1');
  const traces = new LabTraces(kernel());
  expect(traces.networkNamespaces).toHaveLength(4);
  expect(traces.networkNamespaces).not.toContain(readlinkSync('/proc/self/ns/net'));
  expect(traces.left()).not.toEqual([]);

  await test.step('a second after, no process, namespace or mount of the lab is left', async () => {
    await server.stop('SIGKILL');
    await expect.poll(() => traces.left(), { timeout: goneWithinMs, intervals: [50] }).toEqual([]);
    traces.release();
  });

  await test.step('the page says so, and keeps what is edited', async () => {
    await expect(page.getByText('Connection lost. What you edit now is kept.')).toBeVisible();
    await expect(page.getByRole('banner').getByText('Not connected')).toBeVisible();
    await editor.drop('host', 0.5, 0.85);
    await expect(editor.node('h1')).toBeVisible();
    await editor.node('ns1').click();
    const label = editor.inspector.getByRole('textbox', { name: 'Label' });
    await label.fill('typed while nobody listened');
    await label.press('Enter');
    await expect(editor.node('ns1')).toHaveAccessibleName(/typed while nobody listened/);
    await expect(page.getByText(/Your edits are kept \([23] edits waiting\)/)).toBeVisible();
  });

  await test.step('the server comes back on its port: the lab runs again, with the edits', async () => {
    await server.start();
    await expect(page.getByText(/^Connection restored\./)).toBeVisible();
    await editor.isRunning();
    await expect.poll(() => kernel().namespaces()).toEqual(['h1', 'ns-router', 'ns1', 'ns2']);
    await editor.answers('ns1', '192.168.2.1');
    expect(kernel().ping('ns1', '192.168.2.1')).toBe(true);
    await expect(editor.node('ns1')).toHaveAccessibleName(/typed while nobody listened/);
    await page.reload();
    await editor.isRunning();
    await expect(editor.node('h1')).toBeVisible();
    await expect(editor.node('ns1')).toHaveAccessibleName(/typed while nobody listened/);
  });
});

test('the server is ended by Ctrl-C while a lab runs: nothing is left in the kernel, and it is back with the lab when it is started again', async ({
  page,
  kernel,
  server,
}) => {
  const editor = new Editor(page);
  await editor.openExample('Two hosts and a cable');
  await editor.answers('ns1', '192.168.1.2');
  const traces = new LabTraces(kernel());
  expect(traces.left()).not.toEqual([]);
  // It has ended once this is over: nothing may take longer than its last line.
  await server.stop('SIGINT');
  await expect.poll(() => traces.left(), { timeout: goneWithinMs, intervals: [50] }).toEqual([]);
  traces.release();
  await expect(page.getByRole('banner').getByText('Not connected')).toBeVisible();
  await server.start();
  await editor.isRunning();
  await editor.answers('ns1', '192.168.1.2');
});

test('a browser is killed while its person draws: what was drawn is there for the next one, and the lab went on', async ({
  page,
  kernel,
  server,
  playwright,
  launchOptions,
}) => {
  const editor = new Editor(page);
  await editor.openExample('Two hosts and a cable');
  await editor.answers('ns1', '192.168.1.2');
  const inode = kernel().inode('ns1');
  const other = await playwright.chromium.launchServer(launchOptions);
  const browser = await playwright.chromium.connect(other.wsEndpoint());
  const theirs = new Editor(await browser.newPage());
  await theirs.page.goto(server.url);
  await theirs.page.goto(page.url());
  await theirs.isRunning();
  await expect(page.getByText('2 browsers here')).toBeVisible();
  await theirs.add('host');
  await theirs.add('router');
  await expect(theirs.node('r1')).toBeVisible();
  process.kill(other.process().pid ?? 0, 'SIGKILL');
  await expect(page.getByText('2 browsers here')).toHaveCount(0);
  await expect(editor.node('h1')).toBeVisible();
  await expect(editor.node('r1')).toBeVisible();
  await expect.poll(() => kernel().namespaces()).toEqual(['h1', 'ns1', 'ns2', 'r1']);
  expect(kernel().inode('ns1')).toBe(inode);
  await editor.answers('ns1', '192.168.1.2');
  await other.close();
});

test('somebody changes the kernel by hand: the canvas shows the drift, and one button repairs it', async ({
  page,
  kernel,
}) => {
  const editor = new Editor(page);
  await editor.openExample('Two subnets and a router');
  await editor.answers('ns1', '192.168.2.1');

  const byHand = kernel().run('ip', '-n', 'ns1', 'addr', 'del', '192.168.1.1/24', 'dev', 'veth-ns1');
  expect(byHand).toMatchObject({ status: 0, stderr: '' });
  const word = /differs from the document/;
  await expect(editor.node('ns1')).toHaveAccessibleName(word, { timeout: seenWithinMs });
  await expect(editor.node('ns2')).not.toHaveAccessibleName(word);
  await expect(editor.probe('ns1', '192.168.2.1')).toHaveAccessibleName(/failing/);

  await page
    .getByRole('banner')
    .getByRole('button', { name: /^\d differences?$/ })
    .click();
  const drift = editor.dock.getByRole('tabpanel', { name: /^Drift/ });
  const address = drift.getByRole('listitem').filter({ hasText: '192.168.1.1/24' });
  await expect(address.getByRole('img', { name: 'missing' })).toBeVisible();
  await drift.getByRole('button', { name: 'Revert all' }).click();
  await expect(editor.node('ns1')).not.toHaveAccessibleName(word);
  await editor.answers('ns1', '192.168.2.1');
  expect(kernel().addresses('ns1', 'veth-ns1')).toEqual(['192.168.1.1/24']);
  expect(kernel().routes('ns1')).toContainEqual(expect.objectContaining({ dst: 'default', gateway: '192.168.1.254' }));
  await expect(page.getByRole('banner').getByRole('button', { name: /differences?$/ })).toHaveCount(0);
});

test('a namespace made by hand is drawn as a stranger, and left alone', async ({ page, kernel }) => {
  const editor = new Editor(page);
  await editor.openExample('Two hosts and a cable');
  await editor.answers('ns1', '192.168.1.2');
  expect(kernel().run('ip', 'netns', 'add', 'stranger')).toMatchObject({ status: 0 });
  await expect(editor.canvas.getByRole('group', { name: /stranger/ })).toBeVisible();
  await editor.add('host');
  await expect.poll(() => kernel().namespaces()).toEqual(['h1', 'ns1', 'ns2', 'stranger']);
});
