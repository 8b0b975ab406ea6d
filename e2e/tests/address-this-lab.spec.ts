import { expect, test } from '../fixtures/shared.js';

/** Two subnets of hosts on switches, and two routers between them; nobody has an address. */
const bare = `vethlab: 1
name: Bare
nodes:
  h1: { kind: host, interfaces: { eth0: {} } }
  h2: { kind: host, interfaces: { eth0: {} } }
  h3: { kind: host, interfaces: { eth0: {} } }
  sw1: { kind: switch, interfaces: { p1: {}, p2: {}, p3: {} } }
  r1: { kind: router, interfaces: { eth0: {}, eth1: {} } }
  r2: { kind: router, interfaces: { eth0: {}, eth1: {} } }
links:
  - endpoints: ["h1:eth0", "sw1:p1"]
  - endpoints: ["h2:eth0", "sw1:p2"]
  - endpoints: ["r1:eth0", "sw1:p3"]
  - endpoints: ["r1:eth1", "r2:eth0"]
  - endpoints: ["r2:eth1", "h3:eth0"]
`;

test('a person presses “Address this lab”: everybody reaches everybody in the kernel, and one undo takes it back', async ({
  openLab,
  kernel,
  page,
}) => {
  const editor = await openLab({ file: bare });
  const button = editor.inspector.getByRole('button', { name: 'Address this lab' });
  const family = (name: string) => editor.inspector.getByRole('radio', { name, exact: true });
  const ends = [
    ['h1', 'eth0'],
    ['h2', 'eth0'],
    ['h3', 'eth0'],
    ['r1', 'eth1'],
  ] as const;
  const addresses = () => ends.flatMap(([node, ifname]) => kernel().addresses(node, ifname));
  const reachEachOther = () => addresses().every((address) => kernel().ping('h1', address.split('/')[0] ?? ''));

  await test.step('IPv4', async () => {
    await expect.poll(addresses).toEqual([]);
    await button.click();
    await expect.poll(addresses).toHaveLength(ends.length);
    expect(addresses().every((address) => /^\d+\.\d+\.\d+\.\d+\/\d+$/.test(address))).toBe(true);
    await expect.poll(reachEachOther).toBe(true);
    expect(kernel().ping('h3', kernel().addresses('h1', 'eth0')[0]?.split('/')[0] ?? '')).toBe(true);
  });

  await test.step('undo, in one go', async () => {
    await page.keyboard.press('Control+z');
    await expect.poll(addresses).toEqual([]);
    expect(kernel().routes('h1')).toEqual([]);
  });

  await test.step('both families', async () => {
    await family('Both').click();
    await button.click();
    await expect.poll(addresses).toHaveLength(2 * ends.length);
    await expect.poll(reachEachOther).toBe(true);
  });

  await test.step('once more there is nothing to do, and that is said', async () => {
    const before = addresses();
    await button.click();
    await expect(page.getByText('Nothing changed.')).toBeVisible();
    expect(addresses()).toEqual(before);
  });
});
