import { barriers } from '../fixtures/barriers.js';
import { isDark } from '../fixtures/is-dark.js';
import { expect, test } from '../fixtures/shared.js';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } });

    test(`the list of labs has no barrier (${colorScheme})`, async ({ labList: page, server }) => {
      await expect(page.getByRole('button', { name: /^Two subnets and a router/ })).toBeVisible();
      expect(await isDark(page)).toBe(colorScheme === 'dark');
      expect(await barriers(page)).toEqual([]);
      await server.call('POST', '/labs', { name: 'One' });
      await page.reload();
      await page.getByRole('button', { name: 'More for One' }).click();
      await expect(page.getByRole('menuitem', { name: 'Delete…' })).toBeVisible();
      expect(await barriers(page)).toEqual([]);
      await page.getByRole('menuitem', { name: 'Delete…' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await barriers(page)).toEqual([]);
    });

    test(`the empty editor has no barrier (${colorScheme})`, async ({ page, openLab }) => {
      await openLab({ name: 'Empty' });
      expect(await barriers(page)).toEqual([]);
    });

    test(`the editor has no barrier with a node, a link and a ping selected, in any panel (${colorScheme})`, async ({
      page,
      openLab,
      kernel,
    }) => {
      // The panels of the two themes differ in colours only.
      const ask = colorScheme === 'dark' && process.env.VETHLAB_FULL === undefined ? 'colours' : 'all';
      const editor = await openLab({ example: 'router' });
      await editor.answers('ns1', '192.168.2.1');
      expect(await barriers(page, undefined, ask)).toEqual([]);
      for (const tab of ['Configure', 'Live', 'Commands']) {
        await editor.node('ns1').click();
        await editor.inspector.getByRole('tab', { name: tab }).click();
        expect(await barriers(page, '[aria-label="Inspector"]', ask), tab).toEqual([]);
      }
      await editor.inspector.getByRole('tab', { name: 'Configure' }).click();
      await editor.clickLink('ns1:veth-ns1', 'ns-router:veth-router1');
      await expect(editor.inspector.getByRole('switch', { name: 'Link up' })).toBeVisible();
      expect(await barriers(page, '[aria-label="Inspector"]', ask), 'a link').toEqual([]);

      // A link down, a failing ping and drift have looks of their own.
      await editor.inspector.getByRole('switch', { name: 'Link up' }).click();
      await expect(editor.probe('ns1', '192.168.2.1')).toHaveAccessibleName(/failing/);
      expect(kernel().run('ip', '-n', 'ns2', 'route', 'flush', 'root', '0.0.0.0/0')).toMatchObject({ status: 0 });
      await expect(editor.node('ns2')).toHaveAccessibleName(/differs from the document/);
      for (const name of ['Pings', 'Reachability', 'Plan', 'Commands', 'Events', 'Problems'] as const) {
        await editor.panel(name);
        if (name === 'Reachability') await expect(editor.dock.getByText(/pairs answer/)).toBeVisible();
        expect(await barriers(page, '[aria-label="Dock"]', ask), name).toEqual([]);
      }
      expect(await barriers(page, undefined, ask)).toEqual([]);
    });
  });
}
