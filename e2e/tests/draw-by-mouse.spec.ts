import { Editor } from '../fixtures/editor.js';
import { expect, test } from '../fixtures/test.js';

test('a person draws two hosts, pings, breaks the link, deletes one, and builds a router between two subnets', async ({
  page,
  kernel,
}) => {
  const editor = new Editor(page);
  await editor.startEmpty();

  await test.step('makes ns1 and ns2', async () => {
    await editor.drop('host', 0.25, 0.4);
    await editor.rename('h1', 'ns1');
    await editor.drop('host', 0.75, 0.4);
    await editor.rename('h1', 'ns2');
    await expect.poll(() => kernel().namespaces()).toEqual(['ns1', 'ns2']);
  });

  await test.step('wires them', async () => {
    await editor.wire('ns1', 'ns2');
    await expect(editor.link('ns1:eth0', 'ns2:eth0')).toBeVisible();
    await editor.leaveOffer();
    await expect.poll(() => kernel().interfaceOf('ns1', 'eth0')?.operstate).toBe('UP');
    await expect.poll(() => kernel().interfaceOf('ns2', 'eth0')?.operstate).toBe('UP');
  });

  await test.step('sets the addresses', async () => {
    await editor.setAddress('ns1', 'eth0', '192.168.1.1/24');
    await editor.setAddress('ns2', 'eth0', '192.168.1.2/24');
    await expect.poll(() => kernel().addresses('ns1', 'eth0')).toEqual(['192.168.1.1/24']);
    await expect.poll(() => kernel().addresses('ns2', 'eth0')).toEqual(['192.168.1.2/24']);
    expect(kernel().ping('ns1', '192.168.1.2')).toBe(true);
  });

  await test.step('sees the ping answer on the canvas', async () => {
    await editor.dock.getByRole('combobox', { name: 'Ping from' }).selectOption('ns1');
    const to = editor.dock.getByLabel('to', { exact: true });
    await to.fill('192.168.1.2');
    await to.press('Enter');
    await expect(editor.probe('ns1', '192.168.1.2')).toHaveAccessibleName(/answering, [\d.]+ ms/);
  });

  await test.step('takes the link down, and sees the ping fail and the state change', async () => {
    await editor.clickLink('ns1:eth0', 'ns2:eth0');
    await editor.inspector.getByRole('switch', { name: 'Link up' }).click();
    await expect(editor.link('ns1:eth0', 'ns2:eth0')).toHaveAccessibleName(/, down$/);
    await expect(editor.probe('ns1', '192.168.1.2')).toHaveAccessibleName(/failing/);
    await expect.poll(() => kernel().interfaceOf('ns1', 'eth0')?.flags.includes('UP')).toBe(false);
    expect(kernel().ping('ns1', '192.168.1.2')).toBe(false);
    await editor.inspector.getByRole('switch', { name: 'Link up' }).click();
    await expect(editor.probe('ns1', '192.168.1.2')).toHaveAccessibleName(/answering/);
  });

  await test.step('deletes ns2 and sees it gone', async () => {
    await editor.node('ns2').click();
    await page.keyboard.press('Delete');
    await expect(editor.node('ns2')).toHaveCount(0);
    await expect.poll(() => kernel().namespaces()).toEqual(['ns1']);
    expect(kernel().interfaceOf('ns1', 'eth0')).toBeUndefined();
  });

  await test.step('clears the canvas with one key and a half', async () => {
    await editor.node('ns1').click();
    await page.keyboard.press('Delete');
    await expect.poll(() => kernel().namespaces()).toEqual([]);
  });

  await test.step('builds ns1, ns-router and ns2 with two subnets', async () => {
    await editor.drop('host', 0.15, 0.5);
    await editor.rename('h1', 'ns1');
    await editor.drop('router', 0.5, 0.3);
    await editor.rename('r1', 'ns-router');
    await editor.drop('host', 0.85, 0.5);
    await editor.rename('h1', 'ns2');
    await editor.wire('ns1', 'ns-router');
    await editor.leaveOffer();
    await editor.wire('ns-router', 'ns2');
    await editor.leaveOffer();
    await editor.setAddress('ns1', 'eth0', '192.168.1.1/24');
    await editor.setAddress('ns-router', 'eth0', '192.168.1.254/24');
    await editor.setAddress('ns-router', 'eth1', '192.168.2.254/24');
    await editor.setAddress('ns2', 'eth0', '192.168.2.1/24');
    await expect.poll(() => kernel().addresses('ns-router', 'eth1')).toEqual(['192.168.2.254/24']);
    expect(kernel().run('ip', 'netns', 'exec', 'ns-router', 'sysctl', '-n', 'net.ipv4.ip_forward').stdout.trim()).toBe(
      '1',
    );
    expect(kernel().ping('ns1', '192.168.2.1')).toBe(false);
  });

  await test.step('sets default routes, and sees the ping through the router', async () => {
    await editor.addRoute('ns1', 'default', '192.168.1.254');
    await editor.addRoute('ns2', 'default', '192.168.2.254');
    await expect
      .poll(() => kernel().routes('ns1'))
      .toContainEqual(expect.objectContaining({ dst: 'default', gateway: '192.168.1.254' }));
    await editor.dock.getByRole('combobox', { name: 'Ping from' }).selectOption('ns1');
    const to = editor.dock.getByLabel('to', { exact: true });
    await to.fill('192.168.2.1');
    await to.press('Enter');
    await expect(editor.probe('ns1', '192.168.2.1')).toHaveAccessibleName(/answering, [\d.]+ ms/);
    expect(kernel().ping('ns1', '192.168.2.1')).toBe(true);
    expect(kernel().run('ip', 'netns', 'exec', 'ns1', 'ping', '-c1', '-t1', '-W1', '192.168.2.1').stdout).toContain(
      '192.168.1.254',
    );
  });
});

test('Enter right after a wire is drawn sets the addresses that are about to be offered', async ({ page, kernel }) => {
  // A server far away: the hand is faster than its answer.
  await page.routeWebSocket(/.*/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => void setTimeout(() => socket.send(message), 300));
  });
  const editor = new Editor(page);
  await editor.startEmpty();
  await editor.drop('host', 0.25, 0.4);
  await editor.drop('host', 0.75, 0.4);
  await expect(editor.node('h2')).toBeVisible();
  await editor.wire('h1', 'h2');
  await page.keyboard.press('Enter');
  await expect.poll(() => kernel().addresses('h1', 'eth0')).toHaveLength(1);
  await expect.poll(() => kernel().addresses('h2', 'eth0')).toHaveLength(1);
  await expect(page.getByRole('button', { name: 'Leave without addresses' })).toBeHidden();
});
