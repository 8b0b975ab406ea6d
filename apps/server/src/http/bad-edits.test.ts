import type { AcceptedReply, LabReply, Problem } from '@vethlab/protocol';
import { badEditLab, badEdits } from '@vethlab/topology/testing/bad-edits';
import {
  badAddresses,
  badArguments,
  badCommandNames,
  badIfnames,
  badIntervals,
  badMacs,
  badMtus,
  badNodeNames,
} from '@vethlab/topology/testing/bad-inputs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { expectCheapRefusal, expectRefusal, stateOf } from '../testing/refusal.js';
import { removeFolder, startTestServer, type TestServer } from '../testing/test-server.js';

// Real servers, on a machine that may be busy with much else.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/* The table "Bad inputs" of the design, through POST /labs/{id}/edits. */

let server: TestServer;
let id: string;
let before: unknown;

beforeAll(async () => {
  server = await startTestServer();
  ({ id } = await server.json<LabReply>('POST', '/labs', { file: badEditLab }));
  before = await stateOf(server, id);
});

afterAll(async () => {
  await server.close();
  await removeFolder(server);
});

async function expectRefused(edit: unknown, code: string): Promise<void> {
  await expectRefusal(await server.ask('POST', `/labs/${id}/edits`, { baseRevision: 1, edit }), code);
  expect(await stateOf(server, id)).toEqual(before);
}

it('a body that says a key twice is refused with its name and place, and changes nothing', async () => {
  const body = '{"baseRevision":1,"edit":{"type":"set-lab-name","name":"a","name":"b"}}';
  const reply = await server.ask('POST', `/labs/${id}/edits`, body, { 'content-type': 'application/json' });
  expect(reply.headers.get('content-type')).toContain('application/problem+json');
  expect(await reply.json()).toMatchObject({
    status: 400,
    code: 'request.repeated-key',
    path: ['edit', 'name'],
    detail: expect.stringContaining('"name"'),
  });
  expect(await stateOf(server, id)).toEqual(before);
});

const node = 'h1';
const ifname = 'eth0';

describe('an edit is refused, and changes nothing, for', () => {
  it.each(badNodeNames)('the node name $value ($row)', async ({ value, code }) => {
    await expectRefused({ type: 'add-node', kind: 'host', name: value }, code);
    await expectRefused({ type: 'rename-node', node, to: value }, code);
  });

  it.each(badIfnames)('the interface name $value ($row)', async ({ value, code }) => {
    await expectRefused({ type: 'add-interface', node, ifname: value }, code);
    await expectRefused({ type: 'rename-interface', node, ifname, to: value }, code);
  });

  it.each(badCommandNames)('the command name $value ($row)', async ({ value, code }) => {
    await expectRefused({ type: 'add-command', node, name: value, run: ['x'] }, code);
    await expectRefused({ type: 'rename-command', node, name: 'web', to: value }, code);
  });

  it.each(badArguments)('the argument $value ($row)', async ({ value, code }) => {
    await expectRefused({ type: 'add-command', node, run: ['x', value] }, code);
  });

  it.each(badAddresses)('the address $value ($row)', async ({ value, code }) => {
    await expectRefused({ type: 'set-addresses', node, ifname, addresses: [value] }, code);
  });

  it.each(badMacs)('the MAC $value ($row)', async ({ value, code }) => {
    await expectRefused({ type: 'set-interface', node, ifname, mac: value }, code);
  });

  it.each(badMtus)('the MTU $value ($row)', async ({ value, code }) => {
    await expectRefused({ type: 'set-interface', node, ifname, mtu: value }, code);
  });

  it.each(badEdits)('%s', async (_title, edit, code) => {
    await expectRefused(edit, code);
  });

  it('intervals that are text: an edit has milliseconds', async () => {
    for (const { value } of badIntervals) {
      await expectRefused({ type: 'add-probe', from: node, to: '10.0.0.254', intervalMs: value }, 'shape.type');
    }
  });

  it('the name of a property that every object has', async () => {
    for (const name of ['constructor', 'toString', '__proto__']) {
      await expectRefused({ type: 'remove-nodes', nodes: [name] }, 'name.reserved');
    }
    const hostile = '{"type":"move-nodes","positions":{"__proto__":{"x":1,"y":1}}}';
    const headers = { 'content-type': 'application/json' };
    const reply = await server.ask('POST', `/labs/${id}/edits`, `{"baseRevision":1,"edit":${hostile}}`, headers);
    expect(reply.status).toBe(422);
    expect(await stateOf(server, id)).toEqual(before);
  });
});

