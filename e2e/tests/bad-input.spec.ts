import type { Locator } from '@playwright/test';
import type { Editor } from '../fixtures/editor.js';
import type { LabKernel } from '../fixtures/kernel.js';
import { expect, test } from '../fixtures/shared.js';

/** What is typed, and a part of the answer that must be read at the field. */
type Row = readonly [text: string, why: RegExp];

const nodeNames: readonly Row[] = [
  ['../x', /contains "\/"/],
  ['..', /begins with "\."/],
  ['a b', /contains " "/],
  ['a'.repeat(33), /33 characters.*at most 32/],
  ['__proto__', /meaning of its own/],
  ['constructor', /meaning of its own/],
  ['$(id)', /contains "\$"/],
];

const interfaceNames: readonly Row[] = [
  ['abcdefghijklmnop', /16 characters.*at most 15/],
  ['br%d', /"%", which the kernel replaces/],
  ['all', /used by the kernel/],
  ['default', /used by the kernel/],
  ['lo', /used by the kernel/],
  ['-h', /begins with "-"/],
  ['$(id)', /contains "\$"/],
  ['a"b', /contains/],
];

const addresses: readonly Row[] = [
  ['010.0.0.9/24', /leading zero/],
  ['10.1/24', /of four numbers/],
  ['0x0a.1.1.1/8', /hexadecimal/],
  ['1.2.3.4/33', /32/],
  ['1.2.3.4', /prefix length/],
  ['fe80::1%eth0/64', /zone/],
  ['10.0.0.0/24', /10\.0\.0\.1.*10\.0\.0\.254/],
  ['10.0.0.255/24', /10\.0\.0\.1.*10\.0\.0\.254/],
  ['224.0.0.1/24', /multicast/],
  ['0.0.0.0/0', /./],
  ['127.0.0.1/8', /loopback/],
];

const mtus: readonly Row[] = [
  ['67', /68 to 65535/],
  ['65536', /68 to 65535/],
  ['1e3', /whole number/],
];

const macs: readonly Row[] = [
  ['02:00:00:00:00:0g', /hexadecimal/],
  ['01:00:5e:00:00:01', /group bit/],
];

/** Everything the kernel has of a lab, as iproute2 tells it. */
const everything = (kernel: LabKernel) =>
  kernel.namespaces().map((name) => ({
    name,
    interfaces: kernel.interfaces(name).map(({ ifname, flags }) => ({ ifname, flags })),
    addresses: kernel.interfaces(name).map(({ ifname }) => kernel.addresses(name, ifname)),
    links: kernel.run('ip', '-o', '-n', name, 'link', 'show').stdout,
  }));

/** Types each text, and reads the answer at the field: the reason, the text as it was typed, and a mending at hand. */
async function refusesAll(editor: Editor, field: Locator, rows: readonly Row[]): Promise<void> {
  const before = await field.inputValue();
  for (const [text, why] of rows) {
    await field.fill(text);
    await field.press('Enter');
    await expect(field, text).toHaveAttribute('aria-invalid', 'true');
    await expect(field, text).toHaveAccessibleDescription(why);
    await field.press('Tab');
    await expect(field, text).toHaveValue(text);
    await expect(editor.inspector.getByRole('button', { name: /^Use / }), text).toHaveCount(1);
    await field.press('Escape');
    await expect(field, text).toHaveValue(before);
    await expect(field, text).not.toHaveAttribute('aria-invalid');
  }
}

/** Types a bad text, and takes the value that is offered for it. */
async function takesFix(editor: Editor, field: Locator, text: string, fix: string): Promise<void> {
  await field.fill(text);
  await editor.inspector.getByRole('button', { name: `Use ${fix}`, exact: true }).click();
}

test('a person types what cannot be: the field says why, keeps the text and offers a value that works; the kernel stays as it is', async ({
  openLab,
  kernel,
}) => {
  const editor = await openLab({ example: 'two-hosts' });
  await editor.node('ns1').click();
  const field = (name: string) => editor.inspector.getByRole('textbox', { name, exact: true });
  await editor.inspector.getByText('MTU and MAC').click();
  const before = everything(kernel());

  await test.step('names of nodes', () => refusesAll(editor, field('Name'), nodeNames));
  await test.step('names of interfaces', () => refusesAll(editor, field('Name of veth-ns1'), interfaceNames));
  await test.step('addresses', () => refusesAll(editor, field('New address of veth-ns1'), addresses));
  await test.step('MTU', () => refusesAll(editor, field('MTU of veth-ns1'), mtus));
  await test.step('MAC', () => refusesAll(editor, field('MAC of veth-ns1'), macs));
  expect(everything(kernel())).toEqual(before);

  await test.step('the value that is offered works, in the kernel too', async () => {
    await takesFix(editor, field('MTU of veth-ns1'), '67', '68');
    await takesFix(editor, field('MAC of veth-ns1'), '01:00:5e:00:00:01', '00:00:5e:00:00:01');
    await takesFix(editor, field('New address of veth-ns1'), '010.0.0.9/24', '10.0.0.9/24');
    await takesFix(editor, field('Name of veth-ns1'), 'all', 'all0');
    await takesFix(editor, field('Name'), 'a b', 'a-b');
    await expect(editor.node('a-b')).toBeVisible();
    await expect.poll(() => kernel().namespaces()).toEqual(['a-b', 'ns2']);
    await expect.poll(() => kernel().addresses('a-b', 'all0')).toEqual(['192.168.1.1/24', '10.0.0.9/24']);
    expect(kernel().interfaceOf('a-b', 'all0')).toMatchObject({ mtu: 68, address: '00:00:5e:00:00:01' });
  });
});

