import type { Locator } from '@playwright/test';
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

/** Enough pings that a loss of 10 % is not mistaken for 3 % or 22 %: less than once in a thousand runs. */
const many = 150;
/** Pings that may have been sent before a change and are told of after it: those of their time-out of a second, and some. */
const onTheirWay = 15;
/** Two cables to a switch for a bond, and a host behind it that has the other end of a tunnel. Its VLAN begins and ends where a person makes it so. */
const bare = `
vethlab: 1
name: Bare
nodes:
  h1: { kind: host, interfaces: { eth0: {}, eth1: {} } }
  sw1: { kind: switch, interfaces: { p1: {}, p2: {}, p3: {} } }
  h2:
    kind: host
    interfaces:
      eth0: { addresses: [10.0.42.2/24] }
      gre1: { device: { kind: gre, local: 10.0.42.2, remote: 10.0.42.1 } }
links:
  - endpoints: ["h1:eth0", "sw1:p1"]
  - endpoints: ["h1:eth1", "sw1:p2"]
  - endpoints: ["h2:eth0", "sw1:p3"]
canvas: { nodes: { h1: { x: 0, y: 0 }, sw1: { x: 320, y: 0 }, h2: { x: 640, y: 0 } } }
`;

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
    await expect(answering).toHaveAccessibleName(/, answering/);
  }
  for (const apart of [from('red1', '10.2.0.3'), from('blue1', '10.2.0.2'), from('isp', '10.2.0.2', 'blue')]) {
    await expect(apart).toHaveAccessibleName(/, blocked as expected/);
  }

  await test.step('the same from a shell: both customers ask for one address, and one of them is answered', async () => {
    const terminals = new Terminals(page);
    await terminals.openRoot();
    await terminals.types('for n in red1 blue1; do ip netns exec $n ping -qc1 -W2 10.2.0.2; done; echo all "done"');
    await expect(terminals.lines).toContainText('all done');
    await expect(terminals.lines).toContainText(
      /1 packets transmitted, 1 received[\s\S]*1 packets transmitted, 0 received/,
    );
  });
});

