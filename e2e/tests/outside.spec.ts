import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mayOpenTun } from '../../apps/agent/src/testing/tun.js';
import type { Editor } from '../fixtures/editor.js';
import type { LabKernel } from '../fixtures/kernel.js';
import { MachineServer } from '../fixtures/machine-server.js';
import { expect, test } from '../fixtures/shared.js';

// Nothing here leaves the machine: what is asked is the gateway of the way out, which is the machine's own loopback or nobody.

const machine = '198.18.0.1';
/** An edit is in the kernel at once; a way out takes a moment, and the machine of the tests may be busy with much else. */
const soon = { timeout: 10_000, intervals: [100] };

let server: MachineServer;
test.beforeAll(async () => {
  server = await MachineServer.start();
});
test.afterAll(() => server.stop());

/** What a node is told by the server on the machine, or by that at another place; null when it does not get there. */
function asks(kernel: LabKernel, node: string, place = `${machine}/${server.port}`): string | null {
  const script = `exec 3<>/dev/tcp/${place} && cat <&3`;
  const run = kernel.run('nsenter', `--net=/run/netns/${node}`, 'timeout', '2', 'bash', '-c', script);
  return run.status === 0 ? run.stdout : null;
}

const insidePort = 9100;
const peers = `10.0.0.254/${insidePort}`;

/** A server in a node, beyond the machine's: pasta hides from that one who asks. It tells everybody the address that it sees them come from. */
function servePeers(kernel: LabKernel, node: string): void {
  const program = `
import socket
s = socket.create_server(("0.0.0.0", ${insidePort}))
while True:
  c, peer = s.accept()
  c.sendall(peer[0].encode())
  c.close()
`;
  const shell = `python3 -c '${program}' >/dev/null 2>&1 &`;
  expect(kernel.run('nsenter', `--net=/run/netns/${node}`, 'sh', '-c', shell).status).toBe(0);
}

async function openPorts(editor: Editor, ports: string): Promise<void> {
  await editor.node('inet1').click();
  const field = editor.inspector.getByRole('textbox', { name: 'Open ports of this machine' });
  await field.fill(ports);
  await field.press('Enter');
  await expect(field).toHaveValue(ports);
}

test('a host behind a router, drawn by mouse, reaches a server on the machine through an internet node, as far as it may', async ({
  page,
  openLab,
  kernel,
}) => {
  test.skip(!mayOpenTun, 'this user may not open /dev/net/tun: no way out');
  const editor = await openLab({ name: 'Outside' });
  const badge = page.getByRole('banner').getByText('Open to the outside');

  await test.step('draws a host, a router and a way out', async () => {
    await editor.drop('host', 0.2, 0.5);
    await editor.drop('router', 0.5, 0.5);
    await expect(editor.node('r1')).toBeVisible();
    await expect(badge).toBeHidden();
    await editor.drop('internet', 0.8, 0.5);
    await editor.wire('h1', 'r1');
    await editor.leaveOffer();
    await editor.wire('r1', 'inet1');
    await editor.leaveOffer();
    await editor.setAddress('h1', 'eth0', '10.1.0.1/24');
    await editor.setAddress('r1', 'eth0', '10.1.0.254/24');
    await editor.setAddress('r1', 'eth1', '10.0.0.1/24');
    await editor.setAddress('inet1', 'eth0', '10.0.0.254/24');
    await editor.addRoute('h1', 'default', '10.1.0.254');
    await editor.addRoute('r1', 'default', '10.0.0.254');
    await expect(editor.node('inet1')).toHaveAccessibleName(/reaches the outside/);
    await expect(badge).toBeVisible();
    await expect
      .poll(() => kernel().routes('inet1'))
      .toContainEqual(expect.objectContaining({ dst: 'default', dev: 'uplink' }));
  });

  const lab = kernel();
  await test.step('the machine is closed to it', async () => {
    expect(asks(lab, 'inet1')).toBeNull();
    expect(asks(lab, 'h1')).toBeNull();
  });

  await test.step('a bad port is told at the field', async () => {
    await editor.node('inet1').click();
    const field = editor.inspector.getByRole('textbox', { name: 'Open ports of this machine' });
    await field.fill('80, 65536');
    await expect(editor.inspector.getByText('“65536” is not a port: a whole number from 1 to 65535.')).toBeVisible();
    await field.press('Escape');
  });

  await test.step('with its port opened the internet node gets there, and the host not: nobody knows the way back', async () => {
    await openPorts(editor, String(server.port));
    await expect.poll(() => asks(lab, 'inet1'), soon).toBe('hello\n');
    expect(asks(lab, 'h1')).toBeNull();
  });

  await test.step('a server on the internet node answers its neighbour, and not the host behind it', async () => {
    servePeers(lab, 'inet1');
    await expect.poll(() => asks(lab, 'r1', peers), soon).toBe('10.0.0.1');
    expect(asks(lab, 'h1', peers)).toBeNull();
  });

  await test.step('with masquerade on the router it does, the live tab shows how, and a server sees the router', async () => {
    await editor.node('r1').click();
    await editor.inspector.getByRole('switch', { name: 'Masquerade what leaves by eth1' }).click();
    await expect.poll(() => asks(lab, 'h1'), soon).toBe('hello\n');
    await editor.inspector.getByRole('tab', { name: 'Live' }).click();
    const region = editor.inspector.getByRole('region', { name: 'Connections and translations' });
    await region.getByRole('button', { name: /^Connections and translations/ }).click();
    expect(asks(lab, 'h1')).toBe('hello\n');
    await expect(region.getByText(/10\.1\.0\.1:\d+ seen as 10\.0\.0\.1:\d+/).first()).toBeVisible(soon);
    expect(asks(lab, 'h1', peers)).toBe('10.0.0.1');
    await editor.inspector.getByRole('tab', { name: 'Configure' }).click();
    await editor.inspector.getByRole('switch', { name: 'Masquerade what leaves by eth1' }).click();
    await expect.poll(() => asks(lab, 'h1'), soon).toBeNull();
    expect(asks(lab, 'h1', peers)).toBeNull();
    await editor.inspector.getByRole('switch', { name: 'Masquerade what leaves by eth1' }).click();
    await expect.poll(() => asks(lab, 'h1'), soon).toBe('hello\n');
  });

  await test.step('closed again, nobody gets there', async () => {
    await openPorts(editor, '');
    await expect.poll(() => asks(lab, 'inet1'), soon).toBeNull();
    expect(asks(lab, 'h1')).toBeNull();
  });

  await test.step('without the internet node the lab reaches nothing outside, and says so no more', async () => {
    await editor.node('inet1').click();
    await page.keyboard.press('Delete');
    await expect(editor.node('inet1')).toHaveCount(0);
    await expect(badge).toBeHidden();
  });
});

