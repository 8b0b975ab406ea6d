import { expect, test } from '../fixtures/shared.js';

test('a person switches spanning tree on in a loop: the warning goes, a bar shows which port blocks, and off again brings the warning back', async ({
  openLab,
  kernel,
}) => {
  const editor = await openLab({ example: 'stp-loop' });
  const bar = editor.canvas.locator('.vl-port-bar.vl-blocking');
  const blocked = editor.canvas.getByRole('group', { name: /^link .*, up, \S+ blocking/ });
  const tree = editor.inspector.getByRole('switch', { name: 'Spanning tree' });
  const problems = editor.dock.getByRole('tab', { name: /^Problems/ });
  const limited = () =>
    ['sw1', 'sw2', 'sw3'].filter((name) => kernel().run('tc', '-n', name, 'qdisc', 'show').stdout.includes('tbf'));

  await test.step('the example has it on in all three', async () => {
    await expect(blocked).toHaveCount(1, { timeout: 20_000 });
    await expect(bar).toHaveCount(1);
    expect(limited()).toEqual([]);
  });

  await test.step('off', async () => {
    for (const name of ['sw1', 'sw2', 'sw3']) {
      await editor.node(name).click();
      await tree.click();
      await expect(tree).not.toBeChecked();
    }
    await expect(bar).toHaveCount(0);
    await expect.poll(() => limited().length).toBe(2);
    await problems.click();
    await expect(editor.dock).toContainText('Switches form a loop');
  });

  await test.step('on in one is enough', async () => {
    await editor.node('sw2').click();
    await tree.click();
    await expect.poll(limited).toEqual([]);
    await expect(editor.dock).not.toContainText('Switches form a loop');
    await expect(blocked).toHaveCount(1, { timeout: 20_000 });
  });
});

test('a person puts ports into VLANs: by the table of the switch, refused where it cannot be, greyed out where the kernel cannot', async ({
  openLab,
  kernel,
}) => {
  const editor = await openLab({ example: 'vlans' });
  await editor.node('sw1').click();
  const can =
    kernel().run('unshare', '--net', 'ip', 'link', 'add', 'name', 'p0', 'type', 'bridge', 'vlan_filtering', '1')
      .status === 0;
  const note = editor.inspector.getByRole('note');
  if (can) await expect(note).toBeHidden();
  else await expect(note).toContainText(/CONFIG_BRIDGE_VLAN_FILTERING/);

  const guest = editor.inspector.getByRole('textbox', { name: 'VLAN of guest', exact: true });
  for (const text of ['0', '4095', 'ten']) {
    await guest.fill(text);
    await guest.press('Enter');
    await expect(guest).toHaveAttribute('aria-invalid', 'true');
    await expect(guest).toHaveAccessibleDescription(/1 to 4094/);
    await guest.press('Escape');
  }
  await guest.fill('10');
  await guest.press('Enter');
  const wire = editor.link('guest1:eth0', 'sw1:guest');
  await editor.clickLink('guest1:eth0', 'sw1:guest');
  await expect(wire).toContainText('VLAN 10');
  await editor.node('sw1').click();
  const trunk = editor.inspector.getByRole('textbox', { name: 'VLANs of trunk', exact: true });
  await trunk.fill('30 10, 20');
  await trunk.press('Enter');
  await expect(trunk).toHaveValue('10, 20, 30');
  await editor.inspector.getByRole('combobox', { name: 'VLAN mode of guest' }).selectOption('trunk');
  await expect(editor.inspector.getByRole('textbox', { name: 'VLANs of guest', exact: true })).toHaveValue('10');
  await editor.inspector.getByRole('combobox', { name: 'VLAN mode of guest' }).selectOption('none');
  await expect(guest).toBeHidden();
  if (!can) await expect(editor.inspector.getByRole('combobox', { name: 'VLAN mode of guest' })).toBeDisabled();
  const commands = await editor.panel('Commands');
  await expect(commands).toContainText('bridge -n sw1 vlan add dev trunk vid 30');
});