test('a bond, a VLAN on it, a dummy and a GRE tunnel are added by their forms, and ports of a switch put into the VLAN, which then carries pings', async ({
  openLab,
  page,
}) => {
  const editor = await openLab({ file: bare });
  await editor.node('h1').click();
  const section = editor.inspector.getByRole('region', { name: /^Interfaces/ });
  const add = async (kind: string, fill: (form: Locator) => Promise<void>) => {
    await section.getByRole('button', { name: 'Add interface' }).click();
    await page.getByRole('menuitem', { name: new RegExp(`^${kind}`) }).click();
    const form = section.getByRole('form', { name: `New ${kind}` });
    await fill(form);
    await form.getByRole('button', { name: `Add ${kind}` }).click();
    await expect(form).toBeHidden();
  };

  await test.step('interfaces of a host', async () => {
    await add('bond', async (form) => {
      for (const member of ['eth0', 'eth1']) await form.getByRole('checkbox', { name: member }).check();
    });
    await add('VLAN', async (form) => {
      await form.getByLabel('On', { exact: true }).selectOption('bond0');
      await form.getByLabel('VLAN id').fill('42');
    });
    const address = section.getByLabel('New address of bond0.42');
    await address.fill('10.0.42.1/24');
    await address.press('Enter');
    await add('GRE tunnel', async (form) => {
      await expect(form.getByLabel('From (an address here)')).toHaveValue('10.0.42.1');
      await form.getByLabel('To (the other end)').fill('10.0.42.2');
    });
    await add('dummy', async () => undefined);
  });

  await test.step('VLANs of a switch', async () => {
    await editor.node('sw1').click();
    const mode = (port: string) => editor.inspector.getByRole('combobox', { name: `VLAN mode of ${port}` });
    for (const [port, what, chosen] of [
      ['p1', 'VLANs', 'trunk'],
      ['p2', 'VLANs', 'trunk'],
      ['p3', 'VLAN', 'access'],
    ] as const) {
      await mode(port).selectOption(chosen);
      const ids = editor.inspector.getByRole('textbox', { name: `${what} of ${port}`, exact: true });
      await ids.fill('42');
      await ids.press('Enter');
    }
  });

  await test.step('all of it is in the drawing, and up', async () => {
    const h1 = editor.node('h1');
    await expect(h1).toHaveAccessibleName(
      /bond0 bond of eth0 and eth1, active-backup; bond0\.42 VLAN 42 on bond0; gre1 GRE tunnel 10\.0\.42\.1 → 10\.0\.42\.2; dum0 dummy, leads nowhere/,
    );
    for (const dot of [/^bond0, bond .*, up$/, /^bond0\.42, VLAN .*, up$/, /^dum0, dummy.*, up$/])
      await expect(h1.getByTitle(dot)).toBeVisible();
    await expect(editor.canvas.getByRole('img', { name: 'tunnel GRE between h1:gre1 and h2:gre1, up' })).toBeVisible();
    await editor.clickLink('h2:eth0', 'sw1:p3');
    await expect(editor.link('h2:eth0', 'sw1:p3')).toContainText('VLAN 42');
    // Both ends of the VLAN are on one segment, though only one of them has a tag.
    await expect(editor.dock.getByRole('tab', { name: 'Problems', exact: true })).toBeVisible();
  });

  await test.step('ip and bridge, in the shell of the lab, say the same', async () => {
    const terminals = new Terminals(page);
    await terminals.openRoot();
    const link = 'ip netns exec h1 ip -d link show';
    for (const [line, says] of [
      [`${link} bond0 | grep -o 'bond mode [a-z-]*'`, 'bond mode active-backup'],
      [`${link} master bond0 | grep -o 'eth.@'`, /eth0@\s*eth1@/],
      [`${link} bond0.42 | grep -o 'vlan .* id [0-9]*'`, 'vlan protocol 802.1Q id 42'],
      [`${link} gre1 | grep -o 'gre remote .* local [0-9.]*'`, 'gre remote 10.0.42.2 local 10.0.42.1'],
      [`${link} dum0 | grep -o 'dumm.'`, 'dummy'],
      ['ip netns exec sw1 bridge vlan show', /p1\s+42\s*p2\s+42\s*p3\s+42 PVID Egress Untagged/],
      ['ip netns exec h1 ping -qc1 -W9 10.0.42.2', '1 packets transmitted, 1 received'],
    ] as const) {
      await terminals.types(line);
      await expect(terminals.lines).toContainText(says);
    }
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
  await editor.clickLink(...ends);
  const field = (what: string) =>
    editor.inspector.getByRole('textbox', { name: `${what} of what leaves ${ends[0]}`, exact: true });
  for (const [what, value] of [
    ['Delay', '-5ms'],
    ['Loss', '101%'],
  ] as const) {
    await field(what).fill(value);
    await field(what).press('Enter');
    await expect(field(what)).toHaveAttribute('aria-invalid', 'true');
  }
  // What was refused does nothing to packets. A busy machine may answer one too late.
  const before = await measured(10);
  expect(before.lossPercent).toBeLessThan(50);

  for (const [what, value] of [
    ['Delay', '20ms'],
    ['Jitter', '5ms'],
    ['Loss', '10%'],
  ] as const) {
    await field(what).fill(value);
    await field(what).press('Enter');
    await expect(field(what)).not.toHaveAttribute('aria-invalid', 'true');
  }
  await expect(editor.link(...ends)).toHaveAccessibleName(/from ns1:veth-ns1 20 ms ± 5 · 10 %/);

  await test.step('tc, in a shell of the node, says the same', async () => {
    const terminals = new Terminals(page);
    // From inside the field of the loss: its shortcut is none of a field's.
    await terminals.openRoot();
    await terminals.types('tc -n ns1 qdisc show dev veth-ns1');
    await expect(terminals.lines).toContainText(/netem .*delay 20ms\s+5ms loss 10%/);
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
  await editor.startFollowing(terminals);
  for (const [index, block] of advancedTutorial.entries()) {
    await terminals.types(...block.flatMap((line) => line.split('\n')));
    // A person sees what came of it before the next.
    await terminals.types(`echo block ${index} "done"`);
    await expect(terminals.lines).toContainText(`block ${index} done`);
  }
  await expect(editor.node('isp')).toHaveAccessibleName(
    /VRF vrf-red of p-red; VRF vrf-blue of p-blue|VRF vrf-blue of p-blue; VRF vrf-red of p-red/,
  );
  await expect(editor.node('edge')).toHaveAccessibleName(/VRF vrf1 of veth0/);
  await expect(editor.node('isp').getByTitle(/^VRF vrf-blue, table 200/)).toBeVisible();
  const link = (end: string) => editor.canvas.getByRole('group', { name: new RegExp(`^link .*${end}`) });
  await expect(link('red:eth0')).toHaveAccessibleName(/from red:eth0 20 ms ± 5 · 10 %/);
  await expect(link('edge:veth0')).toHaveAccessibleName(/from edge:veth0 40 ms · ≤ 10 Mbit\/s/);
  await expect(page.getByRole('banner').getByRole('button', { name: /differences?$/ })).toHaveCount(0);

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
    await expect(terminals.lines).toContainText(/9 packets transmitted, [1-9] received/);
  });
});
