import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import type { Editor } from '../fixtures/editor.js';
import type { LabKernel } from '../fixtures/kernel.js';
import { expect, test } from '../fixtures/shared.js';
import { Terminals } from '../fixtures/terminals.js';

/** An edit is in the kernel at once; the machine of the tests may be busy with much else. */
const soon = { timeout: 5_000, intervals: [50] };

function inside(kernel: LabKernel, node: string, ...command: [string, ...string[]]) {
  return kernel.run('nsenter', `--net=/run/netns/${node}`, ...command);
}

const details = (kernel: LabKernel, node: string, ifname: string) => (): string =>
  inside(kernel, node, 'ip', '-d', 'link', 'show', ifname).stdout;

async function configure(editor: Editor, node: string): Promise<Locator> {
  await editor.node(node).click();
  await editor.inspector.getByRole('tab', { name: 'Configure' }).click();
  return editor.inspector.getByRole('region', { name: /^Interfaces/ });
}

/** Of the button that has the focus. Letters choose once the first item has it. */
async function openMenu(page: Page): Promise<void> {
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
}

async function addOfKind(section: Locator, page: Page, kind: string): Promise<Locator> {
  await section.getByRole('button', { name: 'Add interface' }).click();
  await page.getByRole('menuitem', { name: new RegExp(`^${kind}`) }).click();
  return section.getByRole('form', { name: `New ${kind}` });
}

test('a VXLAN made by two forms carries pings, and is seen between its nodes', async ({ openLab, kernel, page }) => {
  const editor = await openLab({ example: 'two-hosts' });
  const lab = kernel();
  const ends = [
    ['ns1', '192.168.1.2', '10.42.0.1/24'],
    ['ns2', '192.168.1.1', '10.42.0.2/24'],
  ] as const;
  for (const [node, remote, address] of ends) {
    const section = await configure(editor, node);
    const form = await addOfKind(section, page, 'VXLAN');

    await test.step(`mistakes are told at their fields, of ${node}`, async () => {
      await expect(form.getByLabel('VXLAN id')).toBeFocused();
      await form.getByLabel('VXLAN id').fill('16777216');
      await form.getByLabel('To (the other end)').fill('10.0.0');
      await expect(form.getByText(/not a whole number from 1 to 16777215/)).toBeVisible();
      await form.getByRole('button', { name: 'Use 16777215' }).click();
      await form.getByRole('button', { name: 'Add VXLAN' }).click();
      await expect(form.getByLabel('To (the other end)')).toHaveAttribute('aria-invalid', 'true');
    });

    await form.getByLabel('VXLAN id').fill('42');
    await form.getByLabel('To (the other end)').fill(remote);
    await form.getByLabel('To (the other end)').press('Enter');
    await expect(form).toBeHidden();
    const card = section.getByRole('group', { name: 'Interface vx0' });
    await card.getByLabel('New address of vx0').fill(address);
    await card.getByLabel('New address of vx0').press('Enter');
    await expect.poll(details(lab, node, 'vx0'), soon).toContain(`vxlan id 42 remote ${remote}`);
  }
  await expect.poll(() => inside(lab, 'ns1', 'ping', '-c1', '-W1', '10.42.0.2').status, soon).toBe(0);
  await expect(
    editor.canvas.getByRole('img', { name: 'tunnel VXLAN 42 between ns1:vx0 and ns2:vx0, up' }),
  ).toBeVisible();
  await expect(editor.node('ns1')).toHaveAccessibleName(/vx0 VXLAN 42, 192\.168\.1\.1 → 192\.168\.1\.2/);

  await test.step('what leaves a tunnel can be slowed down by itself, and again not', async () => {
    const section = await configure(editor, 'ns1');
    const card = section.getByRole('group', { name: 'Interface vx0' });
    await card.getByText('On the way').click();
    const rate = card.getByRole('textbox', { name: 'Rate of what leaves ns1:vx0' });
    const qdiscOf = (ifname: string) => inside(lab, 'ns1', 'tc', 'qdisc', 'show', 'dev', ifname, 'root').stdout;
    await rate.fill('0mbit');
    await rate.press('Enter');
    await expect(rate).toHaveAttribute('aria-invalid', 'true');
    await rate.fill('10mbit');
    await rate.press('Enter');
    await expect.poll(() => qdiscOf('vx0'), soon).toContain('tbf');
    expect(qdiscOf('vx0')).toContain('rate 10Mbit');
    expect(qdiscOf('veth-ns1')).not.toContain('tbf');
    await rate.fill('');
    await rate.press('Enter');
    await expect.poll(() => qdiscOf('vx0'), soon).not.toContain('tbf');
  });

  await test.step('a setting that the kernel cannot change in place is changed all the same', async () => {
    const section = await configure(editor, 'ns2');
    const card = section.getByRole('group', { name: 'Interface vx0' });
    await expect(card.getByText('VXLAN 42, 192.168.1.2 → 192.168.1.1')).toBeVisible();
    await card.getByRole('button', { name: 'Settings of vx0' }).click();
    const form = card.getByRole('form', { name: 'Settings of vx0' });
    await form.getByLabel('VXLAN id').fill('43');
    await form.getByRole('button', { name: 'Save' }).click();
    await expect.poll(details(lab, 'ns2', 'vx0'), soon).toContain('vxlan id 43');
    await expect(editor.canvas.getByRole('img', { name: /^tunnel/ })).toHaveCount(0);
    await expect(card.getByRole('button', { name: 'Settings of vx0' })).toBeFocused();
  });
});

