import { middleOf, moveFingers } from '../fixtures/fingers.js';
import { expect, test } from '../fixtures/shared.js';

test.use({ hasTouch: true, viewport: { width: 1180, height: 820 } });

test('a person with a tablet adds hosts by tapping, wires them, moves one, pans, zooms with two fingers, and reads the inspector', async ({
  page,
  openLab,
  kernel,
}) => {
  const editor = await openLab({ name: 'By touch' });
  const h1 = editor.node('h1');
  const h2 = editor.node('h2');

  await test.step('a tap on the palette adds a node', async () => {
    await page.getByRole('button', { name: 'Add host' }).tap();
    await expect(h1).toBeVisible();
    await page.getByRole('button', { name: 'Add host' }).tap();
    await expect(h2).toBeVisible();
    await expect.poll(() => kernel().namespaces()).toEqual(['h1', 'h2']);
  });

  await test.step('a tap on + and a tap on the other node wire the two', async () => {
    await h1.tap();
    await expect(editor.inspector.getByRole('heading', { name: 'h1' })).toBeVisible();
    await page.getByRole('button', { name: 'Wire from h1', exact: true }).tap();
    await expect(page.getByRole('listbox', { name: 'Wire from h1 to' })).toBeVisible();
    // The keyboard of the screen stays away: it would cover the nodes that are asked for.
    await expect(page.getByRole('combobox', { name: 'Wire from h1 to' })).not.toBeFocused();
    await h2.tap();
    await expect(editor.link('h1:eth0', 'h2:eth0')).toBeVisible();
    await page.getByRole('button', { name: /^Set / }).tap();
    await expect(h2).toHaveAccessibleName(/\d\/24/);
    await expect.poll(() => kernel().addresses('h1', 'eth0')).toHaveLength(1);
  });

  await test.step('a finger on a node moves it, and nothing else', async () => {
    const [before, other] = [await middleOf(h2), await middleOf(h1)];
    await moveFingers(page, [before, { x: before.x + 40, y: before.y + 130 }]);
    await expect.poll(async () => Math.round((await middleOf(h2)).y - before.y)).toBeGreaterThan(100);
    expect(await middleOf(h1)).toEqual(other);
    await expect(page.getByRole('banner').getByRole('button', { name: 'Undo', exact: true })).toBeEnabled();
  });

  const empty = async () => {
    const box = await editor.canvas.boundingBox();
    return { x: (box?.x ?? 0) + 120, y: (box?.y ?? 0) + 60 };
  };

  await test.step('a finger on the canvas pans, and selects nothing', async () => {
    const [before, start] = [await middleOf(h1), await empty()];
    await moveFingers(page, [start, { x: start.x + 90, y: start.y + 60 }]);
    await expect
      .poll(async () => {
        const { x, y } = await middleOf(h1);
        return [Math.round((x - before.x) / 10), Math.round((y - before.y) / 10)];
      })
      .toEqual([9, 6]);
    await expect(page.locator('.react-flow__selection')).toHaveCount(0);
  });

  await test.step('two fingers zoom', async () => {
    const distance = async () => {
      const [a, b] = [await middleOf(h1), await middleOf(h2)];
      return Math.hypot(a.x - b.x, a.y - b.y);
    };
    const before = await distance();
    const [a, b] = [await middleOf(h1), await middleOf(h2)];
    const [x, y] = [(a.x + b.x) / 2, (a.y + b.y) / 2];
    // Beside the wire, on the empty canvas, around the middle between the two: both stay in sight.
    await moveFingers(
      page,
      [
        { x: x + 60, y: y - 60 },
        { x: x + 100, y: y - 100 },
      ],
      [
        { x: x - 60, y: y + 60 },
        { x: x - 100, y: y + 100 },
      ],
    );
    await expect.poll(distance).toBeGreaterThan(before * 1.4);
    await page.getByRole('button', { name: 'Fit to the window' }).tap();
    await expect.poll(distance).toBeLessThan(before * 1.4);
  });

  await test.step('a tap on a wire opens it in the inspector, also when that was closed', async () => {
    await page.keyboard.press('Escape');
    const toggle = page.getByRole('banner').getByRole('button', { name: /inspector/i });
    await toggle.tap();
    await expect(editor.inspector).toHaveCount(0);
    await toggle.tap();
    const [a, b] = [await middleOf(h1), await middleOf(h2)];
    await page.touchscreen.tap(a.x + (b.x - a.x) * 0.35, a.y + (b.y - a.y) * 0.35);
    await expect(editor.inspector.getByRole('switch', { name: 'Link up' })).toBeVisible();
  });

  await test.step('a wire can also be drawn with the finger, from + onto the other node', async () => {
    await page.getByRole('button', { name: 'Add switch' }).tap();
    const sw1 = editor.node('sw1');
    await expect(sw1).toBeVisible();
    await page.getByRole('button', { name: 'Fit to the window' }).tap();
    await sw1.tap();
    const plus = page.getByRole('button', { name: 'Wire from sw1', exact: true });
    await expect.poll(async () => (await plus.boundingBox())?.width ?? 0).toBeGreaterThan(20);
    await expect(async () => {
      const before = await middleOf(plus);
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
      expect(await middleOf(plus)).toEqual(before);
    }).toPass();
    await moveFingers(page, [await middleOf(plus), await middleOf(h1)]);
    await expect(editor.link('sw1:eth0', 'h1:eth1')).toBeVisible();
  });
});
