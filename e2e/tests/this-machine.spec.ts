import type { LabReply } from '@vethlab/protocol';
import { barriers } from '../fixtures/barriers.js';
import { expect, test } from '../fixtures/machine.js';
import { test as sandboxed } from '../fixtures/test.js';

/** Somebody's bridge with a port, and a namespace that only a process holds. */
const more = `
ip netns add shop
ip link add br7 type bridge
ip link set br7 up
ip link add p0 type veth peer name eth0 netns shop
ip link set p0 master br7 up
ip -n shop link set eth0 up
ip -n shop addr add 10.7.0.2/24 dev eth0
unshare --net sleep 10000 >/dev/null 2>&1 &`;

test('a person looks at the machine, sees what comes and goes, and can change nothing there', async ({
  page,
  machine,
}) => {
  machine.sh(more);
  await page.getByRole('link', { name: 'This machine' }).click();
  await expect(page).toHaveURL(/\/machine$/);
  const drawing = page.getByRole('main', { name: 'Drawing of this machine' });
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  for (const name of [
    /^(host|router) this-machine,/,
    /^host shop,/,
    /^(host|router) foreign,/,
    /^switch br7,/,
    /^host sleep-\d+,/,
  ])
    await expect(drawing.getByRole('group', { name })).toBeVisible();
  await expect(
    drawing.getByRole('img', { name: /^link / }).or(drawing.getByRole('group', { name: /^link / })),
  ).toHaveCount(2);

  await drawing.getByRole('group', { name: /^host shop,/ }).click();
  await expect(inspector).toContainText('A named namespace that no lab made.');
  await expect(inspector).toContainText('to this machine:p0');
  await expect(inspector).toContainText('10.7.0.2/24');
  await drawing.getByRole('group', { name: /^switch br7,/ }).click();
  await expect(inspector).toContainText('port of br7');

  await expect(page.getByRole('complementary', { name: 'Palette' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Wire from/ })).toHaveCount(0);
  await page.keyboard.press('Delete');
  await page.keyboard.press('Escape');
  await expect(drawing.getByRole('group', { name: /^switch br7,/ })).toBeVisible();

  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // Colours change over some frames, and axe may look in the midst of them.
    await expect.poll(() => barriers(page), `${colorScheme} theme`).toEqual([]);
  }

  machine.sh('ip netns add later');
  await expect(drawing.getByRole('group', { name: /^host later,/ })).toBeVisible();
  machine.sh('ip netns del later; ip netns del shop; ip link del br7');
  await expect(drawing.getByRole('group', { name: /^host later,/ })).toHaveCount(0);
  await expect(drawing.getByRole('group', { name: /^switch br7,/ })).toHaveCount(0);
});

test('a person gives a namespace that is there to a lab', async ({ page, machine, server }) => {
  machine.sh('ip netns add spare');
  const { body } = server.ask<LabReply>('POST', '/labs', { name: 'Field' });
  await page.getByRole('link', { name: 'This machine' }).click();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await page.getByRole('group', { name: /^host spare,/ }).click();
  await expect(inspector.getByRole('combobox', { name: 'Lab' })).toHaveValue(body.id);
  await inspector.getByRole('button', { name: 'Adopt…' }).click();
  await expect(page.getByRole('dialog')).toContainText('removed from this machine');
  await page.getByRole('button', { name: 'Adopt spare' }).click();
  await expect(inspector).toContainText(`A namespace of the lab ${body.id}.`);
  expect(machine.vethlab('down', body.id).status).toBe(0);
  expect(machine.names()).not.toContain('spare');
});

const taken = `vethlab: 1
name: Taken
nodes:
  busy: { kind: host, interfaces: { eth0: { addresses: [10.1.0.1/24] } } }
  ns2: { kind: host, interfaces: { eth0: { addresses: [10.1.0.2/24] } } }
links:
  - endpoints: ["busy:eth0", "ns2:eth0"]
`;

