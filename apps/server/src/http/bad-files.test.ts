import type { AcceptedReply, LabReply, Problem } from '@vethlab/protocol';
import { badFile, badFileParts } from '@vethlab/topology/testing/bad-files';
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

/* The table "Bad inputs" of the design, through PUT /labs/{id} and POST /labs with the text of a file. */

let server: TestServer;
let id: string;
let before: unknown;

beforeAll(async () => {
  server = await startTestServer();
  ({ id } = await server.json<LabReply>('POST', '/labs', { file: badFile({}) }));
  before = await stateOf(server, id);
});

afterAll(async () => {
  await server.close();
  await removeFolder(server);
});

const yaml = { 'content-type': 'application/yaml' };

async function expectRefused(file: string, code: string): Promise<void> {
  for (const reply of [
    await server.ask('PUT', `/labs/${id}`, file, yaml),
    await server.ask('POST', '/labs', { file }),
  ]) {
    const problem = await expectRefusal(reply, code);
    const found = problem.diagnostics?.find((diagnostic) => diagnostic.code === code);
    expect(found?.line).toBeGreaterThan(0);
    expect(found?.column).toBeGreaterThan(0);
  }
  expect(await stateOf(server, id)).toEqual(before);
}

const quote = (value: string | number) => JSON.stringify(value);

describe('a file is refused, with line and column, and changes nothing, for', () => {
  it.each(badNodeNames)('the node name $value ($row)', async ({ value, code }) => {
    await expectRefused(badFile({ rest: `  ${quote(value)}: { kind: host }` }), code);
  });

  it.each(badIfnames)('the interface name $value ($row)', async ({ value, code }) => {
    await expectRefused(badFile({ host: `      ${quote(value)}: {}` }), code);
  });

  it.each(badCommandNames)('the command name $value ($row)', async ({ value, code }) => {
    await expectRefused(badFile({ host: `    commands: { ${quote(value)}: { run: [x] } }` }), code);
  });

  it.each(badArguments)('the argument $value ($row)', async ({ value, code }) => {
    await expectRefused(badFile({ host: `    commands: { web: { run: [x, ${quote(value)}] } }` }), code);
  });

  it.each(badAddresses)('the address $value ($row)', async ({ value, code }) => {
    await expectRefused(badFile({ iface: `{ addresses: [${quote(value)}] }` }), code);
  });

  it.each(badMacs)('the MAC $value ($row)', async ({ value, code }) => {
    await expectRefused(badFile({ iface: `{ mac: ${quote(value)} }` }), code);
  });

  it.each(badMtus)('the MTU $value ($row)', async ({ value, code }) => {
    await expectRefused(badFile({ iface: `{ mtu: ${quote(value)} }` }), code);
  });

  it.each(badIntervals)('the interval $value ($row)', async ({ value, code }) => {
    const rest = `probes: [{ from: h1, to: 10.0.0.254, interval: ${quote(value)} }]`;
    await expectRefused(badFile({ rest }), code);
  });

  it.each(badFileParts)('%s', async (_title, parts, code) => {
    await expectRefused(badFile(parts), code);
  });

  it.each([
    ['spaces only', ' \n', 'file.empty'],
    ['a missing version', 'name: x\n', 'file.version-missing'],
    ['a newer version', 'vethlab: 2\nname: x\n', 'file.version'],
    ['control characters', 'vethlab: 1\nname: a\u0000b\n', 'file.binary'],
    ['two documents', 'vethlab: 1\nname: x\n---\nname: y\n', 'file.documents'],
    ['no YAML', 'vethlab: 1\nname: [', 'file.yaml'],
  ])('%s', async (_title, file, code) => {
    await expectRefused(file, code);
  });
});

