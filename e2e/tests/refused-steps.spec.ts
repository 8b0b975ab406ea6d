import { expect, test } from '../fixtures/shared.js';

test('the kernel refuses a step: the page says what and why with the command, and “Try again” works once the cause is gone', async ({
  openLab,
  kernel,
}) => {
  const editor = await openLab({ name: 'Refused' });
  // In the way: a name in /run/netns with no namespace behind it.
  expect(kernel().run('touch', '/run/netns/h1').status).toBe(0);
  await editor.add('host');
  await expect(editor.node('h1')).toBeVisible();

  const problems = await editor.panel('Problems');
  await expect(problems).toContainText(/The kernel refused: namespace h1/);
  await expect(problems).toContainText(/EEXIST/);
  await expect(problems).toContainText('ip netns add h1');

  await test.step('then it is made, and nothing is left to tell', async () => {
    expect(kernel().run('rm', '/run/netns/h1').status).toBe(0);
    await problems.getByRole('button', { name: 'Try again' }).click();
    await expect(problems).toContainText('No problems');
    expect(kernel().run('ip', '-n', 'h1', 'link', 'show', 'lo').status).toBe(0);
  });
});
