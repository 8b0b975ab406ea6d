import { Editor } from '../fixtures/editor.js';
import { expect, labsOf, test } from '../fixtures/shared.js';

const twoHosts = `#!/bin/sh
# Two hosts and a cable
for name in a b; do ip netns add $name; done
ip link add veth-a type veth peer name veth-b
ip link set veth-a netns a
ip link set veth-b netns b
ip -n a addr add 10.0.0.1/24 dev veth-a
ip -n b addr add 10.0.0.2/24 dev veth-b
ip -n a link set veth-a up
ip -n b link set veth-b up
`;

test('a pasted script is shown, run only after consent, and drawn as a lab that answers', async ({
  labList: page,
  kernel,
}) => {
  const editor = new Editor(page);
  await page.getByRole('button', { name: 'Import commands' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import commands' });
  await dialog.getByRole('textbox', { name: 'Commands' }).fill(twoHosts);
  const run = dialog.getByRole('button', { name: 'Run and draw' });
  await expect(run).toBeDisabled();
  await expect(dialog.getByText(/in an empty sandbox of their own, for at most 30 s/)).toBeVisible();
  const consent = dialog.getByRole('checkbox', { name: /^I have read these 10 lines and want them run\.$/ });
  await consent.check();
  await dialog.getByRole('textbox', { name: 'Name of the lab' }).fill('Pasted');
  await expect(run).toBeEnabled();
  await dialog.getByRole('textbox', { name: 'Commands' }).press('End');
  await dialog.getByRole('textbox', { name: 'Commands' }).press('Enter');
  await expect(run).toBeDisabled();
  await dialog.getByRole('checkbox').check();
  await run.click();
  await editor.isRunning();
  await expect(page.getByRole('heading', { name: 'Pasted' }).first()).toBeVisible();
  await expect(editor.node('a')).toHaveAccessibleName('host a, 10.0.0.1/24, up, 1 link');
  await expect(editor.node('b')).toHaveAccessibleName('host b, 10.0.0.2/24, up, 1 link');
  expect(kernel().ping('a', '10.0.0.2')).toBe(true);
});

test('lines that fail are told with their numbers and the system’s words, and marked in the text; the rest becomes a lab', async ({
  labList: page,
}) => {
  const editor = new Editor(page);
  // A person presses keys on a page that they see: before that nobody listens.
  await expect(page.getByRole('button', { name: 'Import commands' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Command palette' })).toBeFocused();
  await page.keyboard.type('import commands');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Import commands' });
  const lines = [
    'ip netns add good',
    'ip netns add bad!name extra words',
    'no-such-tool --now',
    'ip link add br9 type bridge',
  ];
  await dialog.getByRole('textbox', { name: 'Commands' }).fill(lines.join('\n'));
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('button', { name: 'Run and draw' }).click();
  const failed = dialog.getByRole('list', { name: 'Lines that failed' });
  await expect(failed.getByRole('listitem').filter({ hasText: 'line 3' })).toContainText(/not found/);
  await expect(dialog.locator('[data-failed-line="3"]')).toBeVisible();
  await expect(dialog.locator('[data-failed-line="1"]')).toHaveCount(0);
  await expect(dialog.getByRole('list', { name: 'Cannot be part of a lab' })).toContainText('br9');
  await dialog.getByRole('button', { name: 'Open the lab' }).click();
  await editor.isRunning();
  await expect(editor.node('good')).toBeVisible();
});

test('a script file is opened for reading, also when it is dropped, and nothing runs before consent', async ({
  labList: page,
  server,
}) => {
  await page.getByRole('button', { name: 'Start from commands' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import commands' });
  await dialog
    .getByLabel('Script to import')
    .setInputFiles({ name: 'two-hosts.sh', mimeType: 'application/x-shellscript', buffer: Buffer.from(twoHosts) });
  await expect(dialog.getByRole('textbox', { name: 'Name of the lab' })).toHaveValue('two-hosts');
  await expect(dialog.getByRole('textbox', { name: 'Commands' })).toHaveValue(twoHosts);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toHaveCount(0);

  await page.getByRole('main').evaluate((main) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['ip netns add dropped\n'], 'dropped.sh'));
    for (const type of ['dragenter', 'dragover', 'drop'])
      main.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
  });
  await expect(dialog.getByRole('textbox', { name: 'Commands' })).toHaveValue('ip netns add dropped\n');
  await expect(dialog.getByRole('checkbox')).not.toBeChecked();
  expect(await labsOf(server)).toEqual([]);
});

test('a script that kills all it sees is over at once and told in words, and the person runs another one', async ({
  labList: page,
  server,
}) => {
  const editor = new Editor(page);
  await page.getByRole('button', { name: 'Import commands' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import commands' });
  const commands = dialog.getByRole('textbox', { name: 'Commands' });
  await dialog.getByRole('textbox', { name: 'Name of the lab' }).fill('Mended');
  await commands.fill('ip netns add a\nkill -9 -1\n');
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('button', { name: 'Run and draw' }).click();
  // The server waits 45 s for a sandbox that says nothing; that it is gone is seen long before.
  await expect(dialog.getByRole('alert')).toHaveText(
    /The sandbox in which the script ran ended or stopped answering: the script ends processes that are not its own, or takes all there is\. Nothing came of it\./,
  );
  await expect(dialog.getByRole('progressbar')).toHaveCount(0);
  // What was pasted is still there to be mended; nothing else has come of it.
  await expect(commands).toHaveValue('ip netns add a\nkill -9 -1\n');
  await expect(dialog.getByRole('textbox', { name: 'Name of the lab' })).toHaveValue('Mended');
  expect(await labsOf(server)).toEqual([]);

  await commands.fill('ip netns add a\n');
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  await expect(dialog.getByRole('button', { name: 'Run and draw' })).toBeDisabled();
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('button', { name: 'Run and draw' }).click();
  await editor.isRunning();
  await expect(page.getByRole('heading', { name: 'Mended' }).first()).toBeVisible();
  await expect(editor.node('a')).toBeVisible();
});
