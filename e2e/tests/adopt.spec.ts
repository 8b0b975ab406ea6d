import type { Locator, Page } from '@playwright/test';
import type { Editor } from '../fixtures/editor.js';
import type { LabKernel } from '../fixtures/kernel.js';
import { expect, test } from '../fixtures/shared.js';
import { Terminals } from '../fixtures/terminals.js';

/** Drift is on the canvas in under a second. */
const withinASecond = { timeout: 1_000, intervals: [20] };

const differs = /differs from the document/;

const badge = (page: Page): Locator => page.getByRole('banner').getByRole('button', { name: /differences?$/ });

test('a default route that is deleted in a node is drift in under a second; revert brings the ping back, adopt takes it out of the lab', async ({
  page,
  openLab,
  kernel,
}) => {
  const editor = await openLab({ example: 'router' });
  const terminals = new Terminals(page);
  await editor.answers('ns1', '192.168.2.1');
  await editor.node('ns1').dblclick({ position: { x: 20, y: 20 } });
  await terminals.prompts('ns1');

  await test.step('seen', async () => {
    await terminals.type('ip route del default');
    await expect.poll(() => nameOf(editor.node('ns1')), withinASecond).toMatch(differs);
    await expect(editor.probe('ns1', '192.168.2.1')).toHaveAccessibleName(/failing/);
    await expect(badge(page)).toHaveText('1 difference');
  });

  await test.step('reverted', async () => {
    const drift = await openDrift(editor, page);
    const row = drift.getByRole('listitem').filter({ hasText: 'route default via 192.168.1.254 is gone' });
    await expect(row.getByRole('img', { name: 'missing' })).toBeVisible();
    await expect(row.getByRole('code')).toContainText('ip -n ns1 route replace default via 192.168.1.254');
    await row.getByRole('button', { name: /^Revert / }).click();
    await expect(editor.node('ns1')).not.toHaveAccessibleName(differs);
    await editor.answers('ns1', '192.168.2.1');
    await expect(badge(page)).toHaveCount(0);
    await expect(drift.getByText('Kernel and lab agree')).toBeVisible();
  });

  await test.step('and the second time adopted, from the inspector', async () => {
    expect(kernel().run('ip', '-n', 'ns1', 'route', 'del', 'default')).toMatchObject({ status: 0 });
    await expect(editor.node('ns1')).toHaveAccessibleName(differs);
    await editor.node('ns1').click();
    await expect(editor.inspector.getByRole('group', { name: 'Route default' })).toBeVisible();
    await editor.inspector.getByRole('button', { name: /^Adopt ns1.*route default/ }).click();
    await expect(editor.inspector.getByRole('group', { name: 'Route default' })).toHaveCount(0);
    await expect(editor.node('ns1')).not.toHaveAccessibleName(differs);
    expect(kernel().routes('ns1')).not.toContainEqual(expect.objectContaining({ dst: 'default' }));
  });

  await test.step('which undo takes back: it is a difference again, and revert is possible', async () => {
    await page.getByRole('banner').getByRole('button', { name: 'Undo' }).click();
    await expect(editor.node('ns1')).toHaveAccessibleName(differs);
    expect(kernel().routes('ns1')).not.toContainEqual(expect.objectContaining({ dst: 'default' }));
    await editor.inspector.getByRole('button', { name: /^Revert ns1.*route default/ }).click();
    await editor.answers('ns1', '192.168.2.1');
    expect(kernel().routes('ns1')).toContainEqual(expect.objectContaining({ dst: 'default' }));
  });
});

