import type { Locator } from '@playwright/test';
import { Editor } from '../fixtures/editor.js';
import { expect, test } from '../fixtures/shared.js';
import { Terminals } from '../fixtures/terminals.js';

/** What was typed is drawn within a second; a busy machine may take one more. */
const drawn = { timeout: 2_000 };

/** Answers of three pings come within two seconds; forwarding may have to settle first. */
const answered = { timeout: 10_000 };

test('somebody types a tutorial of namespaces, and the drawing follows', async ({ labList: page, kernel }) => {
  const editor = new Editor(page);
  const terminals = new Terminals(page);
  await editor.startEmpty();
  const follow = page.getByRole('switch', { name: 'Follow what is typed' });
  await follow.click();
  await expect(follow).toBeChecked();
  await expect(
    editor.canvas.getByText('Following: what you type in a terminal becomes part of the lab.'),
  ).toBeVisible();
  await terminals.openRoot();

  await test.step('two namespaces', async () => {
    await terminals.types('ip netns add ns1', 'ip netns add ns2', 'ip netns list');
    await expect(editor.node('ns1')).toHaveAccessibleName(/^host ns1, up, 0 links$/, drawn);
    await expect(editor.node('ns2')).toHaveAccessibleName(/^host ns2, up, 0 links$/, drawn);
    await terminals.shows(/ns2\s+.*ns1|ns2.*ns1/s);
  });

  await test.step('a pair in the root namespace, and each end moved', async () => {
    await terminals.types('ip link add veth0 type veth peer name veth1');
    const root = editor.canvas.getByRole('group', { name: /^root namespace of the lab, with veth\d – veth\d$/ });
    await expect(root).toBeVisible(drawn);
    await terminals.types('ip link set veth0 netns ns1');
    const half = editor.canvas.getByRole('group', {
      name: /^unmanaged veth pair .*ns1:veth0.*root namespace: veth1|^unmanaged veth pair root namespace: veth1 – ns1:veth0/,
    });
    await expect(half).toBeAttached(drawn);
    await terminals.types('ip link set veth1 netns ns2');
    await expect(linkOf(editor, 'ns1:veth0', 'ns2:veth1')).toBeAttached(drawn);
    await expect(editor.canvas.getByRole('group', { name: /^root namespace/ })).toHaveCount(0);
  });

  await test.step('addresses, both ends up, and a ping', async () => {
    await terminals.types(
      'ip netns exec ns1 ip addr add 192.168.1.1/24 dev veth0',
      'ip netns exec ns2 ip addr add 192.168.1.2/24 dev veth1',
      'ip netns exec ns1 ip link set veth0 up',
      'ip netns exec ns2 ip link set veth1 up',
    );
    await expect(editor.node('ns1')).toHaveAccessibleName('host ns1, 192.168.1.1/24, up, 1 link', drawn);
    await expect(editor.node('ns2')).toHaveAccessibleName('host ns2, 192.168.1.2/24, up, 1 link', drawn);
    await expect(linkOf(editor, 'ns1:veth0', 'ns2:veth1')).toHaveAccessibleName(/, up$/, drawn);
    await terminals.types('ip netns exec ns1 ping -c 3 192.168.1.2');
    await expect(terminals.lines).toContainText('3 packets transmitted, 3 received, 0% packet loss', answered);
    await terminals.types('clear');
  });

  await test.step('another network behind a router', async () => {
    await terminals.types(
      'ip netns exec ns2 ip link del veth1',
      'ip netns add ns-router',
      'ip link add veth-ns1 type veth peer name veth-router1',
      'ip link add veth-ns2 type veth peer name veth-router2',
      'ip link set veth-ns1 netns ns1',
      'ip link set veth-router1 netns ns-router',
      'ip link set veth-ns2 netns ns2',
      'ip link set veth-router2 netns ns-router',
    );
    await expect(linkOf(editor, 'ns1:veth-ns1', 'ns-router:veth-router1')).toBeAttached(drawn);
    await expect(linkOf(editor, 'ns2:veth-ns2', 'ns-router:veth-router2')).toBeAttached(drawn);
    await expect(linkOf(editor, 'ns1:veth0', 'ns2:veth1')).toHaveCount(0);
    await terminals.types(
      'ip netns exec ns1 ip addr add 192.168.1.1/24 dev veth-ns1',
      'ip netns exec ns-router ip addr add 192.168.1.254/24 dev veth-router1',
      'ip netns exec ns-router ip addr add 192.168.2.254/24 dev veth-router2',
      'ip netns exec ns2 ip addr add 192.168.2.1/24 dev veth-ns2',
      'ip netns exec ns1 ip link set veth-ns1 up',
      'ip netns exec ns-router ip link set veth-router1 up',
      'ip netns exec ns-router ip link set veth-router2 up',
      'ip netns exec ns2 ip link set veth-ns2 up',
    );
    await expect(linkOf(editor, 'ns2:veth-ns2', 'ns-router:veth-router2')).toHaveAccessibleName(/, up$/, drawn);
    await terminals.types('ip netns exec ns-router sysctl -w net.ipv4.ip_forward=1');
    await expect(editor.node('ns-router')).toHaveAccessibleName(
      'router ns-router, 192.168.1.254/24, up, 2 links',
      drawn,
    );
    await terminals.types(
      'ip netns exec ns1 ip route add default via 192.168.1.254',
      'ip netns exec ns2 ip route add default via 192.168.2.254',
    );
    await editor.node('ns1').click();
    await expect(editor.inspector.getByRole('group', { name: 'Route default' })).toBeVisible(drawn);
    await terminals.input('Lab shell').focus();
    await terminals.types('clear');
    await expect(terminals.lines).not.toContainText('packets transmitted');
    await terminals.types('ip netns exec ns1 ping -c 3 192.168.2.1');
    await expect(terminals.lines).toContainText('3 packets transmitted, 3 received, 0% packet loss', answered);
  });

  await test.step('nsenter does the same', async () => {
    await terminals.types('clear');
    await expect(terminals.lines).not.toContainText('packets transmitted');
    await terminals.types('nsenter --net=/var/run/netns/ns1 ping -c 3 192.168.2.1');
    await expect(terminals.lines).toContainText('3 packets transmitted, 3 received, 0% packet loss', answered);
  });

  await test.step('rules of iptables, one of them in a shell entered with nsenter', async () => {
    await terminals.types('ip netns exec ns-router iptables -t nat -A POSTROUTING -o veth-router2 -j MASQUERADE');
    await editor.node('ns-router').click();
    const masquerade = editor.inspector.getByRole('switch', { name: 'Masquerade what leaves by veth-router2' });
    await expect(masquerade).toBeChecked(drawn);
    await terminals.input('Lab shell').focus();
    await terminals.types(
      'nsenter --net=/var/run/netns/ns-router',
      'iptables -A FORWARD -i veth-router2 -p tcp --dport 23 -j DROP',
      'exit',
    );
    const through = editor.inspector.getByRole('group', { name: 'Through this node' });
    await expect(
      through.getByRole('listitem', { name: 'Rule 1: Drop · IPv4 · TCP port 23 · in veth-router2' }),
    ).toBeVisible(drawn);
    await expect(masquerade).toBeChecked();
    await expect(editor.node('ns-router')).toHaveAccessibleName(/Firewall, 1 rule; NAT, 1 rule, up, 2 links$/);
  });

  await test.step('nothing is left over, and all of it is on the screen', async () => {
    await expect(page.getByRole('banner').getByRole('button', { name: /differences?$/ })).toHaveCount(0);
    for (const name of ['ns1', 'ns2', 'ns-router']) await expect(editor.node(name)).toBeInViewport({ ratio: 1 });
    await noneOverlap(['ns1', 'ns2', 'ns-router'].map((name) => editor.node(name)));
  });

  await test.step('a namespace that is deleted is gone from the drawing', async () => {
    await terminals.types('ip netns del ns1');
    await expect(editor.node('ns1')).toHaveCount(0, drawn);
    await expect(linkOf(editor, 'ns1:veth-ns1', 'ns-router:veth-router1')).toHaveCount(0, drawn);
    await expect(editor.node('ns-router')).toHaveAccessibleName(/1 link$/, drawn);
  });

  await test.step('undo takes that back: the lab has it still, and revert makes it again, with its wire', async () => {
    await page.getByRole('banner').getByRole('button', { name: 'Undo' }).click();
    await expect(editor.node('ns1')).toHaveAccessibleName(/differs from the document/);
    expect(kernel().namespaces()).toEqual(['ns-router', 'ns2']);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('Revert all differences');
    await page.getByRole('option', { name: 'Revert all differences' }).click();
    await expect.poll(() => kernel().namespaces()).toEqual(['ns-router', 'ns1', 'ns2']);
    await expect.poll(() => kernel().addresses('ns1', 'veth-ns1')).toEqual(['192.168.1.1/24']);
  });
});