test('an interface of any kind is added by keyboard; what the kernel lacks is grey, with the reason', async ({
  openLab,
  kernel,
  page,
}) => {
  const editor = await openLab({ example: 'two-hosts' });
  const lab = kernel();
  const section = await configure(editor, 'ns1');
  const add = section.getByRole('button', { name: 'Add interface' });
  const { keyboard } = page;

  await test.step('a macvlan by arrow keys and Enter', async () => {
    await add.focus();
    await openMenu(page);
    await keyboard.type('macvlan');
    await expect(page.getByRole('menuitem', { name: /^macvlan/ })).toBeFocused();
    await keyboard.press('Enter');
    const form = section.getByRole('form', { name: 'New macvlan' });
    await expect(form.getByLabel('On', { exact: true })).toBeFocused();
    await expect(form.getByLabel('On', { exact: true })).toHaveValue('veth-ns1');
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await keyboard.type('second');
    await keyboard.press('Enter');
    await expect(add).toBeFocused();
    await expect.poll(details(lab, 'ns1', 'second'), soon).toMatch(/second@veth-ns1[\s\S]*macvlan mode bridge/);
  });

  await test.step('Escape leaves the form and the lab as they were', async () => {
    await openMenu(page);
    await keyboard.type('VXLAN');
    await expect(page.getByRole('menuitem', { name: /^VXLAN/ })).toBeFocused();
    await keyboard.press('Enter');
    await expect(section.getByRole('form', { name: 'New VXLAN' })).toBeVisible();
    await keyboard.press('Escape');
    await expect(section.getByRole('form')).toHaveCount(0);
    await expect(add).toBeFocused();
  });

  await test.step('every kind is there or says why not', async () => {
    await openMenu(page);
    for (const [word, ...words] of [
      ['VLAN', 'link', 'veth-ns2', 'name', 'try', 'type', 'vlan', 'id', '10'],
      ['dummy', 'name', 'try', 'type', 'dummy'],
      ['bond', 'name', 'try', 'type', 'bond'],
    ] as const) {
      const works = inside(lab, 'ns2', 'ip', 'link', 'add', ...words).status === 0;
      if (works) inside(lab, 'ns2', 'ip', 'link', 'del', 'try');
      const item = page.getByRole('menuitem', { name: new RegExp(`^${word}`) });
      if (works) await expect(item).not.toHaveAttribute('aria-disabled');
      else await expect(item).toHaveAttribute('aria-disabled', 'true');
      if (!works) await expect(item).toContainText('kernel');
    }
    await expect(page.getByRole('menuitem', { name: /^VXLAN/ })).not.toHaveAttribute('aria-disabled');
    const { violations } = await new AxeBuilder({ page }).include('[role="menu"]').analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
  });
});

test('the example of a VXLAN shows its tunnel, its dots, and a ping that is blocked as expected', async ({
  openLab,
}) => {
  const editor = await openLab({ example: 'vxlan' });
  await expect(
    editor.canvas.getByRole('img', { name: /^tunnel VXLAN 42 between h1:vx0 and h2:vx0, up/ }),
  ).toBeVisible();
  await expect(editor.node('h1').getByTitle(/^mac0, macvlan on vx0, bridge, up/)).toBeVisible();
  await editor.answers('h1', '192.168.42.2');
  await expect(editor.probe('r1', '192.168.42.2')).toHaveAccessibleName(/blocked as expected/, { timeout: 5_000 });
  const pings = await editor.panel('Pings');
  await expect(pings.getByRole('row', { name: /r1 → 192\.168\.42\.2/ })).toContainText('Blocked as expected');

  await pings.getByRole('button', { name: 'h1 → 192.168.42.2' }).click();
  await editor.inspector.getByRole('switch', { name: 'Must have no answer' }).click();
  await expect(editor.probe('h1', '192.168.42.2')).toHaveAccessibleName(/failing, answers, and must not/);
});

