import { test as base, expect } from '@playwright/test';
import { Editor } from '../fixtures/editor.js';
import { LabKernel } from '../fixtures/kernel.js';
import { TestServer } from '../fixtures/server.js';

/** Something that is no program lies over pasta, where only the server sees it. Where there is none there is nothing to hide. */
const withoutPasta = '! pasta=$(command -v pasta) || mount --bind /dev/null "$pasta"; exec "$@"';
const unshare =
  process.getuid?.() === 0
    ? ['unshare', '--mount', '--propagation', 'private']
    : ['unshare', '--user', '--map-current-user', '--keep-caps', '--mount'];

const test = base.extend<{ readonly server: TestServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures it needs from this pattern.
  server: async ({}, use) => {
    const server = new TestServer({ wrapper: [...unshare, 'sh', '-euc', withoutPasta, 'sh'] });
    await server.start();
    await use(server);
    await server.remove();
  },
});

test('on a machine that can open no way out, an internet node says so with what to install, and the rest of the lab works', async ({
  page,
  server,
}) => {
  await page.goto(server.url);
  const editor = new Editor(page);
  await editor.openExample('Out to the internet');
  await editor.answers('laptop', '100.64.0.1');
  await expect(editor.node('internet')).toHaveAccessibleName(/no way out on this machine/);
  await editor.node('internet').click();
  await expect(editor.inspector).toContainText('There is no way out on this machine.');
  const note = editor.inspector.getByRole('note').filter({ hasText: 'sudo apt-get install passt' });
  await expect(note).toContainText('no pasta');
  await expect(note).toContainText('The way out is kept in the lab, and left out here');

  await test.step('what is set there is kept, and the lab goes on', async () => {
    const ports = editor.inspector.getByRole('textbox', { name: 'Open ports of this machine' });
    await ports.fill('8080');
    await ports.press('Enter');
    await expect(ports).toHaveValue('8080');
    await expect(page.getByRole('button', { name: /^Undo/ })).toBeEnabled();
    await editor.answers('laptop', '100.64.0.1');
    expect(LabKernel.of(server.pid).ping('phone', '192.168.178.1')).toBe(true);
    expect(LabKernel.of(server.pid).run('ip', '-n', 'internet', 'link', 'show', 'uplink').status).not.toBe(0);
  });
});