test('somebody types a tutorial of containers, with a bridge in the root namespace, and sees all of it', async ({
  labList: page,
}) => {
  const editor = new Editor(page);
  const terminals = new Terminals(page);
  await editor.startFollowing(terminals);
  for (const [name, address] of [
    ['c0', '172.18.0.10/16'],
    ['c1', '172.18.0.20/16'],
  ]) {
    await terminals.types(
      `ip netns add ${name}`,
      `ip link add v${name} type veth peer name eth0 netns ${name}`,
      `ip link set v${name} up`,
      `ip -n ${name} link set eth0 up`,
      `ip -n ${name} addr add ${address} dev eth0`,
    );
  }
  await terminals.types(
    'ip link add br0 type bridge',
    'ip link set br0 up',
    'for end in vc0 vc1; do ip link set $end master br0; done',
    'ip addr add 172.18.0.1/16 dev br0',
    'echo 1 > /proc/sys/net/ipv4/ip_forward',
    'iptables -t nat -A POSTROUTING -s 172.18.0.0/16 ! -o br0 -j MASQUERADE',
  );
  const root = editor.canvas.getByRole('group', {
    name: 'root namespace of the lab, with bridge br0 172.18.0.1/16, nft table ip nat: 1 rule, ip_forward = 1',
  });
  await expect(root).toBeVisible(drawn);
  for (const name of ['c0', 'c1']) {
    const wire = editor.canvas.getByRole('group', { name: new RegExp(`^unmanaged veth pair .*v${name}\\b`) });
    await expect(wire).toBeAttached(drawn);
  }
  await terminals.types('ip netns exec c0 ping -c 3 172.18.0.20');
  await expect(terminals.lines).toContainText('3 packets transmitted, 3 received, 0% packet loss', answered);

  // Below the nodes, so that no wire of its runs through one of them.
  const nodes = [editor.node('c0'), editor.node('c1')];
  for (const one of [...nodes, root]) await expect(one).toBeInViewport({ ratio: 1 });
  await noneOverlap([...nodes, root]);
  const [under, ...above] = await Promise.all([root, ...nodes].map((one) => one.boundingBox()));
  for (const box of above) expect(under?.y).toBeGreaterThan((box?.y ?? Number.NaN) + (box?.height ?? 0));
});

