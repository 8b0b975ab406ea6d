import type { Locator } from '@playwright/test';
import { barriers, themesOfAPart } from '../fixtures/barriers.js';
import type { Editor } from '../fixtures/editor.js';
import type { LabKernel } from '../fixtures/kernel.js';
import { expect, test } from '../fixtures/shared.js';

/** What the product promises for a change that somebody types; the machine of the tests may be busy with much else. */
const soon = { timeout: 5_000 };

/** Types a command into a namespace, as a person does in a terminal. */
function type(kernel: LabKernel, node: string, ...command: [string, ...string[]]): string {
  const { status, stdout, stderr } = kernel.run('nsenter', `--net=/run/netns/${node}`, ...command);
  if (status !== 0) throw new Error(`${command.join(' ')}: ${stderr}`);
  return stdout;
}

async function openLive(editor: Editor, node: string): Promise<void> {
  await editor.node(node).click();
  await editor.inspector.getByRole('tab', { name: 'Live' }).click();
}

function section(editor: Editor, title: string): Locator {
  return editor.inspector.getByRole('region', { name: title, exact: true });
}

async function unfold(editor: Editor, title: string): Promise<Locator> {
  const button = section(editor, title).getByRole('button', { name: new RegExp(`^${title.replace(/[()]/g, '\\$&')}`) });
  if ((await button.getAttribute('aria-expanded')) === 'false') await button.click();
  return section(editor, title);
}

/** How many messages of live readings, and of pings beside them, came over the stream from now on. */
function countLive(editor: Editor): { count: number; pings: number } {
  const counter = { count: 0, pings: 0 };
  editor.page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      if (String(payload).startsWith('{"type":"live"')) counter.count += 1;
      if (String(payload).includes('"type":"probes"')) counter.pings += 1;
    }),
  );
  return counter;
}

test('a neighbour appears after a ping, and its state with it', async ({ openLab, kernel }) => {
  const editor = await openLab({ example: 'two-hosts' });
  const lab = kernel();
  const [node = '', other = ''] = lab.namespaces();
  const address =
    lab.addresses(other, lab.interfaces(other).find(({ ifname }) => ifname !== 'lo')?.ifname ?? '')[0]?.split('/')[0] ??
    '';
  type(lab, node, 'ip', 'neigh', 'flush', 'all');
  await openLive(editor, node);
  const neighbours = section(editor, 'Neighbours');
  await expect(neighbours.getByText(address, { exact: true })).toBeHidden();
  type(lab, node, 'ping', '-c1', '-W2', address);
  const row = neighbours.getByRole('row', { name: new RegExp(address.replaceAll('.', '\\.')) });
  await expect(row).toBeVisible(soon);
  await expect(row).toContainText(/reachable|delay|stale|probe/);
  const [entry] = JSON.parse(type(lab, node, 'ip', '-j', 'neigh', 'show', address)) as { lladdr: string }[];
  await expect(row).toContainText(entry?.lladdr ?? 'no entry');
});

test('the counter of a typed nft rule rises, and what nft made is told in its words', async ({ openLab, kernel }) => {
  const editor = await openLab({ example: 'router' });
  const lab = kernel();
  await openLive(editor, 'ns-router');
  const firewall = await unfold(editor, 'Firewall and NAT');
  await expect(firewall.getByText('No rules: everything passes.')).toBeVisible();
  type(lab, 'ns-router', 'nft', 'add table inet mine');
  type(
    lab,
    'ns-router',
    'nft',
    'add chain inet mine forward { type filter hook forward priority filter ; policy accept ; }',
  );
  type(
    lab,
    'ns-router',
    'nft',
    'add rule inet mine forward ip daddr 192.168.2.1 icmp type echo-request counter comment "<b>hi</b>"',
  );
  const rule = firewall.getByRole('row', { name: /ip daddr 192\.168\.2\.1/ });
  await expect(rule).toContainText('“<b>hi</b>”');
  await expect(firewall).toContainText('filter forward, priority 0, policy accept');
  const packets = async () =>
    rule
      .getByRole('cell')
      .last()
      .evaluate((cell) => Number(cell.querySelector('span')?.firstChild?.textContent));
  const before = await packets();
  type(lab, 'ns1', 'ping', '-c5', '-i0.2', '192.168.2.1');
  await expect.poll(packets).toBeGreaterThanOrEqual(before + 5);
});

