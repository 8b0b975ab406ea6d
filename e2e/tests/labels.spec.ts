import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/shared.js';

const tight = readFileSync(fileURLToPath(new URL('../fixtures/tight.lab.yaml', import.meta.url)), 'utf8');

/** Labels of wires and pings that can be seen and lie on a node, on a name, or on each other. */
function overlaps(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const boxOf = (element: Element) => ({ text: element.textContent ?? '', box: element.getBoundingClientRect() });
    const seen = (selector: string) =>
      [...document.querySelectorAll(`[data-canvas] ${selector}`)].map(boxOf).filter(({ box }) => box.width > 0);
    const labels = [
      ...seen('.vl-end-name'),
      ...seen('.vl-end-address'),
      ...seen('.vl-end-state'),
      ...seen('.vl-middle'),
      ...seen('.vl-probe-label'),
    ];
    const fixed = [...seen('.vl-node .vl-name'), ...seen('.vl-node .vl-address'), ...seen('.vl-silhouette')];
    // The boxes of SVG texts hold some air above and below the letters.
    const meet = (a: DOMRect, b: DOMRect) =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 &&
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;
    const names = seen('.vl-node .vl-name');
    const pairs = [
      ...labels.flatMap((label, index) =>
        [...labels.slice(index + 1), ...fixed].map((other) => [label, other] as const),
      ),
      ...names.flatMap((name, index) => names.slice(index + 1).map((other) => [name, other] as const)),
    ];
    return pairs.flatMap(([a, b]) => (meet(a.box, b.box) ? [`${a.text} on ${b.text || 'a node'}`] : []));
  });
}

for (const lab of [
  { example: 'three-routers' },
  { example: 'dual-stack' },
  { example: 'two-switches' },
  { file: tight },
]) {
  const name = 'example' in lab ? lab.example : 'tight';
  test(`a person who zooms through the lab ${name} reads every name: no label lies on a node or on another`, async ({
    page,
    openLab,
  }) => {
    const editor = await openLab(lab);
    // With figures on the wires.
    await expect(editor.canvas.locator('.vl-probe-label').first()).toBeVisible();
    for (let step = 0; step < 6; step += 1) {
      await expect.poll(() => overlaps(page)).toEqual([]);
      await page.getByRole('button', { name: 'Zoom out' }).click();
    }
  });
}

test('what had no room comes with the pointer and with the selection', async ({ page, openLab }) => {
  const editor = await openLab({ file: tight });
  const wire = editor.link('edge-router:lan1', 'web2:eth0');
  const left = wire.locator('text', { hasText: 'lan1' });
  await expect(wire).toBeVisible();
  await expect(left).toBeHidden();
  await editor.clickLink('edge-router:lan1', 'web2:eth0');
  await expect(left).toBeVisible();
  await page.keyboard.press('Escape');
});

test('the line of a ping stays behind its label, also while it is selected or has the pointer on it', async ({
  page,
  openLab,
}) => {
  const editor = await openLab({ example: 'two-hosts' });
  const ping = editor.canvas.locator('.react-flow__edge:has(.vl-probe)');
  await expect(ping).toHaveCount(1);
  // Labels are in a layer of their own, behind whatever is lifted above 0.
  const height = () => ping.evaluate((edge) => Number(getComputedStyle(edge.closest('svg') as Element).zIndex));
  await expect.poll(height).toBeLessThanOrEqual(0);
  // A click on the label goes through it to the arc.
  const label = await editor.canvas.locator('.vl-probe-label .vl-plate').boundingBox();
  if (label === null) throw new Error('The ping has no label.');
  const [x, y] = [label.x + label.width / 2, label.y + label.height / 2];
  await page.mouse.move(x, y);
  await expect(editor.canvas.locator('.react-flow__edge:hover:has(.vl-probe)')).toHaveCount(1);
  expect(await height()).toBeLessThanOrEqual(0);
  await page.mouse.click(x, y);
  await expect(editor.canvas.locator('.react-flow__edge .vl-probe.vl-selected')).toBeAttached();
  expect(await height()).toBeLessThanOrEqual(0);
});

test('each end of a wire tells admin state, carrier and operstate: of a usual wire to who looks at it, of another to all', async ({
  page,
  openLab,
  kernel,
}) => {
  const editor = await openLab({ example: 'two-hosts' });
  const wire = editor.link('ns1:veth-ns1', 'ns2:veth-ns2');
  const states = wire.locator('.vl-end-state');
  await expect(states).toHaveText(['up · carrier · up', 'up · carrier · up']);
  await expect(states.first()).toBeHidden();
  await editor.clickLink('ns1:veth-ns1', 'ns2:veth-ns2');
  await expect(states.first()).toBeVisible();

  await editor.node('ns2').click();
  await editor.inspector.getByRole('switch', { name: 'Interface veth-ns2 up' }).click();
  await expect.poll(() => kernel().interfaceOf('ns2', 'veth-ns2')?.operstate).toBe('DOWN');
  // Which verdict it gives of an end whose far end is down is the kernel's: some say lowerlayerdown.
  const verdict = kernel().interfaceOf('ns1', 'veth-ns1')?.operstate.toLowerCase() ?? 'no such interface';
  await expect(states).toHaveText([new RegExp(`(no carrier · )?${verdict}$`), 'admin down · down']);
  await expect(states.first()).toBeVisible();
  await expect(states.last()).toBeVisible();
  await expect.poll(() => overlaps(page)).toEqual([]);
});
