import { expect, secondPerson, test } from '../fixtures/shared.js';

test('two people draw on one lab: each sees what the other does, and what the kernel makes of it', async ({
  browser,
  server,
  page,
  openLab,
  kernel,
}) => {
  const ann = await openLab({ name: 'Together' });
  const ben = await secondPerson(browser, server, page);
  const both = [ann, ben];

  await test.step('both read that they are two', async () => {
    for (const person of both) await expect(person.page.getByRole('banner').getByText('2 browsers here')).toBeVisible();
  });

  await test.step('one draws, the other wires and addresses', async () => {
    await ann.drop('host', 0.25, 0.4);
    await ann.rename('h1', 'ann');
    await ann.drop('host', 0.75, 0.4);
    await ann.rename('h1', 'ben');
    await expect.poll(() => ben.nodeNames()).toEqual(['ann', 'ben']);
    await ben.wire('ann', 'ben');
    await ben.leaveOffer();
    await expect(ann.link('ann:eth0', 'ben:eth0')).toBeVisible();
    await ben.setAddress('ann', 'eth0', '10.0.0.1/24');
    await ann.setAddress('ben', 'eth0', '10.0.0.2/24');
    for (const person of both) {
      await expect(person.node('ann')).toHaveAccessibleName(/10\.0\.0\.1\/24, up, 1 link/);
      await expect(person.node('ben')).toHaveAccessibleName(/10\.0\.0\.2\/24, up, 1 link/);
    }
    expect(kernel().namespaces()).toEqual(['ann', 'ben']);
    expect(kernel().addresses('ben', 'eth0')).toEqual(['10.0.0.2/24']);
  });

  await test.step('one starts a ping, both see it answer; the other takes the link down, both see it fail', async () => {
    await ann.addPing('ann', '10.0.0.2');
    for (const person of both) await person.answers('ann', '10.0.0.2');
    await ben.toggleLink('ann:eth0', 'ben:eth0');
    for (const person of both) {
      await expect(person.link('ann:eth0', 'ben:eth0')).toHaveAccessibleName(/, down$/);
      await expect(person.probe('ann', '10.0.0.2')).toHaveAccessibleName(/failing/);
    }
    expect(kernel().interfaceOf('ann', 'eth0')?.flags).not.toContain('UP');
    await ben.inspector.getByRole('switch', { name: 'Link up' }).click();
    for (const person of both) await person.answers('ann', '10.0.0.2');
  });

  await test.step('a rename by one is read by the other, who had it open', async () => {
    await ben.node('ben').click();
    await ann.rename('ben', 'benjamin');
    await expect(ben.node('benjamin')).toBeVisible();
    await expect(ben.node('ben')).toHaveCount(0);
    await expect.poll(() => kernel().namespaces()).toEqual(['ann', 'benjamin']);
  });

  await test.step('undo takes back what one did oneself, not what the other did since', async () => {
    await ann.drop('host', 0.25, 0.8);
    await expect(ben.node('h1')).toBeVisible();
    await ben.drop('router', 0.75, 0.8);
    await expect(ann.node('r1')).toBeVisible();
    await ann.page.getByRole('banner').getByRole('button', { name: 'Undo', exact: true }).click();
    for (const person of both) await expect(person.node('h1')).toHaveCount(0);
    for (const person of both) await expect(person.node('r1')).toBeVisible();
    await expect.poll(() => kernel().namespaces()).toEqual(['ann', 'benjamin', 'r1']);
  });

  await test.step('what one deletes is gone for the other', async () => {
    await ben.node('r1').click();
    await ben.page.keyboard.press('Delete');
    for (const person of both) await expect(person.node('r1')).toHaveCount(0);
    await expect.poll(() => kernel().namespaces()).toEqual(['ann', 'benjamin']);
  });

  await ben.page.context().close();
  await expect(page.getByRole('banner').getByText(/browsers here/)).toHaveCount(0);
});

test('two people add at the same moment: nothing is lost, and both end with the same drawing', async ({
  browser,
  server,
  page,
  openLab,
  kernel,
}) => {
  const ann = await openLab({ name: 'At once' });
  const ben = await secondPerson(browser, server, page);
  const times = 5;
  const addMany = async (person: typeof ann, y: number) => {
    for (let time = 0; time < times; time += 1) await person.drop('host', 0.15 + time * 0.17, y);
  };
  await Promise.all([addMany(ann, 0.25), addMany(ben, 0.75)]);
  const wanted = Array.from({ length: 2 * times }, (_, index) => `h${index + 1}`).sort();
  await expect.poll(() => kernel().namespaces()).toEqual(wanted);
  await expect.poll(() => ann.nodeNames()).toEqual(wanted);
  await expect.poll(() => ben.nodeNames()).toEqual(wanted);

  await Promise.all([ann.node('h1').click(), ben.node('h2').click()]);
  const label = (person: typeof ann) => person.inspector.getByRole('textbox', { name: 'Label' });
  await Promise.all([label(ann).fill('of Ann'), label(ben).fill('of Ben')]);
  await Promise.all([label(ann).press('Enter'), label(ben).press('Enter')]);
  for (const person of [ann, ben]) {
    await expect(person.node('h1')).toHaveAccessibleName(/, of Ann,/);
    await expect(person.node('h2')).toHaveAccessibleName(/, of Ben,/);
  }
  await ben.page.context().close();
});

