import { AxeBuilder } from '@axe-core/playwright';
import type { Locator } from '@playwright/test';
import type { Editor } from '../fixtures/editor.js';
import type { LabKernel } from '../fixtures/kernel.js';
import { expect, test } from '../fixtures/shared.js';

/** An edit is in the kernel at once; the machine of the tests may be busy with much else. */
const soon = { timeout: 5_000, intervals: [50] };

function inside(
  kernel: LabKernel,
  node: string,
  ...command: [string, ...string[]]
): { status: number | null; stdout: string } {
  return kernel.run('nsenter', `--net=/run/netns/${node}`, ...command);
}

const pings = (kernel: LabKernel, from: string, to: string) => () =>
  inside(kernel, from, 'ping', '-c1', '-W1', to).status === 0;

async function configure(editor: Editor, node: string): Promise<Locator> {
  await editor.node(node).click();
  await editor.inspector.getByRole('tab', { name: 'Configure' }).click();
  return editor.inspector.getByRole('region', { name: /^Firewall/ });
}

test('a firewall made by mouse and keyboard holds back what it should, and counts', async ({
  openLab,
  kernel,
  page,
}) => {
  const editor = await openLab({ example: 'router' });
  const lab = kernel();
  const section = await configure(editor, 'ns-router');
  await expect(section.getByText('None: everything passes.')).toBeVisible();
  await section.getByRole('button', { name: 'Add firewall' }).click();
  const through = section.getByRole('group', { name: 'Through this node' });

  await test.step('the policy alone lets nothing through', async () => {
    await through.getByRole('radio', { name: 'Drop' }).click();
    await expect.poll(pings(lab, 'ns1', '192.168.2.1'), soon).toBe(false);
    await expect(editor.node('ns-router')).toHaveAccessibleName(/Firewall, 0 rules/);
  });

  await test.step('a mistake is told at its field, with a value that works', async () => {
    await through.getByRole('button', { name: 'Rule', exact: true }).click();
    const form = through.getByRole('form', { name: 'New rule' });
    await form.getByLabel('From').fill('192.168.1.9/24');
    await expect(form.getByText(/the network is 192\.168\.1\.0\/24/)).toBeVisible();
    await expect(form.getByRole('button', { name: 'Add rule' })).toBeDisabled();
    await form.getByRole('button', { name: 'Use 192.168.1.0/24' }).click();
    await form.getByLabel('Port').fill('80');
    await expect(form.getByText(/needs the protocol tcp or udp/)).toBeVisible();
    await form.getByLabel('Port').fill('');
    await form.getByLabel('Came in by').selectOption('veth-router1');
    await form.getByRole('button', { name: 'Add rule' }).click();
    await expect(through.getByRole('listitem')).toHaveAccessibleName(
      'Rule 1: Accept · from 192.168.1.0/24 · in veth-router1',
    );
  });

  await test.step('replies need a rule of their own', async () => {
    expect(pings(lab, 'ns1', '192.168.2.1')()).toBe(false);
    await through.getByRole('button', { name: 'Usual rules' }).click();
    await page.getByRole('menuitem', { name: 'Allow replies (established, related)' }).click();
    await expect.poll(pings(lab, 'ns1', '192.168.2.1'), soon).toBe(true);
    expect(pings(lab, 'ns2', '192.168.1.1')()).toBe(false);
  });

  await test.step('rules count beside themselves', async () => {
    await expect(through.getByRole('listitem').nth(1)).toContainText(/[1-9]\d* packets?/, { timeout: 5_000 });
  });

  await test.step('a rule is moved by keyboard and keeps the focus, and removed', async () => {
    const first = through.getByRole('listitem').first();
    await first.focus();
    await page.keyboard.press('Alt+ArrowDown');
    const moved = through.getByRole('listitem', { name: /^Rule 2: Accept · replies/ });
    await expect(moved).toBeFocused();
    expect(inside(lab, 'ns-router', 'nft', 'list', 'ruleset').stdout).toMatch(/iifname[\s\S]*ct state/);
    await page.keyboard.press('Delete');
    await expect(through.getByRole('listitem')).toHaveCount(1);
    await page.getByRole('banner').getByRole('button', { name: 'Undo' }).click();
    await expect(through.getByRole('listitem')).toHaveCount(2);
  });

  await test.step('and can be used by everybody', async () => {
    const { violations } = await new AxeBuilder({ page }).include('[data-chain]').analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });

  await test.step('the commands are nft, and the lines of iptables that mean the same', async () => {
    await editor.inspector.getByRole('tab', { name: 'Commands' }).click();
    await expect(editor.inspector.getByLabel('Commands of ns-router')).toContainText(
      'add rule inet vethlab forward iifname "veth-router1" ip saddr 192.168.1.0/24 counter accept',
    );
    await expect(editor.inspector.getByLabel('Lines of iptables for ns-router')).toContainText(
      'iptables -A FORWARD -i veth-router1 -s 192.168.1.0/24 -j ACCEPT',
    );
  });
});

