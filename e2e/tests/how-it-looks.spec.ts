import { isDark } from '../fixtures/is-dark.js';
import { expect, test } from '../fixtures/shared.js';

test('a person chooses dark and light in the menu; the choice outlives a reload, and “as the machine” follows the machine', async ({
  page,
  openLab,
}) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await openLab({ example: 'two-hosts' });
  const choose = async (name: string) => {
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('menuitemcheckbox', { name }).or(page.getByRole('menuitemradio', { name })).click();
  };
  await expect.poll(() => isDark(page)).toBe(false);
  await choose('Dark');
  await expect.poll(() => isDark(page)).toBe(true);
  await page.reload();
  await expect.poll(() => isDark(page)).toBe(true);
  await page.emulateMedia({ colorScheme: 'dark' });
  await choose('Light');
  await expect.poll(() => isDark(page)).toBe(false);
  await choose('As the machine');
  await expect.poll(() => isDark(page)).toBe(true);
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(() => isDark(page)).toBe(false);
});

test('presentation mode leaves the drawing, larger, and the pings live; the same button brings the tools back', async ({
  page,
  openLab,
}) => {
  const editor = await openLab({ example: 'two-hosts' });
  const name = editor.node('ns1').locator('.vl-name');
  const heightOf = async () => (await name.boundingBox())?.height ?? 0;
  // The first view comes to rest a moment after the lab is there.
  let last = -1;
  const isAtRest = async () => {
    const [one, now] = [last, await heightOf()];
    last = now;
    return one === now;
  };
  await expect.poll(isAtRest, { intervals: [300] }).toBe(true);
  const [before, canvasBefore] = [await heightOf(), await editor.canvas.boundingBox()];
  await page.getByRole('button', { name: 'Presentation mode' }).click();
  await expect(page.getByRole('complementary', { name: 'Palette' })).toBeHidden();
  await expect.poll(heightOf).toBeGreaterThan(before);
  expect((await editor.canvas.boundingBox())?.width).toBeGreaterThan(canvasBefore?.width ?? Number.POSITIVE_INFINITY);
  await editor.answers('ns1', '192.168.1.2');
  await page.getByRole('button', { name: 'Presentation mode' }).click();
  await expect(page.getByRole('complementary', { name: 'Palette' })).toBeVisible();
  await expect.poll(heightOf).toBe(before);
});
