import { barriers } from '../fixtures/barriers.js';
import { expect, test } from '../fixtures/shared.js';

const foreign = `vethlab: 1
name: From elsewhere
nodes:
  h1:
    kind: host
    commands:
      beat: { run: [sh, -c, "while :; do echo beat; sleep 0.2; done"] }
      odd: { run: [sleep, "<img src=x onerror=alert(1)>", "a\\u202eb"], start: by-hand }
`;

test('a person gives a node a web server, another node asks it, and it is stopped and started again', async ({
  openLab,
  kernel,
}) => {
  const editor = await openLab({ example: 'router' });
  const { inspector } = editor;
  await editor.node('ns2').click();
  await inspector.getByRole('button', { name: 'Add command' }).click();
  const form = inspector.getByRole('form', { name: 'Add a command to ns2' });
  const line = form.getByRole('textbox', { name: 'Program and arguments' });

  await line.fill('python3 -m http.server 80 | tee log');
  await expect(form.getByText(/no shell reads this line/)).toBeVisible();
  await form.getByRole('button', { name: /^Use sh -c/ }).click();
  await expect(line).toHaveValue("sh -c 'python3 -m http.server 80 | tee log'");
  await expect(form.getByRole('list', { name: 'Arguments' }).getByRole('listitem')).toHaveText([
    'sh',
    '-c',
    "'python3 -m http.server 80 | tee log'",
  ]);
  await line.fill('python3 -m http.server 80');
  await form.getByRole('textbox', { name: 'Name' }).fill('../web');
  await form.getByRole('button', { name: 'Add command' }).click();
  await expect(form.getByText(/contains "\/"/)).toBeVisible();
  await form.getByRole('textbox', { name: 'Name' }).fill('web');
  await form.getByRole('button', { name: 'Add command' }).click();

  // Typed here, so nobody is asked again.
  const row = inspector.getByRole('listitem').filter({ hasText: 'python3 -m http.server 80' });
  await expect(row.getByText('running')).toBeVisible();
  const ask = () =>
    kernel().run('nsenter', '--net=/run/netns/ns1', 'curl', '-sS', '-m', '2', 'http://192.168.2.1/').stdout;
  await expect.poll(ask).toContain('Directory listing');
  await row.getByRole('button', { name: 'Log of web' }).click();
  await expect(row.getByRole('log', { name: 'Log of web' })).toContainText('"GET / HTTP/1.1" 200');

  expect(await barriers(editor.page)).toEqual([]);
  await row.getByRole('button', { name: 'Stop web' }).click();
  await expect(row.getByText(/■ stopped/)).toBeVisible();
  expect(ask()).not.toContain('Directory listing');
  await row.getByRole('button', { name: 'Start web' }).click();
  await expect.poll(ask).toContain('Directory listing');

  await row.getByRole('button', { name: 'Remove web' }).click();
  await expect(row).toHaveCount(0);
  await expect.poll(ask).not.toContain('Directory listing');
  await editor.page.keyboard.press('Control+z');
  await expect(row.getByText('running')).toBeVisible();
  await expect.poll(ask).toContain('Directory listing');
});

test('a command that does not exist shows the error of the system on its node', async ({ openLab }) => {
  const editor = await openLab({ example: 'two-hosts' });
  const [name = ''] = await editor.nodeNames();
  await editor.node(name).click();
  await editor.inspector.getByRole('button', { name: 'Add command' }).click();
  const line = editor.inspector.getByRole('textbox', { name: 'Program and arguments' });
  await line.fill('nosuch --help');
  await line.press('Enter');
  const row = editor.inspector.getByRole('listitem').filter({ hasText: 'nosuch --help' });
  await expect(row.getByText('could not be started')).toBeVisible();
  await expect(row.getByText('ENOENT: no such program nosuch')).toBeVisible();
  await expect(editor.canvas.getByRole('img', { name: 'The command nosuch failed' })).toBeVisible();
});