test('a typed sysctl shows, with what it does and what new namespaces have', async ({ openLab, kernel }) => {
  const editor = await openLab({ example: 'router' });
  await openLive(editor, 'ns1');
  const settings = await unfold(editor, 'Settings (sysctl)');
  const row = settings.getByRole('row', { name: /arp_announce/ }).first();
  await expect(row).toContainText('Which own address stands in ARP questions');
  type(kernel(), 'ns1', 'sysctl', '-qw', 'net.ipv4.conf.all.arp_announce=2');
  await expect(row).toContainText('the best for the target', soon);
  await expect(row).toContainText('0 (any) in new namespaces');
});

test('routes of all tables, rules and listening sockets are told as they are typed', async ({ openLab, kernel }) => {
  const editor = await openLab({ example: 'router' });
  const lab = kernel();
  await openLive(editor, 'ns1');
  type(lab, 'ns1', 'ip', 'route', 'add', '10.66.0.0/16', 'via', '192.168.1.254', 'table', '100');
  type(lab, 'ns1', 'ip', 'rule', 'add', 'from', '10.0.0.0/8', 'lookup', '100', 'pref', '700');
  const routes = section(editor, 'Routes');
  await expect(routes.getByRole('row', { name: /10\.66\.0\.0\/16/ })).toContainText('via 192.168.1.254');
  await expect(routes.getByRole('rowheader', { name: 'IPv4, table 100' })).toBeVisible();
  await expect(routes.getByRole('rowheader', { name: 'IPv4, table local' })).toBeHidden();
  await routes.getByRole('button', { name: /Show \d+ of the kernel/ }).click();
  await expect(routes.getByRole('rowheader', { name: 'IPv4, table local' })).toBeVisible();
  const rules = await unfold(editor, 'Rules of routing');
  await expect(rules.getByRole('row', { name: /^700 from 10\.0\.0\.0\/8 lookup 100/ })).toBeVisible();

  const sockets = await unfold(editor, 'Sockets');
  const listen = `nsenter --net=/run/netns/ns1 ${process.execPath} -e "require('net').createServer().listen(8080)" </dev/null >/dev/null 2>&1 & echo $!`;
  const pid = lab.run('sh', '-c', listen).stdout.trim();
  const row = sockets.getByRole('row', { name: /:8080/ });
  await expect(row).toContainText('node');
  await expect(row).toContainText('listen');
  lab.run('kill', pid);
  await expect(row).toBeHidden();

  await editor.inspector.getByRole('textbox', { name: 'Filter what is shown' }).fill('10.66');
  await expect(routes.getByRole('row')).toHaveCount(3);
  await expect(rules).toContainText('has “10.66”');
});

test('nothing is read while nobody looks', async ({ openLab, page, kernel }) => {
  const counter = countLive({ page } as Editor);
  const editor = await openLab({ example: 'router' });
  await openLive(editor, 'ns1');
  await expect(section(editor, 'Addresses').getByText('192.168.1.1/24')).toBeVisible();
  await expect.poll(() => counter.count).toBeGreaterThan(0);
  // In a tab that is hidden.
  const setVisibility = (state: 'hidden' | 'visible') =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'visibilityState', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await setVisibility('hidden');
  const hidden = { ...counter };
  await expect.poll(() => counter.pings).toBeGreaterThan(hidden.pings + 3);
  // What was on its way when it was hidden may still have come.
  expect(counter.count - hidden.count).toBeLessThanOrEqual(1);
  await setVisibility('visible');
  await expect.poll(() => counter.count).toBeGreaterThan(hidden.count + 1);

  // On another tab of the inspector.
  await editor.inspector.getByRole('tab', { name: 'Configure' }).click();
  const lab = kernel();
  type(lab, 'ns1', 'ip', 'address', 'add', '10.9.9.1/32', 'dev', 'lo');
  await editor.node('ns2').click();
  // Pings are told every second all the time: three of them are as long as three readings.
  const { count: before, pings } = counter;
  await expect.poll(() => counter.pings).toBeGreaterThan(pings + 3);
  expect(counter.count).toBe(before);
  await editor.node('ns1').click();
  await editor.inspector.getByRole('tab', { name: 'Live' }).click();
  await expect(section(editor, 'Addresses').getByText('10.9.9.1/32')).toBeVisible(soon);
});

test('a switch shows the state of its ports and where it has learned who is', async ({ openLab, kernel }) => {
  const editor = await openLab({ example: 'switch' });
  const lab = kernel();
  const name = lab.namespaces().find((one) => lab.interfaces(one).some(({ ifname }) => ifname === 'br0')) ?? '';
  await openLive(editor, name);
  await expect(section(editor, 'Interfaces').getByText('port forwarding').first()).toBeVisible();
  const hosts = lab.namespaces().filter((one) => one !== name);
  const [host = ''] = hosts;
  const { ifname = '', address: mac = '' } = lab.interfaces(host).find((one) => one.ifname !== 'lo') ?? {};
  const to =
    hosts[1] === undefined
      ? ''
      : (lab.addresses(hosts[1], lab.interfaces(hosts[1]).find((one) => one.ifname !== 'lo')?.ifname ?? '')[0] ?? '');
  expect(ifname).not.toBe('');
  type(lab, host, 'ping', '-c1', '-W2', to.split('/')[0] ?? '');
  await expect(section(editor, 'Forwarding table').getByRole('row', { name: new RegExp(mac) })).toContainText(
    'learned',
  );
});