/** The processes that connect this lab to the machine. */
function waysOutOf(lab: LabKernel): number[] {
  const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${lab.initPid}/status`, 'utf8'))?.[1];
  const entered = `\0/proc/${parent}/fd/9\0`;
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    const path = `/proc/${entry}/cmdline`;
    const command = existsSync(path) ? readFileSync(path, 'utf8') : '';
    return /(^|\/)pasta\S*\0/.test(command) && command.includes(entered) ? [Number(entry)] : [];
  });
}

test('a way out that dies is told on its node and in the events, comes back by itself, and the lab lives on', async ({
  openLab,
  kernel,
}) => {
  test.skip(!mayOpenTun, 'this user may not open /dev/net/tun: no way out');
  const editor = await openLab({ example: 'internet' });
  await expect(editor.node('internet')).toHaveAccessibleName(/reaches the outside/, { timeout: 20_000 });
  await editor.answers('laptop', '100.64.0.1');
  const lab = kernel();
  const inode = lab.inode('internet');
  const [outer = 0] = waysOutOf(lab);
  expect(outer).toBeGreaterThan(0);
  const events = await editor.panel('Events');
  process.kill(outer, 'SIGKILL');
  await expect(events.getByText(/The way out of internet ended/)).toBeVisible();
  await expect(editor.node('internet')).toHaveAccessibleName(/reaches the outside/, { timeout: 20_000 });
  await expect.poll(() => waysOutOf(lab), soon).not.toContain(outer);
  await expect.poll(() => lab.routes('internet'), soon).toContainEqual(expect.objectContaining({ dev: 'uplink' }));
  expect(lab.inode('internet')).toBe(inode);
  await editor.answers('laptop', '100.64.0.1');
});

test('a port of a host is published in the inspector, and the browser gets there', async ({
  page,
  openLab,
  request,
}) => {
  const editor = await openLab({
    file: `vethlab: 1
name: Published
nodes:
  web: { kind: host, commands: { web: { run: [python3, -m, http.server, "80"] } } }
  other: { kind: host }
`,
  });
  await page.getByRole('button', { name: /^Allow/ }).click();
  await editor.node('web').click();
  const at = server.port > 30_000 ? server.port - 10_000 : server.port + 10_000;
  await editor.inspector.getByRole('textbox', { name: 'Port of the node' }).fill('80');
  const field = editor.inspector.getByRole('textbox', { name: 'Port of this machine' });
  await field.fill(String(server.port));
  await field.press('Enter');
  // Another program has that one: told at the node, and nothing else is hurt.
  await expect(editor.inspector.getByRole('alert')).toContainText('is in use by another program or lab');
  await editor.inspector.getByRole('button', { name: 'Publish 80 no more' }).click();
  await editor.inspector.getByRole('textbox', { name: 'Port of the node' }).fill('80');
  await field.fill(String(at));
  await field.press('Enter');
  await expect(editor.inspector.getByRole('link', { name: `127.0.0.1:${at}` })).toBeVisible();
  const status = async () => (await request.get(`http://127.0.0.1:${at}/`).catch(() => null))?.status() ?? null;
  await expect.poll(status, soon).toBe(200);
  await editor.node('other').click();
  await editor.inspector.getByRole('textbox', { name: 'Port of the node' }).fill('80');
  await field.fill(String(at));
  await field.press('Enter');
  await expect(editor.inspector.getByText(/is published by web already/)).toBeVisible();
});