test('a name that is taken is told with two ways out, and renaming the node is one', async ({
  page,
  machine,
  server,
}) => {
  machine.sh('ip netns add busy');
  const inode = machine.inode('busy');
  const { body } = server.ask<LabReply>('POST', '/labs', { file: taken });
  await page.goto(new URL(`/labs/${body.id}`, server.address).href);
  const banner = page.getByRole('region', { name: 'Names that are taken on this machine' });
  await expect(banner).toContainText('busy: This machine has a namespace of this name, and it is not ours.');
  await expect(banner).toContainText('The lab was not started');
  await page.getByRole('tab', { name: /^Problems/ }).click();
  await expect(
    page.getByRole('tabpanel', { name: /^Problems/ }).getByRole('button', { name: 'Adopt busy' }),
  ).toBeVisible();

  await banner.getByRole('button', { name: 'Rename busy' }).click();
  await expect(page.getByRole('textbox', { name: 'Name of busy' })).toBeFocused();
  await page.keyboard.type('ns1');
  await page.keyboard.press('Enter');
  await expect(banner).toHaveCount(0);
  await page.getByRole('banner').getByRole('button', { name: 'Start' }).click();
  await expect(page.getByRole('button', { name: 'Stop the lab' })).toBeVisible();
  await expect.poll(() => machine.names()).toContain('ns1');
  expect(machine.inode('busy')).toBe(inode);
  machine.sh('ip netns del busy');
});

test('an interface that somebody made in the way of the lab’s own is replaced in one step, after a question', async ({
  page,
  machine,
  server,
}) => {
  const { body } = server.ask<LabReply>('POST', '/labs', { file: taken.replaceAll('busy', 'ns1') });
  await page.goto(new URL(`/labs/${body.id}`, server.address).href);
  await expect(page.getByRole('button', { name: 'Stop the lab' })).toBeVisible();
  machine.sh('ip -n ns1 link add eth1 type bridge');
  const edit = { type: 'connect', from: { node: 'ns1', ifname: 'eth1' }, to: { node: 'ns2', ifname: 'eth1' } };
  const { revision } = server.ask<LabReply>('GET', `/labs/${body.id}`).body;
  expect(server.ask('POST', `/labs/${body.id}/edits`, { baseRevision: revision, edit }).status).toBe(200);
  const banner = page.getByRole('region', { name: 'Names that are taken on this machine' });
  await expect(banner).toContainText('ns1: Somebody made an interface of this name in the namespace of this node.');
  await banner.getByRole('button', { name: 'Replace ns1:eth1' }).click();
  await expect(page.getByRole('dialog')).toContainText('This cannot be undone.');
  expect(machine.sh('ip -n ns1 -d link show eth1')).toContain('bridge');
  await page.getByRole('button', { name: 'Replace ns1:eth1' }).click();
  await expect(banner).toHaveCount(0);
  await expect.poll(() => machine.run('ip', '-n', 'ns1', '-d', 'link', 'show', 'eth1').stdout).toContain('veth');
});

test('and giving the namespace to the lab is the other, while the lab runs', async ({ page, machine, server }) => {
  machine.sh('ip netns add busy');
  const inode = machine.inode('busy');
  const { body } = server.ask<LabReply>('POST', '/labs', { name: 'Office' });
  await page.goto(new URL(`/labs/${body.id}`, server.address).href);
  await expect(page.getByRole('button', { name: 'Stop the lab' })).toBeVisible();
  await page.getByRole('button', { name: 'Add host' }).click();
  await page.keyboard.press('F2');
  await page.keyboard.type('busy');
  await page.keyboard.press('Enter');
  const banner = page.getByRole('region', { name: 'Names that are taken on this machine' });
  await expect(banner).toContainText('Edits wait until this is settled');
  await banner.getByRole('button', { name: 'Adopt busy' }).click();
  await expect(page.getByRole('dialog')).toContainText('Somebody else made the namespace busy.');
  await page.getByRole('button', { name: 'Adopt busy' }).click();
  await expect(banner).toHaveCount(0);
  await expect(page.getByRole('group', { name: /^host busy,.* up/ })).toBeVisible();
  expect(machine.inode('busy')).toBe(inode);
});

sandboxed('labs in sandboxes know nothing of the machine', async ({ page, server }) => {
  await expect(page.getByRole('button', { name: 'New lab' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Labs' })).toBeVisible();
  await expect(page.getByText('No labs yet')).toBeVisible();
  await expect(page.getByRole('link', { name: 'This machine' })).toHaveCount(0);
  await page.goto(`${server.origin}/machine`);
  await expect(page.getByRole('alert')).toContainText('--runtime host');
});
