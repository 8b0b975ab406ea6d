import { Editor } from '../fixtures/editor.js';
import { Keyboard } from '../fixtures/keyboard.js';
import { expect, test } from '../fixtures/test.js';

test('a person without a mouse draws two hosts, pings, breaks the link, deletes one, and builds a router between two subnets', async ({
  page,
  kernel,
}) => {
  const editor = new Editor(page);
  const keys = new Keyboard(page);

  const add = async (key: string, made: string, name: string) => {
    await keys.press(key);
    await expect(editor.node(made)).toBeVisible();
    await keys.press('F2');
    await keys.isOn(page.getByRole('textbox', { name: `Name of ${made}` }));
    await keys.press('Control+a');
    await keys.type(name);
    await keys.press('Enter');
    await expect(editor.node(name)).toBeVisible();
  };
  // What the focus reaches by keyboard is selected.
  const goTo = async (name: string) => keys.tabTo(editor.node(name));
  // Enter leads from a node to its first field.
  const open = async (name: string) => {
    await goTo(name);
    await keys.press('Enter');
    await keys.isOn(editor.inspector.getByRole('textbox', { name: 'Name', exact: true }));
  };
  const wire = async (from: string, to: string) => {
    await goTo(from);
    await keys.press('l');
    await keys.isOn(page.getByRole('combobox', { name: `Wire from ${from} to` }));
    await keys.type(to);
    await keys.press('Enter');
    await expect(page.getByRole('group', { name: /^Addresses for the new link/ })).toBeVisible();
    await keys.press('Escape');
    await expect(page.getByRole('group', { name: /^Addresses for the new link/ })).toHaveCount(0);
  };
  const address = async (node: string, ifname: string, text: string) => {
    await open(node);
    await keys.fill(editor.inspector.getByRole('textbox', { name: `New address of ${ifname}` }), text);
    await expect(editor.inspector.getByRole('button', { name: `Remove address ${text}` })).toBeVisible();
  };
  const route = async (node: string, via: string) => {
    await open(node);
    await keys.tabTo(editor.inspector.getByRole('textbox', { name: 'New route to' }));
    await keys.type('default');
    await keys.fill(editor.inspector.getByRole('textbox', { name: 'New route via' }), via);
    await expect(editor.inspector.getByRole('group', { name: 'Route default' })).toBeVisible();
  };
  const ping = async (from: string, to: string) => {
    await goTo(from);
    await keys.press('p');
    await keys.isOn(page.getByRole('combobox', { name: `Ping from ${from} to` }));
    await keys.type(to);
    await keys.press('Enter');
  };

  await keys.tabTo(page.getByRole('button', { name: 'Start empty' }));
  await keys.press('Enter');
  await editor.isRunning();

  await test.step('makes ns1 and ns2, and wires them', async () => {
    await add('Shift+H', 'h1', 'ns1');
    await add('Shift+H', 'h1', 'ns2');
    await expect.poll(() => kernel().namespaces()).toEqual(['ns1', 'ns2']);
    await wire('ns1', 'ns2');
    await expect.poll(() => kernel().interfaceOf('ns2', 'eth0')?.operstate).toBe('UP');
  });

  await test.step('sets the addresses, and sees the ping answer', async () => {
    await address('ns1', 'eth0', '192.168.1.1/24');
    await address('ns2', 'eth0', '192.168.1.2/24');
    await expect.poll(() => kernel().addresses('ns1', 'eth0')).toEqual(['192.168.1.1/24']);
    await expect.poll(() => kernel().addresses('ns2', 'eth0')).toEqual(['192.168.1.2/24']);
    await ping('ns1', '192.168.1.2');
    await expect(editor.probe('ns1', '192.168.1.2')).toHaveAccessibleName(/answering, [\d.]+ ms/);
    expect(kernel().ping('ns1', '192.168.1.2')).toBe(true);
  });

  await test.step('takes the link down, and sees the ping fail', async () => {
    await keys.tabTo(editor.link('ns1:eth0', 'ns2:eth0'));
    await keys.press('u');
    await expect(editor.link('ns1:eth0', 'ns2:eth0')).toHaveAccessibleName(/, down$/);
    await expect(editor.probe('ns1', '192.168.1.2')).toHaveAccessibleName(/failing/);
    await expect.poll(() => kernel().interfaceOf('ns1', 'eth0')?.flags.includes('UP')).toBe(false);
    await keys.press('u');
    await expect(editor.probe('ns1', '192.168.1.2')).toHaveAccessibleName(/answering/);
  });

  await test.step('deletes ns2, and brings it back with one key', async () => {
    await goTo('ns2');
    await keys.press('Delete');
    await expect(editor.node('ns2')).toHaveCount(0);
    await expect.poll(() => kernel().namespaces()).toEqual(['ns1']);
    await keys.press('Control+z');
    await expect(editor.node('ns2')).toBeVisible();
    await expect.poll(() => kernel().namespaces()).toEqual(['ns1', 'ns2']);
    await expect.poll(() => kernel().addresses('ns2', 'eth0')).toEqual(['192.168.1.2/24']);
    await keys.press('Control+a', 'Delete');
    await expect.poll(() => kernel().namespaces()).toEqual([]);
  });

  await test.step('builds a router between two subnets, and sees the ping through it', async () => {
    await add('Shift+H', 'h1', 'ns1');
    await add('Shift+R', 'r1', 'ns-router');
    await add('Shift+H', 'h1', 'ns2');
    await wire('ns1', 'ns-router');
    await wire('ns-router', 'ns2');
    await address('ns1', 'eth0', '192.168.1.1/24');
    await address('ns-router', 'eth0', '192.168.1.254/24');
    await address('ns-router', 'eth1', '192.168.2.254/24');
    await address('ns2', 'eth0', '192.168.2.1/24');
    await route('ns1', '192.168.1.254');
    await route('ns2', '192.168.2.254');
    await ping('ns1', '192.168.2.1');
    await expect(editor.probe('ns1', '192.168.2.1')).toHaveAccessibleName(/answering, [\d.]+ ms/);
    expect(kernel().ping('ns1', '192.168.2.1')).toBe(true);
    expect(kernel().routes('ns2')).toContainEqual(
      expect.objectContaining({ dst: 'default', gateway: '192.168.2.254' }),
    );
  });
});
