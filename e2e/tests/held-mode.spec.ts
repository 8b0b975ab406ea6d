import { expect, test } from '../fixtures/shared.js';

test('a person holds the edits, reads the plan with its reasons and commands, applies it, and goes back to live', async ({
  page,
  openLab,
  kernel,
}) => {
  const editor = await openLab({ example: 'router' });
  const modes = page.getByRole('radiogroup', { name: 'What becomes of an edit' });
  const plan = await editor.panel('Plan');
  await expect(plan.getByText('Nothing to do: kernel and document agree')).toBeVisible();
  const inode = kernel().inode('ns2');

  await test.step('held: edits collect, and the kernel stays as it is', async () => {
    await modes.getByRole('radio', { name: 'Held' }).click();
    await expect(modes.getByRole('radio', { name: 'Held' })).toBeChecked();
    await editor.setAddress('ns1', 'veth-ns1', '10.9.0.1/24');
    await editor.drop('host', 0.5, 0.2);
    await editor.rename('h1', 'later');
    await expect(page.getByRole('banner').getByText('Running, edits held')).toBeVisible();
    await expect(editor.node('later')).toHaveAccessibleName(/not in the kernel yet/);
    expect(kernel().namespaces()).toEqual(['ns-router', 'ns1', 'ns2']);
    expect(kernel().addresses('ns1', 'veth-ns1')).toEqual(['192.168.1.1/24']);
  });

  await test.step('the plan has each step with its reason and its command', async () => {
    await expect(plan.getByText(/^Apply would do: [2-9] to add/)).toBeVisible();
    const address = plan.getByRole('listitem').filter({ hasText: '10.9.0.1/24' });
    await expect(address).toHaveCount(1);
    await expect(address.getByRole('img', { name: 'add' })).toBeVisible();
    await expect(address.getByRole('code')).toHaveText(/^ip -n ns1 addr(ess)? add 10\.9\.0\.1\/24 dev veth-ns1/);
    await expect(address.getByRole('paragraph').nth(1)).not.toBeEmpty();
    await expect(plan.getByRole('code').filter({ hasText: 'ip netns add later' })).toHaveCount(1);
    expect(kernel().namespaces()).toEqual(['ns-router', 'ns1', 'ns2']);
  });

  await test.step('Apply does it, and nothing else', async () => {
    await plan.getByRole('button', { name: 'Apply' }).click();
    await expect(plan.getByText('Nothing to do: kernel and document agree')).toBeVisible();
    await expect.poll(() => kernel().namespaces()).toEqual(['later', 'ns-router', 'ns1', 'ns2']);
    expect(kernel().addresses('ns1', 'veth-ns1')).toEqual(['192.168.1.1/24', '10.9.0.1/24']);
    expect(kernel().inode('ns2')).toBe(inode);
    await expect(editor.node('later')).toHaveAccessibleName(/, up, 0 links/);
  });

  await test.step('back to live: the next edit acts at once', async () => {
    await modes.getByRole('radio', { name: 'Live' }).click();
    await expect(modes.getByRole('radio', { name: 'Live' })).toBeChecked();
    await editor.node('later').click();
    await page.keyboard.press('Delete');
    await expect.poll(() => kernel().namespaces()).toEqual(['ns-router', 'ns1', 'ns2']);
  });
});

test('going back to live applies what was held, and says so', async ({ page, openLab, kernel }) => {
  const editor = await openLab({ example: 'two-hosts' });
  const modes = page.getByRole('radiogroup', { name: 'What becomes of an edit' });
  await modes.getByRole('radio', { name: 'Held' }).click();
  await editor.node('ns2').click();
  await page.keyboard.press('Delete');
  await expect(editor.node('ns2')).toHaveCount(0);
  expect(kernel().namespaces()).toEqual(['ns1', 'ns2']);
  await modes.getByRole('radio', { name: 'Live' }).click();
  await expect.poll(() => kernel().namespaces()).toEqual(['ns1']);
  const events = await editor.panel('Events');
  await expect(events.getByText('Live: edits act at once')).toBeVisible();
});
