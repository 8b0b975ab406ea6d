import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { fillDisk } from '../../apps/server/src/testing/fill-disk.js';
import { Editor } from '../fixtures/editor.js';
import { LabKernel } from '../fixtures/kernel.js';
import { TestServer } from '../fixtures/server.js';

/** A disk of a quarter of a MiB, which only the server sees. */
const smallDisk = 'mkdir "$0" && mount -t tmpfs -o size=256k,mode=700 none "$0" && exec "$@"';

const test = base.extend<{ readonly server: TestServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures it needs from this pattern.
  server: async ({}, use) => {
    const wrapper: string[] = ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', smallDisk];
    const server = new TestServer({ wrapper });
    wrapper.push(server.dataFolder);
    await server.start();
    await use(server);
    await server.remove();
  },
});

test.skip(
  process.getuid?.() !== 0,
  'only root may mount a disk; disk-full.kernel.test.ts has it for everybody, without a browser',
);

test('the disk is full: the page says so, what is drawn goes on and is kept, and is saved once there is room', async ({
  page,
  server,
}) => {
  await page.goto(server.url);
  const editor = new Editor(page);
  await editor.openExample('Two hosts and a cable');
  await editor.answers('ns1', '192.168.1.2');
  const data = join('/proc', String(server.pid), 'root', server.dataFolder);
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const file = join(data, 'labs', `${id}.lab.yaml`);
  const saved = readFileSync(file, 'utf8');

  const filler = fillDisk(data);
  const banner = page.getByText(/Not saved to disk: .*disk is full.*Your edits are kept in memory/);
  // What is left of the last page of the journal may take some.
  for (let count = 1; count <= 40 && !(await banner.isVisible()); count += 1) {
    await editor.node('ns1').click();
    const label = editor.inspector.getByRole('textbox', { name: 'Label' });
    await label.fill(`${count}: ${'a long label '.repeat(4)}`);
    await label.press('Enter');
    await expect(editor.node('ns1')).toHaveAccessibleName(new RegExp(`${count}: a long label`));
  }
  await expect(banner).toBeVisible();
  expect(readFileSync(file, 'utf8')).toBe(saved);
  await editor.add('host');
  await expect.poll(() => LabKernel.of(server.pid).namespaces()).toEqual(['h1', 'ns1', 'ns2']);
  await editor.answers('ns1', '192.168.1.2');

  rmSync(filler);
  await expect(banner).toHaveCount(0);
  await expect.poll(() => readFileSync(file, 'utf8')).toContain('h1:');
});
