import type { IpInterface } from '../fixtures/kernel.js';
import { runInEmptySandbox } from '../fixtures/script-sandbox.js';
import { expect, test } from '../fixtures/shared.js';

/** What a script has to make again: all but what the kernel chooses by itself, and operstate, which follows a moment later. */
function essence(interfaces: readonly IpInterface[]) {
  return interfaces
    .map(({ ifname, flags, master, addr_info }) => ({
      ifname,
      up: flags.includes('UP'),
      master,
      addresses: addr_info
        .filter(({ local }) => !local.startsWith('fe80:'))
        .map(({ local, prefixlen }) => `${local}/${prefixlen}`),
    }))
    .sort((a, b) => (a.ifname < b.ifname ? -1 : 1));
}

for (const example of ['two-switches', 'dual-stack']) {
  test(`a person copies the script of the whole lab ${example}, and it builds the same elsewhere`, async ({
    page,
    openLab,
    kernel,
  }) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const editor = await openLab({ example });
    const panel = await editor.panel('Commands');
    await panel.getByRole('button', { name: 'Copy the script' }).click();
    await expect(panel.getByRole('button', { name: 'Copied' })).toBeVisible();
    const script = await page.evaluate(() => navigator.clipboard.readText());
    expect(await panel.getByRole('region', { name: 'Script of the whole lab' }).textContent()).toBe(script);

    const made = runInEmptySandbox(script);
    expect(made).toMatchObject({ status: 0, stderr: '' });
    expect([...made.interfaces.keys()]).toEqual(kernel().namespaces());
    expect(made.interfaces.size).toBeGreaterThan(2);
    for (const [name, interfaces] of made.interfaces) {
      expect(essence(interfaces), name).toEqual(essence(kernel().interfaces(name)));
      expect(made.routes.get(name), name).toEqual(
        // Without flags: a route says "linkdown" until operstate has followed.
        kernel()
          .routes(name)
          .map((route) => expect.objectContaining({ dst: route.dst, dev: route.dev })),
      );
      const gateways = (routes: readonly { readonly gateway?: string }[]) => routes.map(({ gateway }) => gateway);
      expect(gateways(made.routes.get(name) ?? []), name).toEqual(gateways(kernel().routes(name)));
    }
  });
}

test('a person sees the commands of the last change', async ({ page, openLab }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const editor = await openLab({ example: 'two-hosts' });
  const panel = await editor.panel('Commands');
  await panel.getByRole('radio', { name: 'Last change' }).click();
  await editor.setAddress('ns1', 'veth-ns1', '10.7.0.1/24');
  const shown = panel.getByRole('region', { name: 'Commands of the last change' });
  await expect(shown).toHaveText(/^ip -n ns1 addr(ess)? add 10\.7\.0\.1\/24 dev veth-ns1( \S+)*$/);
  await panel.getByRole('button', { name: 'Copy the commands' }).click();
  await expect(panel.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await shown.textContent());
});
