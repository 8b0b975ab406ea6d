import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AcceptedReply, endpoints, type LabListReply, type LabReply, type Problem } from '@vethlab/protocol';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { removeFolder, startTestServer, type TestServer } from '../testing/test-server.js';
import { until } from '../testing/until.js';

// Real servers and processes, on a machine that may be busy with much else.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let server: TestServer;

const file = `# Two hosts and a cable: the smallest network.
vethlab: 1
name: Two hosts
nodes:
  h1: # the first
    kind: host
    interfaces:
      eth0: { addresses: [10.0.0.1/24] }
  h2:
    kind: host
    interfaces:
      eth0: { addresses: [10.0.0.2/24] }
links:
  - endpoints: ["h1:eth0", "h2:eth0"]
`;

beforeAll(async () => {
  server = await startTestServer();
  mkdirSync(join(server.folder, 'examples'));
  writeFileSync(join(server.folder, 'examples', 'two-hosts.lab.yaml'), file);
});

afterAll(async () => {
  await server.close();
  await removeFolder(server);
});

async function problem(response: Response): Promise<Problem> {
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  return (await response.json()) as Problem;
}

const addHost = (name: string) => ({ type: 'add-node', kind: 'host', name });

describe('the published API', () => {
  it('is described by an OpenAPI document with every endpoint', async () => {
    const document = await server.json<{ openapi: string; paths: Record<string, Record<string, unknown>> }>(
      'GET',
      '/openapi.json',
    );
    expect(document.openapi).toBe('3.1.0');
    for (const { method, path } of endpoints) expect(document.paths[`/api/v1${path}`]).toHaveProperty(method);
  });

  it.each(endpoints.map(({ method, path }) => [method.toUpperCase(), path] as const))(
    'serves %s %s',
    async (method, path) => {
      const reply = await server.ask(method, path.replace('{id}', 'no-such-lab'), method === 'GET' ? undefined : {});
      const code = reply.ok ? '' : (await problem(reply)).code;
      expect(code).not.toBe('route.unknown');
      if (path.includes('{id}')) expect([code, reply.status]).toEqual(['lab.unknown', 404]);
    },
  );

  it('says where there is nothing', async () => {
    expect((await problem(await server.ask('GET', '/nothing'))).code).toBe('route.unknown');
    expect((await problem(await server.ask('DELETE', '/labs'))).code).toBe('route.unknown');
  });
});