test('a person gives a command a VRF by its form: without VRFs in the kernel it says so on its row, and runs once it is to run in none', async ({
  openLab,
  kernel,
}) => {
  const file =
    'vethlab: 1\nname: Apart\nnodes:\n  r1: { kind: router, vrfs: { red: { table: 100, interfaces: [] } } }\n';
  const editor = await openLab({ file });
  const { inspector } = editor;
  const hasVrf = kernel().run('ip', 'link', 'add', 'vrf-probe', 'type', 'vrf', 'table', '9').status === 0;
  test.skip(hasVrf, 'this kernel has VRFs: the second kernel proves commands in them');
  await editor.node('r1').click();
  await inspector.getByRole('button', { name: 'Add command' }).click();
  const form = inspector.getByRole('form', { name: 'Add a command to r1' });
  await form.getByRole('textbox', { name: 'Program and arguments' }).fill('sleep 1000');
  await form.getByRole('combobox', { name: 'In VRF' }).selectOption('red');
  await form.getByRole('button', { name: 'Add command' }).click();
  const row = inspector.getByRole('listitem').filter({ hasText: 'sleep 1000' });
  await expect(row).toContainText(/red/);
  await expect(row).toContainText(/no VRF|VRF.*not|without VRF/i);

  await row.getByRole('button', { name: 'Change sleep' }).click();
  const change = inspector.getByRole('form', { name: 'Change the command sleep' });
  await change.getByRole('combobox', { name: 'In VRF' }).selectOption('none');
  await change.getByRole('button', { name: 'Save command' }).click();
  await expect(row.getByText('running')).toBeVisible();
});

test('commands of a file run only after somebody has seen them in full and agreed', async ({
  page,
  openLab,
  kernel,
}) => {
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const editor = await openLab({ file: foreign });
  const banner = page.getByRole('region', { name: 'Commands that wait for consent' });
  await expect(banner).toContainText("sh -c 'while :; do echo beat; sleep 0.2; done'");
  await expect(banner).toContainText("sleep '<img src=x onerror=alert(1)>' $'a\\u202eb'");
  const running = () => kernel().run('ip', 'netns', 'pids', 'h1').stdout.trim();
  expect(running()).toBe('');

  expect(await barriers(page)).toEqual([]);
  await banner.getByRole('button', { name: 'Not now' }).click();
  await expect(banner).toHaveCount(0);
  await editor.node('h1').click();
  const row = editor.inspector.getByRole('listitem').filter({ hasText: 'beat' }).first();
  await expect(row.getByText('waits for consent')).toBeVisible();
  await expect(row.getByRole('button', { name: 'Start beat' })).toBeDisabled();
  expect(running()).toBe('');

  await page.reload();
  await banner.getByRole('button', { name: 'Allow all 2' }).click();
  await expect(banner).toHaveCount(0);
  await editor.node('h1').click();
  await expect(row.getByText('running')).toBeVisible();
  await expect.poll(running).not.toBe('');
  await page.reload();
  await editor.isRunning();
  await expect(banner).toHaveCount(0);
  expect(dialogs).toEqual([]);
});

test('every process of a node is listed, can be searched, and is ended after a question', async ({
  page,
  openLab,
  kernel,
}) => {
  const editor = await openLab({ example: 'two-hosts' });
  const [name = ''] = await editor.nodeNames();
  const typed = (seconds: number) =>
    kernel().run('sh', '-c', `nsenter --net=/run/netns/${name} sleep ${seconds} >/dev/null 2>&1 &`);
  typed(1234);
  typed(4321);
  await editor.node(name).click();
  await editor.inspector.getByRole('tab', { name: 'Live' }).click();
  const list = editor.inspector.getByRole('list', { name: `Processes of ${name}` });
  await expect(list.getByRole('listitem')).toHaveCount(2);
  expect(await barriers(page)).toEqual([]);
  await editor.inspector.getByRole('textbox', { name: 'Search processes' }).fill('sleep 1234');
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await list.getByRole('button', { name: /^End process/ }).click();
  const dialog = page.getByRole('dialog', { name: /^End process/ });
  await expect(dialog).toContainText('sleep 1234');
  await dialog.getByRole('button', { name: 'Ask it to end (SIGTERM)' }).click();
  await expect(list.getByRole('listitem')).toHaveCount(0);
  await editor.inspector.getByRole('textbox', { name: 'Search processes' }).fill('');
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await expect(list).toContainText('sleep 4321');
  await editor.inspector.getByRole('tab', { name: 'Configure' }).click();
});