describe('bytes that are no text are refused as they are, where they are', () => {
  it.each([
    ['an é of another encoding', 'vethlab: 1\nname: caf\xe9\n', 'file.encoding'],
    ['half a character', 'vethlab: 1\nname: caf\xc3', 'file.encoding'],
    ['a zero byte', 'vethlab: 1\nname: a\0b\n', 'file.binary'],
  ])('%s', async (_title, latin1, code) => {
    for (const [method, path] of [
      ['PUT', `/labs/${id}`],
      ['POST', '/labs'],
    ] as const) {
      const reply = await fetch(`${server.url}api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${server.token}`, ...yaml },
        body: Buffer.from(latin1, 'latin1'),
      });
      const problem = await expectRefusal(reply, code);
      expect(problem.diagnostics).toMatchObject([{ code, line: 2 }]);
    }
    expect(await stateOf(server, id)).toEqual(before);
  });
});

describe('a bomb is refused for little', () => {
  const hosts = Array.from({ length: 5_001 }, (_, index) => `  h${index}: { kind: host }`).join('\n');
  const levels = Array.from({ length: 9 }, (_, index) => {
    const before_ = index === 0 ? 'x' : `*a${index - 1}`;
    return `a${index}: &a${index} [${Array.from({ length: 9 }, () => before_).join(', ')}]`;
  });

  it.each([
    ['5,001 nodes', `vethlab: 1\nname: x\nnodes:\n${hosts}\n`, 'limit.nodes'],
    ['YAML 20,000 deep', `vethlab: 1\nname: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`, 'limit.depth'],
    ['an alias bomb', `vethlab: 1\nname: x\n${levels.join('\n')}\n`, 'file.alias'],
    ['100,000 repeated keys', `vethlab: 1\nname: x\n${'a: 1\n'.repeat(100_000)}`, 'file.duplicate-key'],
    ['1e999', badFile({ iface: '{ mtu: 1e999 }' }), 'shape.type'],
  ])('%s', async (_title, file, code) => {
    await expectCheapRefusal(async () => expectRefusal(await server.ask('PUT', `/labs/${id}`, file, yaml), code));
    expect(await stateOf(server, id)).toEqual(before);
  });

  it('a file of 8 MB', async () => {
    const file = `vethlab: 1\nname: x\n${'# x\n'.repeat(2 * 1024 * 1024)}`;
    await expectCheapRefusal(async () => {
      const reply = await server.ask('PUT', `/labs/${id}`, file, yaml);
      expect(((await reply.json()) as Problem).code).toBe('request.too-large');
    });
    expect(await stateOf(server, id)).toEqual(before);
  });
});

describe('a file is accepted', () => {
  it.each([
    ['with a byte order mark', `\ufeff${badFile({})}`, null],
    ['with CRLF', badFile({}).replaceAll('\n', '\r\n'), null],
    ['with the same address twice', badFile({ host: '      eth1: { addresses: [10.0.0.1/32] }' }), 'address.duplicate'],
    ['with overlapping subnets', badFile({ host: '      eth1: { addresses: [10.0.0.129/25] }' }), 'subnet.overlap'],
    [
      'with a loop of switches',
      badFile({
        rest: '  a: { kind: switch, interfaces: { p1: {}, p2: {} } }\n  b: { kind: switch, interfaces: { p1: {}, p2: {} } }\nlinks: [{ endpoints: ["a:p1", "b:p1"] }, { endpoints: ["a:p2", "b:p2"] }]',
      }),
      'switch.loop',
    ],
  ])('%s', async (_title, file, warning) => {
    const lab = await server.json<LabReply>('POST', '/labs', { file });
    const codes = lab.diagnostics.map((diagnostic) => diagnostic.code);
    if (warning !== null) expect(codes).toContain(warning);
    const reply = await server.ask('PUT', `/labs/${lab.id}`, file, yaml);
    expect(((await reply.json()) as AcceptedReply).type).toBe('accepted');
    expect(reply.status).toBe(200);
    await server.json('DELETE', `/labs/${lab.id}`);
  });
});
