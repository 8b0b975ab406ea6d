import {
  advancedTutorial,
  afterAdvancedTutorial,
  vrfsAndImpairments,
} from '../../packages/planner/src/testing/advanced-tutorial.js';
import type { ProbeSample, ServerMessage } from '../../packages/protocol/src/index.js';
import type { Topology } from '../../packages/topology/src/index.js';
import { Editor } from '../fixtures/editor.js';
import { expect, labsOf, test } from '../fixtures/shared.js';
import { Terminals } from '../fixtures/terminals.js';

// What this machine's kernel may lack, by a person with a browser: the whole server runs in the second kernel.
test.use({ inFullKernel: true });

/** Everything takes several times as long in there. */
const patience = { timeout: 60_000 };
/** Enough pings that a loss of 10 % is not mistaken for 3 % or 22 %: less than once in a thousand runs. */
const many = 150;
/** Pings that may have been sent before a change and are told of after it: those of their time-out of a second, and some. */
const onTheirWay = 15;
test.describe.configure({ timeout: 480_000 });
test.beforeEach(({ page }) => page.setDefaultTimeout(30_000));

test('two customers with the same addresses are kept apart: regions on the canvas, each reaches its own, neither the other', async ({
  openLab,
  page,
}) => {
  const editor = await openLab({ example: 'vrf' });
  const isp = editor.node('isp');
  await expect(isp).toHaveAccessibleName(/VRF red of eth0 and eth1; VRF blue of eth2 and eth3/);
  for (const name of ['red, table 100', 'blue, table 200']) {
    await expect(isp.getByTitle(new RegExp(`^VRF ${name}`))).toBeVisible();
  }
  const from = (node: string, to: string, vrf = '') =>
    editor.canvas.getByRole('group', {
      name: new RegExp(`^ping ${node} to ${to}${vrf === '' ? '' : ` in VRF ${vrf}`},`),
    });
  for (const answering of [from('red1', '10.2.0.2'), from('blue1', '10.2.0.3'), from('isp', '10.2.0.2', 'red')]) {
    await expect(answering).toHaveAccessibleName(/, answering/, patience);
  }
  for (const apart of [from('red1', '10.2.0.3'), from('blue1', '10.2.0.2'), from('isp', '10.2.0.2', 'blue')]) {
    await expect(apart).toHaveAccessibleName(/, blocked as expected/, patience);
  }

  await test.step('the same from a shell: both customers ask for one address, and one of them is answered', async () => {
    const terminals = new Terminals(page);
    await terminals.openRoot();
    await terminals.types('for n in red1 blue1; do ip netns exec $n ping -qc1 -W2 10.2.0.2; done; echo all "done"');
    await expect(terminals.lines).toContainText('all done', patience);
    await expect(terminals.lines).toContainText(
      /1 packets transmitted, 1 received[\s\S]*1 packets transmitted, 0 received/,
    );
  });
});

