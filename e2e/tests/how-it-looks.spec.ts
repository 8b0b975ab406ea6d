import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/shared.js';

/** How bright the page behind the drawing is, from 0 to 255. */
function brightness(page: Page): Promise<number> {
  return page.getByRole('main', { name: 'Canvas' }).evaluate((canvas) => {
    let at: Element | null = canvas.querySelector('.react-flow') ?? canvas;
    for (; at !== null; at = at.parentElement) {
      const painted = document.createElement('canvas').getContext('2d');
      const color = getComputedStyle(at).backgroundColor;
      if (painted === null || color === 'rgba(0, 0, 0, 0)') continue;
      painted.fillStyle = color;
      painted.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0] = painted.getImageData(0, 0, 1, 1).data;
      return (red + green + blue) / 3;
    }
    return 255;
  });
}

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
  await expect.poll(() => brightness(page)).toBeGreaterThan(200);
  await choose('Dark');
  await expect.poll(() => brightness(page)).toBeLessThan(80);
  await page.reload();
  await expect.poll(() => brightness(page)).toBeLessThan(80);
  await page.emulateMedia({ colorScheme: 'dark' });
  await choose('Light');
  await expect.poll(() => brightness(page)).toBeGreaterThan(200);
  await choose('As the machine');
  await expect.poll(() => brightness(page)).toBeLessThan(80);
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(() => brightness(page)).toBeGreaterThan(200);
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
