import { Editor } from '../fixtures/editor.js';
import { expect, test } from '../fixtures/test.js';

const subnet = (n: number) => `10.${n >> 8}.${n & 255}`;

/** One router, and so many hosts on cables of their own, in a lab file without places. */
function star(hosts: number): string {
  const numbers = Array.from({ length: hosts }, (_, index) => index + 1);
  return [
    'vethlab: 1',
    `name: Star of ${hosts}`,
    'nodes:',
    '  r1:',
    '    kind: router',
    '    interfaces:',
    ...numbers.map((n) => `      eth${n}: { addresses: [${subnet(n)}.1/24] }`),
    ...numbers.flatMap((n) => [
      `  h${n}:`,
      '    kind: host',
      '    interfaces:',
      `      eth0: { addresses: [${subnet(n)}.2/24] }`,
    ]),
    'links:',
    ...numbers.map((n) => `  - endpoints: ["h${n}:eth0", "r1:eth${n}"]`),
    '',
  ].join('\n');
}

test('while a thousand nodes are made, the page tells how far it is, and stays usable', async ({
  page,
  server,
  kernel,
}) => {
  const hosts = 999;
  const { id } = (await server.call('POST', '/labs', { file: star(hosts) })) as { id: string };
  await server.call('POST', `/labs/${id}/stop`);
  await page.goto(`${server.origin}/labs/${id}`);
  await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeVisible();
  // A share is there for a moment only: noted as it changes, not looked up now and then.
  await page.getByRole('banner').evaluate((banner) => {
    const shares = new Set<string>();
    new MutationObserver(() => {
      const share = banner.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow');
      if (share != null) banner.setAttribute('data-shares', [...shares.add(share)].join(' '));
    }).observe(banner, { childList: true, subtree: true, attributes: true, attributeFilter: ['aria-valuenow'] });
  });
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.getByRole('banner').getByText('Running')).toBeVisible({ timeout: 60_000 });
  const shares = ((await page.getByRole('banner').getAttribute('data-shares')) ?? '').split(' ').map(Number);
  // Several, and each further than the one before.
  expect(shares.length).toBeGreaterThan(2);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(kernel().namespaces()).toHaveLength(hosts + 1);
});

test('a lab too large to read is drawn with every link, from afar and from near', async ({ page, server }) => {
  const hosts = 100;
  await page.locator('input[type=file]').setInputFiles({
    name: 'star.lab.yaml',
    mimeType: 'application/yaml',
    buffer: Buffer.from(star(hosts)),
  });
  await expect(page).toHaveURL(new RegExp(`^${server.origin}/labs/`));
  const links = page.getByRole('main', { name: 'Canvas' }).getByRole('group', { name: /^link h\d+:eth0 – r1:eth\d+/ });
  // All of it is in sight when it is opened: nothing was left out for being far away.
  await expect(links).toHaveCount(hosts);
  const hostsInSight = page.getByRole('main', { name: 'Canvas' }).getByRole('group', { name: /^host h\d+/ });
  await expect(hostsInSight).toHaveCount(hosts);
  // The router stays in the middle, and with it one end of every link.
  const zoomIn = page.getByRole('button', { name: 'Zoom in' });
  for (let step = 0; step < 3; step += 1) await zoomIn.click();
  await expect(links).toHaveCount(hosts);
  await page.getByRole('button', { name: 'Fit', exact: false }).first().click();
  await expect(hostsInSight).toHaveCount(hosts);
  await expect(links).toHaveCount(hosts);
});

test('what is removed is brought back in one step, also when it is more than a message may hold', async ({
  page,
  server,
  kernel,
}) => {
  const hosts = 500;
  const numbers = Array.from({ length: hosts }, (_, index) => index + 1);
  // A long argument each: together more than the 1 MiB that a message of a page may have.
  const long = 'x'.repeat(1_880);
  const file = [
    'vethlab: 1',
    'name: Much',
    'nodes:',
    ...numbers.map((n) => `  h${n}: { kind: host, commands: { job: { run: [echo, ${long}], start: by-hand } } }`),
    '',
  ].join('\n');
  const { id } = (await server.call('POST', '/labs', { file })) as { id: string };
  const sent: string[] = [];
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => sent.push(String(payload).slice(0, 200))));
  await page.goto(`${server.origin}/labs/${id}`);
  const editor = new Editor(page);
  await editor.isRunning();
  await expect.poll(() => kernel().namespaces().length).toBe(hosts);
  await editor.canvas.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await expect.poll(() => kernel().namespaces()).toEqual([]);
  await page.getByRole('banner').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => kernel().namespaces().length).toBe(hosts);
  // Which of them are in sight depends on where the view is; the panel of the lab counts them all.
  await expect(editor.inspector).toContainText(`hosts${hosts}`);
  expect(sent.filter((text) => text.includes('"type":"revert"'))).toHaveLength(1);
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect.poll(() => kernel().namespaces()).toEqual([]);
});