describe('a bomb is refused for little', () => {
  const headers = { 'content-type': 'application/json' };
  const body = (edit: string) => `{"baseRevision":1,"edit":${edit}}`;
  const hosts = Array.from({ length: 5_001 }, () => '{"type":"add-node","kind":"host"}').join();
  let nested = '{"type":"add-node","kind":"host"}';
  for (let depth = 0; depth < 20; depth += 1) nested = `{"type":"batch","edits":[${nested}]}`;

  it.each([
    ['1e999', body('{"type":"set-interface","node":"h1","ifname":"eth0","mtu":1e999}'), 422, 'lab.invalid'],
    ['JSON 20,000 deep', body('['.repeat(20_000) + ']'.repeat(20_000)), 400, 'request.too-deep'],
    ['batches in batches', body(nested), 422, 'lab.invalid'],
    ['a body of 8 MB', body(`"${'x'.repeat(8 * 1024 * 1024)}"`), 413, 'request.too-large'],
    ['a label of 1 MB', body(`{"type":"set-node","node":"h1","label":"${'x'.repeat(1_000_000)}"}`), 422, 'lab.invalid'],
    ['half a message', body('{"type":"add-no'), 400, 'request.not-json'],
    ['no JSON', 'vethlab: 1', 400, 'request.not-json'],
  ])('%s', async (_title, text, status, code) => {
    const work = async () => {
      const reply = await server.ask('POST', `/labs/${id}/edits`, text, headers);
      expect(((await reply.json()) as Problem).code).toBe(code);
      expect(reply.status).toBe(status);
    };
    await expectCheapRefusal(work);
    expect(await stateOf(server, id)).toEqual(before);
  });

  it('5,001 nodes in one batch', async () => {
    const text = body(`{"type":"batch","edits":[${hosts}]}`);
    const send = () => server.ask('POST', `/labs/${id}/edits`, text, headers);
    await expectCheapRefusal(async () => expectRefusal(await send(), 'limit.nodes'));
    expect(await stateOf(server, id)).toEqual(before);
  });
});

describe('an edit is allowed with a warning for', () => {
  it.each([
    [
      'the same address twice',
      { type: 'set-addresses', node, ifname: 'eth1', addresses: ['10.0.0.254/32'] },
      'address.duplicate',
    ],
    [
      'overlapping subnets',
      { type: 'set-addresses', node, ifname: 'eth1', addresses: ['10.0.0.129/25'] },
      'subnet.overlap',
    ],
    [
      'a loop of switches',
      {
        type: 'batch',
        edits: [
          { type: 'add-node', kind: 'switch', name: 'sw2' },
          { type: 'connect', from: { node: 'sw1' }, to: { node: 'sw2' } },
          { type: 'connect', from: { node: 'sw1' }, to: { node: 'sw2' } },
        ],
      },
      'switch.loop',
    ],
  ])('%s', async (_title, edit, code) => {
    const { id: other } = await server.json<LabReply>('POST', '/labs', { file: badEditLab });
    const reply = await server.json<AcceptedReply>('POST', `/labs/${other}/edits`, { baseRevision: 1, edit });
    expect(reply.warnings.map((warning) => warning.code)).toContain(code);
    await server.json('DELETE', `/labs/${other}`);
  });
});