test('20 ms of delay, 5 ms of jitter and 10 % of loss, set on the canvas, show in the ping that is measured', async ({
  openLab,
  page,
}) => {
  const samples: ProbeSample[] = [];
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      const message = typeof payload === 'string' ? (JSON.parse(payload) as ServerMessage) : null;
      if (message?.type === 'probes') samples.push(...message.samples);
    }),
  );
  const editor = await openLab({ example: 'two-hosts' });
  const ends = ['ns1:veth-ns1', 'ns2:veth-ns2'] as const;
  /** What becomes of pings that are sent from now on, as the page is told. */
  const measured = async (pings: number) => {
    const first = samples.reduce((newest, { sequence }) => Math.max(newest, sequence), 0) + onTheirWay;
    const counted = () => samples.filter(({ sequence }) => sequence > first);
    await expect.poll(() => counted().length, { timeout: 120_000 }).toBeGreaterThanOrEqual(pings);
    const outcomes = counted().map(({ outcome }) => outcome);
    const rtts = outcomes.flatMap((outcome) => (outcome.kind === 'reply' ? [outcome.rttMs] : [])).sort((x, y) => x - y);
    const at = (share: number) => rtts[Math.floor(rtts.length * share)] ?? Number.NaN;
    return { lossPercent: 100 * (1 - rtts.length / outcomes.length), low: at(0.05), median: at(0.5), high: at(0.9) };
  };

  await (await editor.panel('Pings')).getByRole('button', { name: 'ns1 → 192.168.1.2' }).click();
  const interval = editor.inspector.getByRole('textbox', { name: 'Interval' });
  await interval.fill('100ms');
  await interval.press('Enter');
  await editor.answers('ns1', '192.168.1.2');
  const before = await measured(10);

  await editor.clickLink(...ends);
  for (const [what, value] of [
    ['Delay', '20ms'],
    ['Jitter', '5ms'],
    ['Loss', '10%'],
  ] as const) {
    const field = editor.inspector.getByRole('textbox', { name: `${what} of what leaves ${ends[0]}`, exact: true });
    await field.fill(value);
    await field.press('Enter');
    await expect(field).not.toHaveAttribute('aria-invalid', 'true');
  }
  await expect(editor.link(...ends)).toHaveAccessibleName(/from ns1:veth-ns1 20 ms ± 5 · 10 %/, patience);

  await test.step('tc, in a shell of the node, says the same', async () => {
    const terminals = new Terminals(page);
    // From inside the field of the loss: its shortcut is none of a field's.
    await terminals.openRoot();
    await terminals.types('tc -n ns1 qdisc show dev veth-ns1');
    await expect(terminals.lines).toContainText(/netem .*delay 20ms\s+5ms loss 10%/, patience);
  });

  const { lossPercent, low, median, high } = await measured(many);
  expect(lossPercent).toBeGreaterThan(3);
  expect(lossPercent).toBeLessThan(22);
  expect(low).toBeGreaterThan(14.9);
  expect(median).toBeGreaterThan(17);
  // A busy machine answers later, never sooner.
  expect(high - low).toBeGreaterThan(5);
  expect(before.low).toBeLessThan(low);
  // And a person reads it: of the last answer, and of the last ten.
  await expect(editor.probe('ns1', '192.168.1.2')).toHaveAccessibleName(/answering, \d\d+ ms, \d+ % loss$/);
});

test('somebody types the last parts of a tutorial, VRFs and netem, and the drawing follows', async ({
  labList: page,
  server,
}) => {
  const editor = new Editor(page);
  const terminals = new Terminals(page);
  await editor.startEmpty();
  await page.getByRole('switch', { name: 'Follow what is typed' }).click();
  await terminals.openRoot();
  for (const block of advancedTutorial) await terminals.types(...block.flatMap((line) => line.split('\n')));
  await expect(editor.node('isp')).toHaveAccessibleName(
    /VRF vrf-red of p-red; VRF vrf-blue of p-blue|VRF vrf-blue of p-blue; VRF vrf-red of p-red/,
    patience,
  );
  await expect(editor.node('edge')).toHaveAccessibleName(/VRF vrf1 of veth0/, patience);
  await expect(editor.node('isp').getByTitle(/^VRF vrf-blue, table 200/)).toBeVisible();
  const link = (end: string) => editor.canvas.getByRole('group', { name: new RegExp(`^link .*${end}`) });
  await expect(link('red:eth0')).toHaveAccessibleName(/from red:eth0 20 ms ± 5 · 10 %/, patience);
  await expect(link('edge:veth0')).toHaveAccessibleName(/from edge:veth0 40 ms · ≤ 10 Mbit\/s/, patience);
  await expect(page.getByRole('banner').getByRole('button', { name: /differences?$/ })).toHaveCount(0, patience);

  await test.step('the document says it exactly, and nothing is left to do', async () => {
    const [{ id } = { id: '' }] = await labsOf(server);
    const ask = <Answer>(what: string) => server.call('GET', `/labs/${id}${what}`) as Promise<Answer>;
    const { topology } = await ask<{ topology: Topology }>('');
    expect(vrfsAndImpairments(topology.nodes)).toEqual(afterAdvancedTutorial);
    expect(Object.keys(topology.nodes)).toEqual(['isp', 'red', 'blue', 'edge']);
    expect(topology.links).toHaveLength(3);
    expect(await ask('/plan')).toMatchObject({ steps: [] });
    expect(await ask('/drift')).toMatchObject({ items: [] });
  });

  await test.step('a customer reaches the router over a line that loses some', async () => {
    await terminals.types('clear', 'ip netns exec red ping -c 9 -i 0.2 10.0.0.1');
    await expect(terminals.lines).toContainText(/9 packets transmitted, [1-9] received/, patience);
  });
});