test('a person types what only the whole lab can refuse: the field says what is in the way', async ({
  openLab,
  kernel,
}) => {
  const editor = await openLab({ example: 'dual-stack' });
  await editor.node('h1').click();
  const field = (name: string) => editor.inspector.getByRole('textbox', { name, exact: true });
  const before = everything(kernel());

  await test.step('a name that another node has', async () => {
    await field('Name').fill('h2');
    await field('Name').press('Enter');
    await expect(field('Name')).toHaveAccessibleDescription(/h2/);
    await expect(field('Name')).toHaveAttribute('aria-invalid', 'true');
    await expect(field('Name')).toHaveValue('h2');
    await field('Name').press('Escape');
  });

  await test.step('an MTU that IPv6 cannot use', async () => {
    await editor.inspector.getByText('MTU and MAC').click();
    await field('MTU of eth0').fill('1279');
    await field('MTU of eth0').press('Enter');
    await expect(field('MTU of eth0')).toHaveAccessibleDescription(/1280/);
    await expect(field('MTU of eth0')).toHaveValue('1279');
    await field('MTU of eth0').press('Escape');
  });

  await test.step('the name of another interface', async () => {
    await editor.node('r1').click();
    await field('Name of eth0').fill('eth1');
    await field('Name of eth0').press('Enter');
    await expect(field('Name of eth0')).toHaveAccessibleDescription(/eth1/);
    await expect(field('Name of eth0')).toHaveValue('eth1');
    await field('Name of eth0').press('Escape');
    await editor.node('h1').click();
  });

  await test.step('a route by a gateway that no subnet reaches', async () => {
    await field('New route to').fill('10.50.0.0/16');
    await field('New route via').fill('10.99.0.1');
    await field('New route via').press('Enter');
    const row = editor.inspector.getByRole('group', { name: 'New route' });
    await expect(row).toContainText(/10\.0\.1\.0\/24/);
    await expect(field('New route via')).toHaveValue('10.99.0.1');
    await field('New route via').press('Escape');
  });
  expect(everything(kernel())).toEqual(before);
});

test('a person names a node on the canvas: a name that cannot be is told there, with one that can', async ({
  page,
  openLab,
  kernel,
}) => {
  const editor = await openLab({ example: 'two-hosts' });
  await editor.node('ns1').click();
  await page.keyboard.press('F2');
  const field = page.getByRole('textbox', { name: 'Name of ns1', exact: true });
  await field.fill('../x');
  await field.press('Enter');
  await expect(field).toHaveAccessibleDescription(/contains "\/"/);
  await expect(field).toHaveValue('../x');
  expect(kernel().namespaces()).toEqual(['ns1', 'ns2']);
  await editor.canvas.getByRole('button', { name: 'Use x', exact: true }).click();
  await expect(field).toHaveValue('x');
  await field.press('Enter');
  await expect.poll(() => kernel().namespaces()).toEqual(['ns2', 'x']);
});

test('a person asks for a ping to what is no address: the form says why and keeps the text', async ({
  openLab,
  kernel,
}) => {
  const editor = await openLab({ example: 'two-hosts' });
  const before = everything(kernel());
  const form = editor.dock.getByLabel('to', { exact: true });
  for (const [text, why] of [
    ['010.0.0.9', /leading zero/],
    ['10.1', /of four numbers/],
    ['localhost', /not an IP address/],
    ['$(id)', /not an IP address/],
  ] as const) {
    await form.fill(text);
    await form.press('Enter');
    await expect(form, text).toHaveAttribute('aria-invalid', 'true');
    await expect(form, text).toHaveAccessibleDescription(why);
    await expect(form, text).toHaveValue(text);
  }
  await form.fill('010.0.0.9');
  await form.press('Enter');
  await editor.dock.getByRole('button', { name: 'Use 10.0.0.9' }).click();
  await form.press('Enter');
  // Nobody has this address, so that no line can be drawn to it: the panel tells of it.
  await expect(editor.dock.getByRole('row', { name: /^ns1 → 10\.0\.0\.9/ })).toContainText('No route from ns1');
  expect(everything(kernel())).toEqual(before);
});

test('a person wires a node to itself: nothing is made by the drag, and the list of targets does not have it', async ({
  page,
  openLab,
  kernel,
}) => {
  const editor = await openLab({ example: 'two-hosts' });
  const before = everything(kernel());
  await editor.wire('ns1', 'ns1');
  await expect(editor.canvas.getByRole('group', { name: /^link / })).toHaveCount(1);
  await editor.node('ns1').click();
  await page.keyboard.press('l');
  const targets = page.getByRole('listbox').getByRole('option');
  await expect(targets.filter({ hasText: 'ns2' })).toHaveCount(1);
  await expect(targets.filter({ hasText: 'ns1' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  expect(everything(kernel())).toEqual(before);
});

test('a person gives two hosts the same address: it is allowed, and both are told', async ({ openLab, kernel }) => {
  const editor = await openLab({ example: 'two-hosts' });
  await editor.node('ns2').click();
  const field = editor.inspector.getByRole('textbox', { name: 'New address of veth-ns2', exact: true });
  await field.fill('192.168.1.1/24');
  await field.press('Enter');
  await expect.poll(() => kernel().addresses('ns2', 'veth-ns2')).toEqual(['192.168.1.2/24', '192.168.1.1/24']);
  const problems = await editor.panel('Problems');
  const rows = problems.getByRole('listitem').filter({ hasText: 'The same address is on two interfaces.' });
  await expect(rows.filter({ hasText: 'ns1' })).not.toHaveCount(0);
  await expect(rows.filter({ hasText: 'ns2' })).not.toHaveCount(0);
});