test('two people at the same node: both end with the same, and what one deletes does not trip the other', async ({
  browser,
  server,
  page,
  openLab,
  kernel,
}) => {
  const ann = await openLab({ example: 'two-hosts' });
  const ben = await secondPerson(browser, server, page);
  const both = [ann, ben];
  const name = (person: typeof ann) => person.inspector.getByRole('textbox', { name: 'Name', exact: true });

  await test.step('both rename it at once', async () => {
    for (const person of both) await person.node('ns1').click();
    await name(ann).fill('by-ann');
    await name(ben).fill('by-ben');
    await Promise.all(both.map((person) => name(person).press('Enter')));
    await expect
      .poll(() =>
        kernel()
          .namespaces()
          .filter((one) => one.startsWith('by-')),
      )
      .toHaveLength(1);
    await expect.poll(async () => (await ann.nodeNames()).join() === (await ben.nodeNames()).join()).toBe(true);
    await expect.poll(() => kernel().namespaces().join()).toBe((await ann.nodeNames()).join());
  });

  await test.step('one deletes it while the other writes about it', async () => {
    await ben.node('ns2').click();
    const label = ben.inspector.getByRole('textbox', { name: 'Label' });
    await label.fill('half a sent');
    await ann.node('ns2').click();
    await ann.page.keyboard.press('Delete');
    await expect(ben.node('ns2')).toHaveCount(0);
    await expect(label).toHaveCount(0);
    await ben.isRunning();
    await ann.page.getByRole('banner').getByRole('button', { name: 'Undo', exact: true }).click();
    for (const person of both) await expect(person.node('ns2')).toHaveAccessibleName(/192\.168\.1\.2\/24/);
    await expect.poll(() => kernel().addresses('ns2', 'veth-ns2')).toEqual(['192.168.1.2/24']);
  });
  await ben.page.context().close();
});

test('two people click in the same instant: each gets a node of its own name, and none lies on another', async ({
  browser,
  server,
  page,
  openLab,
  kernel,
}) => {
  const ann = await openLab({ name: 'Same instant' });
  const ben = await secondPerson(browser, server, page);
  const both = [ann, ben];
  /** Presses buttons of the palette without a drawing in between, as two clicks of one frame do. */
  const press = (person: typeof ann, ...kinds: readonly string[]) =>
    person.page.evaluate((labels) => {
      for (const label of labels) document.querySelector<HTMLElement>(`[aria-label="Add ${label}"]`)?.click();
    }, kinds);
  const alone = async (person: typeof ann, count: number): Promise<void> => {
    await expect(async () => {
      const boxes = await person.canvas.getByRole('group', { name: /^(host|router|switch) / }).all();
      expect(boxes).toHaveLength(count);
      const places = await Promise.all(boxes.map((box) => box.boundingBox()));
      for (const [index, one] of places.entries()) {
        for (const other of places.slice(index + 1)) {
          const apart = Math.max(Math.abs((one?.x ?? 0) - (other?.x ?? 0)), Math.abs((one?.y ?? 0) - (other?.y ?? 0)));
          expect(apart).toBeGreaterThan(40);
        }
      }
    }).toPass({ timeout: 10_000 });
  };

  await test.step('the same kind: one gets the next name, without a word of refusal', async () => {
    await Promise.all(both.map((person) => press(person, 'host')));
    for (const person of both) await expect.poll(() => person.nodeNames()).toEqual(['h1', 'h2']);
    for (const person of both) await alone(person, 2);
    for (const person of both) await expect(person.page.getByText(/Somebody else|already/)).toHaveCount(0);
    await expect.poll(() => kernel().namespaces()).toEqual(['h1', 'h2']);
  });

  await test.step('different kinds, which no name keeps apart', async () => {
    for (const person of both) await person.page.keyboard.press('Escape');
    await Promise.all([press(ann, 'router'), press(ben, 'switch')]);
    for (const person of both) await alone(person, 4);
  });

  await test.step('one person, twice in one frame', async () => {
    await press(ann, 'host', 'host', 'router');
    for (const person of both) await alone(person, 7);
    for (const person of both)
      await expect.poll(() => person.nodeNames()).toEqual(['h1', 'h2', 'h3', 'h4', 'r1', 'r2', 'sw1']);
  });

  await test.step('undo takes back what one added oneself, in one step each', async () => {
    const undo = ben.page.getByRole('banner').getByRole('button', { name: 'Undo', exact: true });
    await undo.click();
    await expect.poll(() => ann.nodeNames()).not.toContain('sw1');
  });
  await ben.page.context().close();
});
