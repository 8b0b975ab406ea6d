import { readFileSync, writeFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { Editor } from '../fixtures/editor.js';
import { expect, labsOf, test } from '../fixtures/shared.js';

/** A file with everything a rewrite could lose: comments, order, an odd style. */
const commented = `# Made by hand, in a train.
vethlab: 1
name: By hand   # two spaces and a word
nodes:
  zoe:          # last in the alphabet, first in the file
    kind: host
    interfaces:
      eth0: { addresses: [ 10.3.0.1/24 ] }
  adam:
    kind: host
    interfaces:
      eth0: {addresses: ["10.3.0.2/24"]}
links:
  - endpoints: ["zoe:eth0", "adam:eth0"]   # the only cable we had
probes:
  - { from: zoe, to: 10.3.0.2, interval: 500ms }
# The end.
`;

const broken = `vethlab: 1
name: Not quite
nodes:
  h1:
    kind: hots
    interfaces:
      eth0: { addresses: [10.0.0.300/24] }
`;

const hostile = `vethlab: 1
name: '<img src=x onerror="window.hacked = 1">'
nodes:
  h1:
    kind: host
    label: '<img src=x onerror="window.hacked = 2">'
  constructor1:
    kind: host
    label: "'; DROP TABLE labs; -- $(touch /tmp/hacked)"
`;

const yaml = (name: string, text: string) => ({ name, mimeType: 'application/yaml', buffer: Buffer.from(text) });

async function pickFiles(page: Page, ...files: readonly ReturnType<typeof yaml>[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Import a lab file' }).click();
  await (await chooser).setFiles([...files]);
}

/** Drops a file on the page, as from a folder of the desktop. */
async function dropFile(page: Page, name: string, text: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([fileName, content]) => {
      const data = new DataTransfer();
      data.items.add(new File([content], fileName, { type: 'application/yaml' }));
      return data;
    },
    [name, text] as const,
  );
  const main = page.getByRole('main');
  await main.dispatchEvent('dragenter', { dataTransfer: transfer });
  await expect(page.getByText('Drop lab files to import them')).toBeVisible();
  await main.dispatchEvent('drop', { dataTransfer: transfer });
}

async function downloadBy(page: Page, click: () => Promise<void>): Promise<{ name: string; text: string }> {
  const download = page.waitForEvent('download');
  await click();
  const file = await download;
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}

const rowOf = (page: Page, name: string): Locator =>
  page.getByRole('listitem').filter({ has: page.getByRole('link', { name, exact: true }) });

async function choose(page: Page, lab: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${lab}`, exact: true }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

interface ExampleNode {
  readonly vrfs?: object;
  readonly interfaces: Readonly<Record<string, { readonly vlan?: object; readonly impairment?: object }>>;
}

interface ExampleLab {
  readonly nodes: Readonly<Record<string, ExampleNode>>;
  readonly probes: readonly { from: string; to: string; vrf?: string; expect?: 'none' }[];
}

/** What an example needs that the kernel of the tests may lack; the same examples are tested whole in the full kernel. */
function askedBy({ nodes }: ExampleLab): readonly string[] {
  return Object.values(nodes).flatMap(({ vrfs, interfaces }) => [
    ...(vrfs === undefined ? [] : ['vrf']),
    ...Object.values(interfaces).flatMap(({ vlan, impairment }) => [
      ...(vlan === undefined ? [] : ['vlan-filtering']),
      ...(impairment === undefined ? [] : ['netem']),
    ]),
  ]);
}

test('a person finds the examples on the first visit, opens each, and its pings do what it says', async ({
  labList: page,
  server,
}) => {
  await expect(page.getByText('No labs yet')).toBeVisible();
  const { examples } = (await server.call('GET', '/examples')) as { examples: { name: string }[] };
  expect(examples.length).toBeGreaterThanOrEqual(5);
  const editor = new Editor(page);
  for (const { name } of examples) {
    await test.step(name, async () => {
      await editor.openExample(name);
      await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
      const id = (await labsOf(server)).find((lab) => lab.name === name)?.id;
      const { topology } = (await server.call('GET', `/labs/${id}`)) as { topology: ExampleLab };
      const { features } = (await server.call('GET', `/labs/${id}/observed`)) as {
        features: readonly { name: string; available: boolean; reason: string | null }[];
      };
      const asked = askedBy(topology);
      const missing = features.filter((feature) => !feature.available && asked.includes(feature.name));
      for (const { reason } of missing) {
        const problems = await editor.panel('Problems');
        await expect(problems.getByText(reason ?? '').first()).toBeVisible();
      }
      expect(topology.probes).not.toEqual([]);
      for (const { from, to, vrf, expect: wanted } of missing.length > 0 ? [] : topology.probes) {
        const place = vrf === undefined ? '' : ` in VRF ${vrf}`;
        const probe = editor.canvas.getByRole('group', { name: `ping ${from} to ${to}${place},` });
        await expect(probe).toHaveAccessibleName(wanted === 'none' ? /blocked as expected/ : /answering, [\d.]+ ms/);
      }
      await page.getByRole('button', { name: 'All labs' }).click();
      await expect(rowOf(page, name).getByText('Running')).toBeVisible();
      // All of them at once would be a load on whatever runs beside this test.
      await server.call('POST', `/labs/${id}/stop`);
    });
  }
});

test('a person imports a file by the picker, changes one thing, and exports it: every other byte is as it was', async ({
  labList: page,
  server,
}) => {
  const editor = new Editor(page);
  await pickFiles(page, yaml('by-hand.lab.yaml', commented));
  await editor.isRunning();
  await editor.answers('zoe', '10.3.0.2');
  const exportIt = () =>
    downloadBy(page, async () => {
      await page.getByRole('banner').getByRole('button', { name: 'By hand' }).click();
      await page.getByRole('menuitem', { name: 'Export the lab file' }).click();
    });

  await editor.node('adam').click();
  await editor.inspector.getByRole('textbox', { name: 'Address 1 of eth0' }).fill('10.3.0.22/24');
  await page.keyboard.press('Enter');
  await expect(editor.node('adam')).toHaveAccessibleName(/10\.3\.0\.22\/24/);
  const { name, text } = await exportIt();
  expect(name).toBe('by-hand.lab.yaml');
  expect(text.replace('10.3.0.22/24', '10.3.0.2/24').split('\ncanvas:')[0]?.trimEnd()).toBe(commented.trimEnd());

  const [lab] = await labsOf(server);
  const path = `${server.dataFolder}/labs/${lab?.id}.lab.yaml`;
  await expect.poll(() => readFileSync(path, 'utf8')).toBe(text);
});

test('a person drops files: a good one opens, a bad one is told with line and column, and nothing is lost', async ({
  labList: page,
  server,
}) => {
  await dropFile(page, 'train.lab.yaml', commented);
  const editor = new Editor(page);
  await editor.isRunning();
  await editor.answers('zoe', '10.3.0.2');
  await page.getByRole('button', { name: 'All labs' }).click();

  await dropFile(page, 'broken.lab.yaml', broken);
  const alert = page.getByRole('alert').filter({ hasText: 'broken.lab.yaml was not imported' });
  await expect(alert).toContainText('Nothing was changed');
  await expect(alert.getByRole('listitem')).toHaveText([
    /^line 5, column 11.*"hots" is none of host, router, switch/,
    /^line 7, column 27.*"10\.0\.0\.300" has a number above 255/,
  ]);
  await expect(rowOf(page, 'By hand')).toBeVisible();
  expect(await labsOf(server)).toHaveLength(1);

  await test.step('mended, it is taken', async () => {
    await pickFiles(page, yaml('broken.lab.yaml', broken.replace('hots', 'host').replace('.300', '.30')));
    await editor.isRunning();
    await expect(editor.node('h1')).toHaveAccessibleName(/10\.0\.0\.30\/24/);
  });
});

test('a file that cannot be read is in the list with its reason, line and column; the labs beside it open, and it stays as it is', async ({
  labList: page,
  server,
}) => {
  await server.call('POST', '/labs', { file: commented });
  writeFileSync(`${server.dataFolder}/labs/not-quite.lab.yaml`, broken);
  await expect.poll(async () => (await labsOf(server)).length).toBe(2);
  await page.reload();
  const row = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'More for not-quite' }) });
  await expect(row).toContainText('Cannot be read');
  await expect(row).toContainText(/line 5, column 11.*"hots" is none of host, router, switch/);
  await expect(row).toContainText(/line 7, column 27/);
  await expect(row.getByRole('link')).toHaveCount(0);
  // Whoever has its address in a bookmark reads the same.
  await page.goto(`${server.origin}/labs/not-quite`);
  await expect(page.getByText('This lab file cannot be read')).toBeVisible();
  await page.goto(server.origin);
  await rowOf(page, 'By hand').getByRole('link').click();
  await new Editor(page).isRunning();
  expect(readFileSync(`${server.dataFolder}/labs/not-quite.lab.yaml`, 'utf8')).toBe(broken);
});

test('a person renames, duplicates and deletes labs; deleting asks first', async ({ labList: page, server }) => {
  await server.call('POST', '/labs', { file: commented });
  await page.reload();

  await choose(page, 'By hand', 'Rename');
  await page.getByRole('textbox', { name: 'Name of the lab' }).fill('On the train');
  await page.keyboard.press('Enter');
  await expect(rowOf(page, 'On the train')).toBeVisible();
  await expect(rowOf(page, 'By hand')).toHaveCount(0);

  await choose(page, 'On the train', 'Duplicate');
  await expect(rowOf(page, 'Copy of On the train')).toBeVisible();
  const { text } = await downloadBy(page, () => choose(page, 'Copy of On the train', 'Export the lab file'));
  expect(text).toContain('# the only cable we had');

  await choose(page, 'On the train', 'Delete…');
  const question = page.getByRole('dialog', { name: 'Delete “On the train”?' });
  await expect(question).toContainText('2 nodes and 1 link go');
  await question.getByRole('button', { name: 'Keep it' }).click();
  await expect(rowOf(page, 'On the train')).toBeVisible();
  await choose(page, 'On the train', 'Delete…');
  await question.getByRole('button', { name: 'Delete the lab' }).click();
  await expect(rowOf(page, 'On the train')).toHaveCount(0);
  await expect.poll(async () => (await labsOf(server)).map(({ name }) => name)).toEqual(['Copy of On the train']);
});

test('hostile text in a file is only ever text', async ({ labList: page }) => {
  const refused: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) refused.push(message.text());
  });
  const editor = new Editor(page);
  await dropFile(page, 'hostile.lab.yaml', hostile);
  await editor.isRunning();
  const name = '<img src=x onerror="window.hacked = 1">';
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(editor.canvas.getByText('<img src=x onerror="window.hacked = 2">')).toBeVisible();
  await editor.node('h1').click();
  await expect(editor.inspector.getByRole('textbox', { name: 'Label' })).toHaveValue(/onerror/);
  await editor.panel('Commands');
  await editor.panel('Events');
  await page.getByRole('button', { name: 'All labs' }).click();
  await expect(rowOf(page, name)).toBeVisible();
  await expect(page.getByRole('img', { name: /hacked/ })).toHaveCount(0);
  expect(await page.evaluate(() => 'hacked' in window || document.querySelector('img[src="x"]') !== null)).toBe(false);
  expect(refused).toEqual([]);
});