test('what no lab can say is shown in the drawing and in the panel with a word about it, and stays', async ({
  page,
  openLab,
  kernel,
}) => {
  const editor = await openLab({ example: 'router' });
  const terminals = new Terminals(page);
  await editor.node('ns-router').dblclick({ position: { x: 20, y: 20 } });
  await terminals.prompts('ns-router');
  await terminals.type('ip rule add fwmark 7 lookup 7');
  await expect(editor.node('ns-router')).toHaveAccessibleName(
    /with rule from all fwmark 0x7 lookup 7, which no lab can say/,
  );
  await expect(editor.node('ns-router')).toContainText('rule from all fwmark 0x7 lookup 7');
  await terminals.type('ip route add blackhole 10.0.0.0/8');
  await expect(editor.node('ns-router')).toContainText('2 in the kernel only');
  await test.step('sysctls and neighbours too, and they go from it when they are as before', async () => {
    await editor.node('ns-router').dblclick({ position: { x: 20, y: 20 } });
    await terminals.type(
      'sysctl -qw net.ipv4.icmp_echo_ignore_all=1; ip neigh add 192.168.1.9 lladdr 02:00:00:00:00:09 dev veth-router1',
    );
    await expect(editor.node('ns-router')).toContainText('4 in the kernel only');
    const list = editor.inspector.getByRole('region', { name: 'In the kernel only' }).getByRole('listitem');
    await expect(list.filter({ hasText: 'icmp_echo_ignore_all' })).toHaveText(
      'net.ipv4.icmp_echo_ignore_all = 1 Of the sysctls a lab holds those of forwarding.',
    );
    await expect(list.filter({ hasText: /neighbour 192\.168\.1\.9/ })).toBeVisible();
    await terminals.type('sysctl -qw net.ipv4.icmp_echo_ignore_all=0; ip neigh del 192.168.1.9 dev veth-router1');
    await expect(list).toHaveCount(2);
  });

  const told = (await editor.panel('Drift')).getByRole('region', { name: 'In the kernel only' });
  await expect(told.getByRole('listitem')).toHaveText([
    'ns-router · rule from all fwmark 0x7 lookup 7 A lab holds no rules of policy routing.',
    /^ns-router · route blackhole 10\.0\.0\.0\/8 A lab holds routes with a gateway/,
  ]);

  // Nothing is to be adopted, and no edit destroys it.
  await expect(badge(page)).toHaveCount(0);
  await editor.node('ns-router').click();
  await expect(editor.inspector.getByRole('region', { name: 'In the kernel only' })).toContainText('blackhole');
  await editor.inspector.getByRole('textbox', { name: 'Label' }).fill('Between');
  await page.keyboard.press('Enter');
  await expect(editor.node('ns-router')).toContainText('Between');
  expect(kernel().run('ip', '-n', 'ns-router', 'rule').stdout).toContain('fwmark 0x7 lookup 7');

  await test.step('deleting the node asks first: no undo would bring it back', async () => {
    await editor.node('ns-router').click();
    await page.keyboard.press('Delete');
    const question = page.getByRole('dialog', { name: 'Delete what only the kernel has, too?' });
    await expect(question.getByRole('listitem')).toHaveCount(2);
    await expect(question.getByRole('button', { name: 'Keep it' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(editor.node('ns-router')).toBeVisible();
    await editor.node('ns-router').click();
    await page.keyboard.press('Delete');
    await question.getByRole('button', { name: 'Delete' }).click();
    await expect(editor.node('ns-router')).toHaveCount(0);
  });
});

test('undo of an adoption makes it a ghost again, with all that is in it; redo adopts it again', async ({
  page,
  openLab,
  kernel,
}) => {
  const editor = await openLab({ example: 'two-hosts' });
  const ghost = editor.canvas.getByRole('group', { name: /^unmanaged namespace web,/ });
  const banner = page.getByRole('banner');
  typed(kernel(), 'ip netns add web', 'ip link add w0 netns web type veth peer name w1 netns ns1');
  await expect(ghost).toBeVisible();
  const inode = kernel().run('ip', 'netns', 'exec', 'web', 'readlink', '/proc/self/ns/net').stdout;
  await (await openDrift(editor, page)).getByRole('button', { name: 'Adopt all' }).click();
  await expect(editor.node('web')).toBeVisible();
  await expect(ghost).toHaveCount(0);

  await banner.getByRole('button', { name: 'Undo' }).click();
  await expect(ghost).toBeVisible();
  await expect(editor.node('web')).toHaveCount(0);
  expect(kernel().run('ip', '-n', 'web', 'link', 'show', 'w0')).toMatchObject({ status: 0 });

  await banner.getByRole('button', { name: 'Redo' }).click();
  await expect(editor.node('web')).toBeVisible();
  await expect(ghost).toHaveCount(0);
  await expect(badge(page)).toHaveCount(0);
  expect(kernel().run('ip', 'netns', 'exec', 'web', 'readlink', '/proc/self/ns/net').stdout).toBe(inode);
});

test('what is typed is drawn dashed, overlaps nothing, keeps its place, and becomes part of the lab where it stands', async ({
  page,
  openLab,
  kernel,
}) => {
  const editor = await openLab({ example: 'two-hosts' });
  const ghost = (name: string) =>
    editor.canvas.getByRole('group', { name: new RegExp(`^unmanaged namespace ${name},`) });
  const root = editor.canvas.getByRole('group', { name: /^root namespace of the lab/ });
  typed(kernel(), 'ip netns add web', 'ip netns add db', 'ip link add veth0 type veth peer name veth1');
  await expect(ghost('web')).toBeVisible();
  await expect(root).toHaveAccessibleName(/with veth\d – veth\d$/);
  await apart([editor.node('ns1'), editor.node('ns2'), ghost('web'), ghost('db'), root]);

  const place = await still(ghost('db'));
  typed(kernel(), 'ip link set veth0 netns web', 'ip link set veth1 netns ns1', 'ip netns add third');
  await expect(root).toHaveCount(0);
  const pair = editor.canvas.getByRole('group', { name: /^unmanaged veth pair/ });
  await expect(pair).toHaveAccessibleName(/web:veth0/);
  await expect(ghost('third')).toBeVisible();
  typed(kernel(), 'ip netns del third');
  await expect(ghost('third')).toHaveCount(0);
  expect(await still(ghost('db'))).toEqual(place);

  await test.step('by keyboard: the focus selects, the palette adopts', async () => {
    await ghost('web').focus();
    await page.keyboard.press('Enter');
    await expect(editor.inspector.getByText('Namespace, not in the lab')).toBeVisible();
    const where = await still(ghost('web'));
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('combobox', { name: 'Command palette' })).toBeFocused();
    await page.keyboard.type('Adopt into');
    await page.keyboard.press('Enter');
    await expect(editor.node('web')).toBeVisible();
    expect(await still(editor.node('web'))).toEqual(where);
    await expect(editor.inspector.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('web');
  });

  await test.step('removed, it is gone from the kernel as well', async () => {
    await ghost('db').click();
    await editor.inspector.getByRole('button', { name: 'Remove db' }).click();
    await expect(ghost('db')).toHaveCount(0);
    await expect.poll(() => kernel().namespaces()).toEqual(['ns1', 'ns2', 'web']);
  });
});

test('hostile names are plain text, say why they cannot be part of a lab, and can be removed', async ({
  page,
  openLab,
  kernel,
}) => {
  const editor = await openLab({ example: 'two-hosts' });
  // The last is as long as a name of the kernel may be: 15 bytes.
  const names = ['$(id)', 'a"b\'c', '\u001b[31mred', '🦊🦊', '__proto__', '-h', '🦊🦊🦊abc'];
  for (const name of names) makeNamespace(kernel(), name);
  const shown = ['$(id)', 'a"b\'c', '‹ESC›[31mred', '🦊🦊', '__proto__', '-h', '🦊🦊🦊abc'];
  for (const name of shown) {
    await expect(editor.canvas.getByText(name, { exact: true })).toBeAttached();
  }
  const drift = await openDrift(editor, page);
  for (const name of shown) {
    const row = drift.getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) });
    await expect(row.getByText(/^Cannot be adopted\. ./)).toBeVisible();
    await expect(row.getByRole('button', { name: /^Adopt/ })).toHaveCount(0);
    await row.getByRole('button', { name: /^Remove / }).click();
    await expect(row).toHaveCount(0);
  }
  await expect.poll(() => kernel().namespaces()).toEqual(['ns1', 'ns2']);

  await test.step('of a wire too', async () => {
    const [a, b] = ['"><i>\u001b$(id)', '🦊🦊🦊abc'];
    const made = kernel().run('ip', '-n', 'ns1', 'link', 'add', a, 'type', 'veth', 'peer', 'name', b, 'netns', 'ns2');
    expect(made).toMatchObject({ status: 0, stderr: '' });
    await expect(editor.canvas.getByRole('group', { name: /ns1:"><i>‹ESC›\$\(id\) – ns2:🦊🦊🦊abc/ })).toBeAttached();
    const row = drift.getByRole('listitem').filter({ hasText: '"><i>‹ESC›$(id)' });
    await expect(row).toContainText('🦊🦊🦊abc');
    await expect(row.getByText(/^Cannot be adopted\. ./)).toBeVisible();
    await row.getByRole('button', { name: /^Remove / }).click();
    await expect(row).toHaveCount(0);
    expect(kernel().run('ip', '-n', 'ns2', 'link', 'show', b).status).not.toBe(0);
  });
  await expect(page.locator('i')).toHaveCount(0);
  await editor.answers('ns1', '192.168.1.2');
});

test('adopt all and revert all; what no document has is asked about before it is lost', async ({
  page,
  openLab,
  kernel,
}) => {
  const editor = await openLab({ example: 'two-hosts' });
  typed(kernel(), 'ip netns add extra', 'ip -n ns1 link set veth-ns1 mtu 1400', 'ip link add br9 type bridge');
  const drift = await openDrift(editor, page);
  await expect(drift.getByRole('listitem')).toHaveCount(3);
  await expect(editor.link('ns1:veth-ns1', 'ns2:veth-ns2')).toHaveAccessibleName(differs);
  await drift.getByRole('button', { name: 'Adopt all' }).click();
  await expect(editor.node('extra')).toBeVisible();
  await expect(drift.getByRole('listitem')).toHaveCount(1);
  await expect(drift.getByText('the bridge br9 is not in the lab')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText(/cannot be part of the lab/);
  expect(kernel().interfaceOf('ns1', 'veth-ns1')?.mtu).toBe(1400);

  typed(kernel(), 'ip netns add lost');
  await expect(drift.getByRole('listitem')).toHaveCount(2);
  await drift.getByRole('button', { name: 'Revert all' }).click();
  const question = page.getByRole('dialog', { name: 'Remove what is not in the lab?' });
  await expect(question).toContainText('2 things');
  await question.getByRole('button', { name: 'Revert all' }).click();
  await expect(drift.getByText('Kernel and lab agree')).toBeVisible();
  expect(kernel().namespaces()).toEqual(['extra', 'ns1', 'ns2']);
});

/** Runs lines in the lab's root namespace, as a terminal does. */
function typed(kernel: LabKernel, ...lines: readonly string[]): void {
  for (const line of lines) expect(kernel.run('sh', '-c', line)).toMatchObject({ status: 0, stderr: '' });
}

/** `ip netns add` takes a name that begins with a dash for an option; a program of one's own does not. */
function makeNamespace(kernel: LabKernel, name: string): void {
  const script = 'touch "/run/netns/$1" && unshare --net="/run/netns/$1" true';
  expect(kernel.run('sh', '-c', script, 'sh', name)).toMatchObject({ status: 0, stderr: '' });
}

async function openDrift(editor: Editor, page: Page): Promise<Locator> {
  await badge(page).click();
  return editor.dock.getByRole('tabpanel', { name: /^Drift/ });
}

async function nameOf(locator: Locator): Promise<string> {
  return (await locator.getAttribute('aria-label')) ?? '';
}

/** Where it stands on the canvas, whatever the view does. */
function still(node: Locator): Promise<string> {
  return node.evaluate((element) => (element as HTMLElement).style.transform);
}

async function apart(nodes: readonly Locator[]): Promise<void> {
  const boxes = await Promise.all(nodes.map((node) => node.boundingBox()));
  for (const [index, a] of boxes.entries()) {
    for (const b of boxes.slice(index + 1)) {
      if (a === null || b === null) throw new Error('It is not on the screen.');
      const clear = a.x + a.width < b.x || b.x + b.width < a.x || a.y + a.height < b.y || b.y + b.height < a.y;
      expect(clear).toBe(true);
    }
  }
}
