import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/shared.js';

/** Ctrl-K and a word after it, all on their way before the page has dealt with the first key, as from a fast hand. */
async function pressAtOnce(page: Page, word: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const control = { modifiers: 2 };
  const events: Parameters<typeof session.send<'Input.dispatchKeyEvent'>>[1][] = [
    { type: 'rawKeyDown', key: 'Control', code: 'ControlLeft', windowsVirtualKeyCode: 17, ...control },
    { type: 'rawKeyDown', key: 'k', code: 'KeyK', windowsVirtualKeyCode: 75, ...control },
    { type: 'keyUp', key: 'k', code: 'KeyK', windowsVirtualKeyCode: 75, ...control },
    { type: 'keyUp', key: 'Control', code: 'ControlLeft', windowsVirtualKeyCode: 17 },
    ...[...word].flatMap((key) => {
      const sign = { key, code: `Key${key.toUpperCase()}`, windowsVirtualKeyCode: key.toUpperCase().charCodeAt(0) };
      return [
        { type: 'keyDown', text: key, ...sign },
        { type: 'keyUp', ...sign },
      ] as const;
    }),
  ];
  await Promise.all(events.map((event) => session.send('Input.dispatchKeyEvent', event)));
  await session.detach();
}

test('what is typed right after Ctrl-K is in the palette, also when the hand is faster than the page', async ({
  page,
  openLab,
}) => {
  const editor = await openLab({ example: 'router' });
  const field = page.getByRole('combobox', { name: 'Command palette' });

  for (const from of ['the page', 'a node', 'a terminal’s tab']) {
    await test.step(`from ${from}`, async () => {
      if (from === 'a node') await editor.node('ns1').click({ position: { x: 20, y: 20 } });
      if (from === 'a terminal’s tab') await editor.dock.getByRole('tab', { name: /^Terminals/ }).click();
      await pressAtOnce(page, 'keyboard');
      await expect(field).toHaveValue('keyboard');
      await expect(field).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    });
  }
});

test('opened right after Enter on a node, it keeps the focus: the inspector does not take it a moment later', async ({
  openLab,
  page,
}) => {
  const editor = await openLab({ example: 'two-hosts' });
  await editor.node('ns1').focus();
  // Both keys before the next frame, as a quick person on a busy machine has it.
  await page.evaluate(() => {
    for (const init of [{ key: 'Enter' }, { key: 'k', ctrlKey: true }])
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true }));
  });
  const palette = page.getByRole('combobox', { name: 'Command palette' });
  await expect(palette).toBeFocused();
  await page.evaluate(
    () =>
      new Promise<void>((resolve) =>
        requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
      ),
  );
  await expect(palette).toBeFocused();
});