describe('making labs', () => {
  it('gives an empty one of a name an id that is fit for a file', async () => {
    const made = await server.json<LabReply>('POST', '/labs', { name: 'Übung: ARP & Co.' });
    expect(made).toMatchObject({ id: 'ubung-arp-co', revision: 1, topology: { name: 'Übung: ARP & Co.', nodes: {} } });
    const again = await server.json<LabReply>('POST', '/labs', { name: 'Übung: ARP & Co.' });
    expect(again.id).toBe('ubung-arp-co-2');
  });

  it('copies an example with its comments, under another name if wanted', async () => {
    const { examples } = await server.json<{ examples: unknown[] }>('GET', '/examples');
    expect(examples).toEqual([
      {
        id: 'two-hosts',
        name: 'Two hosts',
        description: 'Two hosts and a cable: the smallest network.',
        topics: [],
        nodes: 2,
        links: 1,
      },
    ]);
    const same = await server.json<LabReply>('POST', '/labs', { example: 'two-hosts' });
    expect(readFileSync(join(server.labs, `${same.id}.lab.yaml`), 'utf8')).toBe(file);
    const renamed = await server.json<LabReply>('POST', '/labs', { example: 'two-hosts', name: 'Mine' });
    expect(readFileSync(join(server.labs, `${renamed.id}.lab.yaml`), 'utf8')).toBe(
      file.replace('name: Two hosts', 'name: Mine'),
    );
    expect((await server.ask('POST', '/labs', { example: '../two-hosts' })).status).toBe(404);
  });

  it('takes the text of a lab file, as YAML or within JSON, and lists all that is wrong with it', async () => {
    const made = await server.ask('POST', '/labs', file, { 'content-type': 'application/yaml' });
    expect(made.status).toBe(201);
    const bad = await problem(
      await server.ask('POST', '/labs', { file: file.replaceAll('/24', '/99').replace('kind: host', 'kind: hots') }),
    );
    expect(bad).toMatchObject({ status: 422, code: 'lab.invalid' });
    expect(bad.diagnostics?.length).toBeGreaterThanOrEqual(3);
    expect(bad.diagnostics?.[0]?.line).toBeGreaterThan(0);
  });

  it('refuses what is none of these, with the field', async () => {
    for (const body of [
      {},
      { name: '' },
      { name: 5 },
      { name: 'a', colour: 'red' },
      [],
      'x',
      { name: 'x'.repeat(101) },
    ]) {
      const reply = await server.ask('POST', '/labs', JSON.stringify(body), { 'content-type': 'application/json' });
      expect((await problem(reply)).code).toBe('request.body');
    }
    expect((await problem(await server.ask('POST', '/labs', { name: 'a\u0007b' }))).status).toBe(422);
    expect(await (await server.ask('POST', '/labs')).json()).toMatchObject({ status: 422 });
  });

  it('makes a copy, and puts a deleted lab into the trash', async () => {
    const { id } = await server.json<LabReply>('POST', '/labs', { example: 'two-hosts', name: 'Original' });
    const copy = await server.json<LabReply>('POST', `/labs/${id}/duplicate`);
    expect(copy.topology.name).toBe('Copy of Original');
    expect(Object.keys(copy.topology.nodes)).toEqual(['h1', 'h2']);
    const { trash } = await server.json<{ trash: string }>('DELETE', `/labs/${copy.id}`);
    expect(readFileSync(trash, 'utf8')).toContain('name: Copy of Original');
    expect((await server.ask('GET', `/labs/${copy.id}`)).status).toBe(404);
    expect(existsSync(join(server.labs, '.journal', `${copy.id}.jsonl`))).toBe(false);
  });
});