test('masquerade is one switch, and the live tab shows what it translates', async ({ openLab, kernel }) => {
  const editor = await openLab({ example: 'router' });
  const lab = kernel();
  await configure(editor, 'ns-router');
  inside(lab, 'ns2', 'ip', 'route', 'del', 'default');
  expect(pings(lab, 'ns1', '192.168.2.1')()).toBe(false);
  await editor.inspector.getByRole('switch', { name: 'Masquerade what leaves by veth-router2' }).click();
  await expect.poll(pings(lab, 'ns1', '192.168.2.1'), soon).toBe(true);
  await editor.inspector.getByRole('tab', { name: 'Live' }).click();
  const region = editor.inspector.getByRole('region', { name: 'Connections and translations' });
  await region.getByRole('button', { name: /^Connections and translations/ }).click();
  pings(lab, 'ns1', '192.168.2.1')();
  await expect(region.getByText('192.168.1.1 seen as 192.168.2.254').first()).toBeVisible({ timeout: 5_000 });
});

test('a source address is typed at the interface that packets leave by, changed and taken away', async ({
  openLab,
  kernel,
}) => {
  const editor = await openLab({ example: 'router' });
  const lab = kernel();
  await configure(editor, 'ns-router');
  const rules = () => inside(lab, 'ns-router', 'nft', 'list', 'ruleset').stdout;
  const nat = editor.inspector.getByRole('group', { name: 'NAT of veth-router2' });
  const empty = nat.getByRole('textbox', { name: 'Source address of what leaves by veth-router2' });

  await empty.fill('192.168.2.300');
  await empty.press('Enter');
  await expect(empty).toHaveAttribute('aria-invalid', 'true');
  expect(rules()).toBe('');
  await empty.fill('192.168.2.77');
  await empty.press('Enter');
  await expect.poll(rules, soon).toMatch(/oifname "veth-router2" .*snat ip to 192\.168\.2\.77/);

  const given = nat.getByRole('textbox', { name: 'Source address for everything that leaves by veth-router2' });
  await expect(given).toHaveValue('192.168.2.77');
  await given.fill('192.168.2.78');
  await given.press('Enter');
  await expect.poll(rules, soon).toContain('snat ip to 192.168.2.78');
  expect(rules()).not.toContain('192.168.2.77');

  await nat.getByRole('button', { name: 'Remove the source address 192.168.2.78' }).click();
  await expect(empty).toHaveValue('');
  await expect.poll(rules, soon).toBe('');
});

test('a port is forwarded by a form', async ({ openLab, kernel }) => {
  const editor = await openLab({ example: 'router' });
  await configure(editor, 'ns-router');
  await editor.inspector.getByRole('button', { name: 'Forward a port' }).click();
  const form = editor.inspector.getByRole('form', { name: 'New port forward' });
  await form.getByRole('button', { name: 'Add forward' }).click();
  await expect(form.getByText(/Which port of this node/)).toBeVisible();
  await form.getByLabel('Arriving at').selectOption('veth-router2');
  await form.getByLabel('Port here').fill('8080');
  await form.getByLabel('Goes to').fill('192.168.1.1');
  await form.getByLabel('Port there').fill('80');
  await form.getByRole('button', { name: 'Add forward' }).click();
  await expect(editor.inspector.getByRole('list', { name: 'Port forwards' })).toContainText(
    'TCP port 8080 at veth-router2 → 192.168.1.1 port 80',
  );
  expect(inside(kernel(), 'ns-router', 'nft', 'list', 'ruleset').stdout).toContain('dnat ip to 192.168.1.1:80');
});

test('rules typed with iptables and nft become part of a lab that follows', async ({ openLab, kernel, page }) => {
  const editor = await openLab({ example: 'router' });
  const lab = kernel();
  const follow = page.getByRole('switch', { name: 'Follow what is typed' });
  await follow.click();
  await expect(follow).toBeChecked();
  const section = await configure(editor, 'ns-router');
  const masquerade = ['iptables', '-t', 'nat', '-A', 'POSTROUTING', '-o', 'veth-router2', '-j', 'MASQUERADE'] as const;
  expect(inside(lab, 'ns-router', ...masquerade).status).toBe(0);
  await expect(editor.inspector.getByRole('switch', { name: 'Masquerade what leaves by veth-router2' })).toBeChecked({
    timeout: 5_000,
  });
  inside(lab, 'ns-router', 'nft', 'add table inet mine');
  inside(lab, 'ns-router', 'nft', 'add chain inet mine c { type filter hook forward priority 0 ; policy drop ; }');
  inside(lab, 'ns-router', 'nft', 'add rule inet mine c iifname "veth-router1" accept');
  const through = section.getByRole('group', { name: 'Through this node' });
  await expect(through.getByRole('listitem', { name: 'Rule 1: Accept · in veth-router1' })).toBeVisible({
    timeout: 5_000,
  });
  await expect(through.getByRole('radio', { name: 'Drop' })).toBeChecked();
  await expect(editor.node('ns-router')).not.toHaveAccessibleName(/differs/);
  // An edit puts all of it into the table of the lab.
  await through.getByRole('button', { name: 'Remove rule 1' }).click();
  await expect
    .poll(() => inside(lab, 'ns-router', 'nft', 'list', 'tables').stdout.trim(), soon)
    .toBe('table inet vethlab');
});