test('while nobody follows, what is typed waits; once somebody does, it becomes part of the lab', async ({
  page,
  openLab,
  kernel,
}) => {
  const editor = await openLab({ name: 'Later' });
  expect(kernel().run('ip', 'netns', 'add', 'typed')).toMatchObject({ status: 0 });
  await expect(editor.canvas.getByRole('group', { name: /^unmanaged namespace typed/ })).toBeVisible(drawn);
  await expect(editor.node('typed')).toHaveCount(0);
  await page.getByRole('switch', { name: 'Follow what is typed' }).click();
  await expect(editor.node('typed')).toBeVisible(drawn);
  await page.reload();
  await editor.isRunning();
  await expect(page.getByRole('switch', { name: 'Follow what is typed' })).toBeChecked();
  await expect(editor.node('typed')).toBeVisible();
});

/** A link, whichever of its ends is named first. */
function linkOf(editor: Editor, a: string, b: string): Locator {
  return editor.canvas.getByRole('group', { name: new RegExp(`^link (${a} – ${b}|${b} – ${a})`) });
}

async function noneOverlap(nodes: readonly Locator[]): Promise<void> {
  const boxes = await Promise.all(nodes.map((node) => node.boundingBox()));
  for (const [index, one] of boxes.entries()) {
    for (const other of boxes.slice(index + 1)) {
      if (one === null || other === null) throw new Error('It is not on the screen.');
      const apart =
        one.x + one.width < other.x ||
        other.x + other.width < one.x ||
        one.y + one.height < other.y ||
        other.y + other.height < one.y;
      expect(apart).toBe(true);
    }
  }
}