test('VRFs are regions of their node, with interfaces and routes of their own', async ({ openLab, page, kernel }) => {
  const editor = await openLab({ example: 'vrf' });
  await expect(editor.node('isp')).toHaveAccessibleName(/VRF red of eth0 and eth1; VRF blue of eth2 and eth3/);
  await expect(editor.node('isp').getByTitle(/^VRF red, table 100/)).toBeVisible();
  await configure(editor, 'isp');
  const section = editor.inspector.getByRole('region', { name: /^VRFs/ });
  const red = section.getByRole('group', { name: 'VRF red' });
  const hasVrf = kernel().run('unshare', '--net', 'ip', 'link', 'add', 'v', 'type', 'vrf', 'table', '9').status === 0;

  await test.step('an interface leaves a VRF, and comes back', async () => {
    await red.getByRole('checkbox', { name: 'eth1' }).uncheck();
    await expect(editor.node('isp')).toHaveAccessibleName(/VRF red of eth0; VRF blue/);
    await red.getByRole('checkbox', { name: 'eth1' }).check();
    await expect(editor.node('isp')).toHaveAccessibleName(/VRF red of eth0 and eth1; VRF blue/);
  });

  await test.step('a table that cannot be is refused with one that can', async () => {
    await red.getByLabel('Table').fill('254');
    await expect(red.getByText(/kernel's own table "main"/)).toBeVisible();
    await red.getByLabel('Table').fill('200');
    await red.getByLabel('Table').press('Enter');
    await expect(red.getByText(/Table 200 is that of/)).toBeVisible();
    await red.getByLabel('Table').press('Escape');
    await expect(red.getByLabel('Table')).toHaveValue('100');
  });

  await test.step('a route of one VRF', async () => {
    const row = red.getByRole('group', { name: 'New route in red' });
    await row.getByLabel('New route in red to').fill('10.8.0.0/16');
    await row.getByLabel('New route in red via').fill('10.1.0.1');
    await row.getByLabel('New route in red via').press('Enter');
    await expect(red.getByRole('group', { name: 'Route 10.8.0.0/16 in red' })).toBeVisible();
  });

  await test.step('a terminal in it, or why there is none', async () => {
    const button = red.getByRole('button', { name: 'Terminal in red' });
    const terminals = new Terminals(page);
    if (hasVrf) {
      await button.click();
      await expect(terminals.tab('isp/red')).toBeVisible();
    } else {
      await expect(button).toHaveAttribute('aria-disabled', 'true');
      await expect(button).toHaveAttribute('title', /VRF.*modprobe vrf/);
      // It can be reached, so that its reason is read, and does nothing.
      await button.focus();
      await page.keyboard.press('Enter');
      await expect(button).toBeFocused();
    }
  });

  await test.step('renamed, and its ping with it', async () => {
    await red.getByLabel('Name').fill('crimson');
    await red.getByLabel('Name').press('Enter');
    await expect(editor.node('isp')).toHaveAccessibleName(/VRF crimson of eth0 and eth1/);
    const pings = await editor.panel('Pings');
    await expect(pings.getByRole('button', { name: 'isp → 10.2.0.2 in crimson' })).toBeVisible();
    // Also not a moment later.
    if (!hasVrf) await expect(new Terminals(page).tabs).toHaveCount(0);
  });

  await test.step('and can be used by everybody', async () => {
    const { violations } = await new AxeBuilder({ page }).include('[role="complementary"], aside').analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });

  await test.step('removed: its interfaces are in the main table', async () => {
    await section.getByRole('button', { name: 'Remove the VRF crimson' }).click();
    await expect(section.getByRole('group', { name: 'VRF crimson' })).toHaveCount(0);
    await page.getByRole('banner').getByRole('button', { name: 'Undo' }).click();
    await expect(section.getByRole('group', { name: 'VRF crimson' })).toBeVisible();
  });
});
