import { expect, test } from '../fixtures/shared.js';

const a = 'veth-ns1';
const b = 'veth-ns2';

interface Qdisc {
  readonly kind: string;
  readonly options: { readonly rate?: number };
}

test('a person slows a link down in one direction, sees it on the wire and in the kernel, copies it, and takes it back', async ({
  page,
  openLab,
  kernel,
}) => {
  const editor = await openLab({ example: 'two-hosts' });
  const field = (what: string, from: string) =>
    editor.inspector.getByRole('textbox', { name: `${what} of what leaves ${from}`, exact: true });
  const qdisc = (node: string, ifname: string) => {
    const { stdout } = kernel().run('tc', '-n', node, '-j', 'qdisc', 'show', 'dev', ifname);
    return (JSON.parse(stdout) as Qdisc[])[0];
  };
  await editor.clickLink(`ns1:${a}`, `ns2:${b}`);
  const wire = editor.link(`ns1:${a}`, `ns2:${b}`);

  await test.step('what cannot be is refused at the field', async () => {
    for (const [text, why] of [
      ['0mbit', /leave it out/],
      ['10', /bits per second/],
    ] as const) {
      await field('Rate', `ns1:${a}`).fill(text);
      await field('Rate', `ns1:${a}`).press('Enter');
      await expect(field('Rate', `ns1:${a}`)).toHaveAttribute('aria-invalid', 'true');
      await expect(field('Rate', `ns1:${a}`)).toHaveAccessibleDescription(why);
      await field('Rate', `ns1:${a}`).press('Escape');
    }
  });

  await test.step('one direction', async () => {
    await field('Rate', `ns1:${a}`).fill('10mbit');
    await field('Rate', `ns1:${a}`).press('Enter');
    await expect(wire).toHaveAccessibleName(new RegExp(`from ns1:${a} ≤ 10 Mbit/s$`));
    await expect(wire.locator('.vl-middle')).toContainText('≤ 10 Mbit/s');
    await expect.poll(() => qdisc('ns1', a)).toMatchObject({ kind: 'tbf', options: { rate: 1_250_000 } });
    expect(qdisc('ns2', b)?.kind).not.toBe('tbf');
  });

  await test.step('the command that means the same', async () => {
    const commands = await editor.panel('Commands');
    await expect(commands).toContainText(`tc -n ns1 qdisc replace dev ${a} root tbf rate 10mbit`);
  });

  await test.step('the other direction', async () => {
    await editor.inspector.getByRole('button', { name: 'Copy what leaves ns1 to ns2' }).click();
    await expect(field('Rate', `ns2:${b}`)).toHaveValue('10mbit');
    await expect.poll(() => qdisc('ns2', b)).toMatchObject({ kind: 'tbf', options: { rate: 1_250_000 } });
    // Alike in both directions: once, without arrows.
    await expect(wire.locator('.vl-middle')).not.toContainText('→');
  });

  await test.step('undo', async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Undo/ }).click();
    await expect.poll(() => qdisc('ns2', b)?.kind).not.toBe('tbf');
    expect(qdisc('ns1', a)).toMatchObject({ kind: 'tbf' });
  });

  await test.step('what somebody does by hand to packets that come in is told at the interface', async () => {
    const tc = (act: string) => kernel().run('tc', '-n', 'ns1', 'qdisc', act, 'dev', a, 'clsact');
    await editor.node('ns1').click();
    const note = editor.inspector.getByRole('note').filter({ hasText: 'In the kernel also the qdisc clsact' });
    tc('add');
    await expect(note).toBeVisible();
    tc('del');
    await expect(note).toHaveCount(0);
  });
});

test('a person asks for what this kernel may lack: it is greyed out with the reason, or it works; a preset keeps the rest', async ({
  page,
  openLab,
  kernel,
}) => {
  const editor = await openLab({ example: 'two-hosts' });
  await editor.clickLink(`ns1:${a}`, `ns2:${b}`);
  const delay = editor.inspector.getByRole('textbox', { name: `Delay of what leaves ns1:${a}`, exact: true });
  const hasNetem = kernel().run('unshare', '--net', 'tc', 'qdisc', 'add', 'dev', 'lo', 'root', 'netem').status === 0;
  const note = editor.inspector.getByRole('note');
  if (hasNetem) {
    await expect(delay).toBeEnabled();
    await expect(note).toBeHidden();
  } else {
    await expect(delay).toBeDisabled();
    await expect(note).toContainText(/no netem \(sch_netem\).*modprobe sch_netem/);
  }
  await editor.inspector.getByRole('button', { name: 'Presets' }).click();
  await page.getByRole('menuitem', { name: 'DSL' }).click();
  const wire = editor.link(`ns1:${a}`, `ns2:${b}`);
  await expect(wire).toHaveAccessibleName(
    hasNetem ? /from ns1:\S+ 12 ms ± 2 · ≤ 16 Mbit\/s, from/ : /12 ms ± 2 · ≤ 16 Mbit\/s, left out on this machine/,
  );
  // The rate is there either way; by netem where there is one.
  const kind = () => {
    const { stdout } = kernel().run('tc', '-n', 'ns1', '-j', 'qdisc', 'show', 'dev', a);
    return (JSON.parse(stdout) as Qdisc[])[0]?.kind;
  };
  await expect.poll(kind).toBe(hasNetem ? 'netem' : 'tbf');
  if (!hasNetem) {
    const problems = await editor.panel('Problems');
    await expect(problems).toContainText('The delay of veth-ns1 in ns1 is left out');
  }
  // What is left out can still be taken out of the lab.
  await expect(delay).toBeEnabled();
  await editor.inspector.getByRole('button', { name: 'Presets' }).click();
  await page.getByRole('menuitem', { name: 'Nothing on the way' }).click();
  await expect.poll(kind).not.toBe(hasNetem ? 'netem' : 'tbf');
});
