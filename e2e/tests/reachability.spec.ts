import { expect, test } from '../fixtures/shared.js';

const hosts = ['h1', 'h2', 'h3', 'h4'];

test('a person sees all hosts of a switch reach each other, takes one link down, and sees its row and column fail with the reason', async ({
  page,
  openLab,
}) => {
  const editor = await openLab({ example: 'switch' });
  const panel = await editor.panel('Reachability');
  const grid = panel.getByRole('grid', { name: 'Reachability: rows ping columns' });
  const row = (host: string) => grid.getByRole('row').filter({ has: page.getByRole('rowheader', { name: host }) });
  const signs = (host: string) => row(host).getByRole('gridcell');
  const cell = (from: string, to: string) => signs(from).nth(hosts.indexOf(to));

  await test.step('all of them answer', async () => {
    await expect(panel.getByText(/^12 of 12 pairs answer/)).toBeVisible();
    for (const host of hosts) await expect(signs(host)).toHaveText(hosts.map((other) => (other === host ? '' : '●')));
    await cell('h1', 'h3').hover();
    await expect(panel.getByText(/^h1 → h3: 10\.0\.0\.3 answers in [\d.]+ (ms|µs)$/)).toBeVisible();
  });

  await test.step('without its link, h2 reaches nobody and nobody reaches it', async () => {
    await editor.toggleLink('h2:eth0', 'sw1:port2');
    await expect(editor.link('h2:eth0', 'sw1:port2')).toHaveAccessibleName(/, down$/);
    await panel.getByRole('button', { name: 'Check now' }).click();
    await expect(panel.getByText(/^6 of 12 pairs answer/)).toBeVisible();
    await expect(signs('h2')).toHaveText(['✕', '', '✕', '✕']);
    await expect(signs('h1')).toHaveText(['', '✕', '●', '●']);
    await expect(signs('h3')).toHaveText(['●', '✕', '', '●']);
    await expect(signs('h4')).toHaveText(['●', '✕', '●', '']);
    await cell('h2', 'h1').hover();
    await expect(panel.getByText('h2 → h1: 10.0.0.1: No route from h2')).toBeVisible();
    await cell('h1', 'h2').hover();
    await expect(
      panel.getByText(/^h1 → h2: 10\.0\.0\.2: (No answer in time|h?[\d.]+ says host unreachable)\.$/),
    ).toBeVisible();
  });

  await test.step('with the link back, the sweep comes by itself', async () => {
    await editor.inspector.getByRole('switch', { name: 'Link up' }).click();
    await expect(panel.getByText(/^12 of 12 pairs answer/)).toBeVisible();
  });
});

test('a sweep that begins by itself under the pointer is not cancelled by the click that wanted one', async ({
  page,
  openLab,
}) => {
  const sent: string[] = [];
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => sent.push(String(payload))));
  const editor = await openLab({ example: 'switch' });
  const panel = await editor.panel('Reachability');
  const allAnswer = panel.getByText(/^12 of 12 pairs answer/);
  await expect(allAnswer).toBeVisible();
  await editor.toggleLink('h2:eth0', 'sw1:port2');
  // The second click comes while the sweep of the first one runs, as a click comes while the automatic one runs.
  await panel.getByRole('button', { name: 'Check now' }).dblclick();
  await expect(panel.getByText(/^6 of 12 pairs answer/)).toBeVisible();
  expect(sent.filter((message) => message.includes('"reach"')).length).toBeGreaterThan(1);
  expect(sent.filter((message) => message.includes('"cancel"'))).toEqual([]);
  await editor.inspector.getByRole('switch', { name: 'Link up' }).click();
  await expect(allAnswer).toBeVisible();
});