describe('editing', () => {
  it('is accepted with what came of it, saved with its comments, and given back as YAML', async () => {
    const { id, revision } = await server.json<LabReply>('POST', '/labs', { file, name: 'Edited' });
    const accepted = await server.json<AcceptedReply>('POST', `/labs/${id}/edits`, {
      baseRevision: revision,
      edit: addHost('h3'),
    });
    expect(accepted).toMatchObject({ type: 'accepted', revision: revision + 1, created: { nodes: ['h3'] } });
    const path = join(server.labs, `${id}.lab.yaml`);
    await until(() => readFileSync(path, 'utf8').includes('h3'), 'the save');
    expect(readFileSync(path, 'utf8')).toContain('# the first');
    const yaml = await server.ask('GET', `/labs/${id}`, undefined, { accept: 'application/yaml' });
    expect(yaml.headers.get('content-type')).toContain('application/yaml');
    expect(await yaml.text()).toBe(readFileSync(path, 'utf8'));
    expect(await (await server.ask('GET', `/labs/${id}?format=yaml`)).text()).toContain('h3');
  });

  it('is refused with diagnostics: of the values, and of what they mean together', async () => {
    const { id, revision } = await server.json<LabReply>('POST', '/labs', { file, name: 'Refused' });
    const edit = (body: unknown) => server.ask('POST', `/labs/${id}/edits`, { baseRevision: revision, edit: body });
    const value = await problem(await edit(addHost('a b')));
    expect(value).toMatchObject({ status: 422, code: 'lab.invalid' });
    expect(value.diagnostics?.[0]).toMatchObject({ code: 'name.syntax', path: ['name'] });
    expect((await problem(await edit(addHost('h1')))).diagnostics?.[0]?.code).toBe('name.taken');
    expect((await problem(await edit({ type: 'explode' }))).status).toBe(422);
    expect((await problem(await edit({ ...addHost('x'), colour: 'red' }))).diagnostics?.[0]?.code).toBe(
      'shape.unknown-key',
    );
    expect(
      (await problem(await edit(JSON.parse('{"type":"add-node","kind":"host","__proto__":{"a":1}}')))).status,
    ).toBe(422);
    const { revision: after } = await server.json<LabReply>('GET', `/labs/${id}`);
    expect(after).toBe(revision);
  });

  it('of an old revision is carried over, or told what changed when it does not fit any more', async () => {
    const { id } = await server.json<LabReply>('POST', '/labs', { file, name: 'Stale' });
    const edit = (baseRevision: number, body: unknown) =>
      server.ask('POST', `/labs/${id}/edits`, { baseRevision, edit: body });
    expect((await edit(1, { type: 'remove-nodes', nodes: ['h2'] })).status).toBe(200);
    expect((await edit(1, addHost('h9'))).status).toBe(200);
    const stale = await problem(await edit(1, { type: 'set-addresses', node: 'h2', ifname: 'eth0', addresses: [] }));
    expect(stale).toMatchObject({ status: 409, code: 'lab.stale', revision: 3 });
    expect(stale.changed).toHaveLength(2);
    // It never fitted, so nothing that changed is to blame.
    expect((await problem(await edit(1, addHost('h1')))).status).toBe(422);
  });

  it('puts a whole document in the place of another', async () => {
    const { id } = await server.json<LabReply>('POST', '/labs', { name: 'Replaced' });
    const put = await server.ask('PUT', `/labs/${id}`, file, { 'content-type': 'application/yaml' });
    expect(put.status).toBe(200);
    expect(readFileSync(join(server.labs, `${id}.lab.yaml`), 'utf8')).toBe(file);
    const lab = await server.json<LabReply>('GET', `/labs/${id}`);
    const document = { ...lab.topology, name: 'By document' };
    expect(
      (await server.ask('PUT', `/labs/${id}`, { topology: document, baseRevision: lab.revision - 1 })).status,
    ).toBe(409);
    await server.json('PUT', `/labs/${id}`, { topology: document, baseRevision: lab.revision });
    expect((await server.json<LabReply>('GET', `/labs/${id}`)).topology).toEqual(document);
    expect((await server.ask('PUT', `/labs/${id}`, { topology: { vethlab: 1 } })).status).toBe(422);
    expect(
      (await server.ask('PUT', `/labs/${id}`, 'vethlab: 2\n', { 'content-type': 'application/yaml' })).status,
    ).toBe(422);
  });

  it('renames without moving the file', async () => {
    const { id } = await server.json<LabReply>('POST', '/labs', { name: 'Before' });
    await server.json('PATCH', `/labs/${id}`, { name: 'After' });
    const { labs } = await server.json<LabListReply>('GET', '/labs');
    expect(labs.find((lab) => lab.id === id)?.name).toBe('After');
  });
});

it('a lab that is not running answers what only a kernel can with the way to get there', async () => {
  const { id } = await server.json<LabReply>('POST', '/labs', { name: 'Not running' });
  await until(
    async () => (await server.json<LabReply>('GET', `/labs/${id}`)).run.state === 'failed',
    'the failed start',
  );
  const lab = await server.json<LabReply>('GET', `/labs/${id}`);
  expect(lab.run).toMatchObject({ code: 'sandbox.user-namespaces-forbidden', remedy: 'Allow them.' });
  for (const path of ['apply', 'drift/repair', 'reach']) {
    expect(await problem(await server.ask('POST', `/labs/${id}/${path}`, {}))).toMatchObject({
      status: 409,
      code: 'lab.not-running',
    });
  }
  expect(await server.json('GET', `/labs/${id}/observed`)).toMatchObject({ observed: { namespaces: {} } });
  expect(await server.json('GET', `/labs/${id}/probes`)).toEqual({ samples: [] });
});