test('a namespace made by hand has a live tab, whatever its names are, and so has the root namespace', async ({
  openLab,
  page,
  kernel,
}) => {
  const editor = await openLab({ example: 'two-hosts' });
  const lab = kernel();
  const name = "a'$(id)";
  const ifname = '<b>"x\u001b[31m';
  expect(lab.run('ip', 'netns', 'add', name).status).toBe(0);
  expect(lab.run('ip', 'link', 'add', 'rootv', 'type', 'veth', 'peer', 'name', ifname, 'netns', name).status).toBe(0);
  await editor.canvas.getByRole('group', { name: `unmanaged namespace ${name}` }).click();
  await editor.inspector.getByRole('tab', { name: 'Live' }).click();
  const interfaces = section(editor, 'Interfaces');
  // An escape is shown by its name, and markup as text.
  await expect(interfaces.getByText('<b>"x‹ESC›[31m', { exact: true })).toBeVisible();
  await expect(interfaces.getByText(`ip -n 'a'\\''$(id)' -s link`)).toBeVisible();
  type(lab, name, 'ip', 'address', 'add', '10.5.5.5/24', 'dev', 'lo');
  await expect(section(editor, 'Addresses').getByText('10.5.5.5/24')).toBeVisible(soon);
  const firewall = await unfold(editor, 'Firewall and NAT');
  await expect(firewall.getByText('No rules: everything passes.')).toBeVisible();
  await editor.canvas.getByRole('group', { name: 'root namespace of the lab' }).click();
  await expect(interfaces.getByText('rootv', { exact: true })).toBeVisible();
  await expect(interfaces.getByText('ip -s link', { exact: true })).toBeVisible();
  expect(await page.evaluate(() => document.querySelectorAll('aside b').length)).toBe(0);
});

test('a stopped lab says so, and the tab works again when it runs', async ({ openLab, page }) => {
  const editor = await openLab({ example: 'two-hosts' });
  const [node = ''] = await editor.nodeNames();
  await openLive(editor, node);
  await expect(section(editor, 'Interfaces').getByRole('table')).toBeVisible();
  await page.getByRole('button', { name: 'Stop the lab' }).click();
  await expect(editor.inspector.getByText('Not running')).toBeVisible();
  await page.getByRole('banner').getByRole('button', { name: 'Start' }).click();
  await editor.isRunning();
  await expect(section(editor, 'Interfaces').getByRole('table')).toBeVisible();
});

for (const colorScheme of themesOfAPart) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } });

    test(`the live tab has no barrier with all sections open, and keys reach it (${colorScheme})`, async ({
      openLab,
      page,
      kernel,
    }) => {
      const editor = await openLab({ example: 'router' });
      const lab = kernel();
      type(lab, 'ns-router', 'nft', 'add table ip nat');
      type(lab, 'ns-router', 'nft', 'add chain ip nat post { type nat hook postrouting priority srcnat ; }');
      type(lab, 'ns-router', 'nft', 'add rule ip nat post oifname "veth-router2" counter masquerade');
      await openLive(editor, 'ns-router');
      for (const title of ['Rules of routing', 'Firewall and NAT', 'Settings (sysctl)', 'Sockets']) {
        await expect((await unfold(editor, title)).getByText('Reading…')).toBeHidden();
      }
      expect(await barriers(page)).toEqual([]);
      // By keyboard: from the tab to the filter, to the first section, which folds and unfolds.
      await editor.inspector.getByRole('tab', { name: 'Live' }).focus();
      const filter = editor.inspector.getByRole('textbox', { name: 'Filter what is shown' });
      for (
        let presses = 0;
        presses < 4 && !(await filter.evaluate((one) => one === document.activeElement));
        presses++
      ) {
        await page.keyboard.press('Tab');
      }
      await expect(filter).toBeFocused();
      await page.keyboard.press('Tab');
      await expect(section(editor, 'Interfaces').getByRole('button', { name: /^Interfaces/ })).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(section(editor, 'Interfaces').getByRole('table')).toBeHidden();
      await page.keyboard.press('Enter');
      await expect(section(editor, 'Interfaces').getByRole('table')).toBeVisible();
    });
  });
}
