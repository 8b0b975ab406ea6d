import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LabListReply, LabReply } from '@vethlab/protocol';
import type { Edit } from '@vethlab/topology';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { TestClient } from '../testing/test-client.js';
import { removeFolder, startTestServer, type TestServer } from '../testing/test-server.js';
import { until } from '../testing/until.js';

// Real servers and processes, on a machine that may be busy with much else.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let server: TestServer;

const text = `# My lab.
vethlab: 1
name: Mine
nodes:
  h1: { kind: host } # the first
links: []
`;

beforeEach(async () => {
  server = await startTestServer();
});

afterEach(async () => {
  await server.close();
  await removeFolder(server);
});

const fileOf = (id: string) => join(server.labs, `${id}.lab.yaml`);
const host = (name: string): Edit => ({ type: 'add-node', kind: 'host', name }) as Edit;
const nodesOf = (client: TestClient) => Object.keys(client.topology?.nodes ?? {});

async function openLab(): Promise<{ id: string; client: TestClient }> {
  const { id } = await server.json<LabReply>('POST', '/labs', { file: text });
  return { id, client: await TestClient.open(server, id) };
}

describe('a file that is edited with another program', () => {
  it('becomes an edit that everybody sees, with nobody as its author', async () => {
    const { id, client } = await openLab();
    const theirs = text.replace('links:', '  h2: { kind: router }\nlinks:');
    writeFileSync(fileOf(id), theirs);
    await until(() => nodesOf(client).length === 2, 'the edit');
    expect(client.last('document')).toMatchObject({ author: null, revision: 2 });
    await client.edit(host('h3'));
    await until(() => readFileSync(fileOf(id), 'utf8').includes('h3'), 'the save');
    expect(readFileSync(fileOf(id), 'utf8')).toContain('# the first');
    client.close();
  });

  it('in the way editors do it, by a new file in its place, is seen too', async () => {
    const { id, client } = await openLab();
    renameSync(fileOf(id), `${fileOf(id)}~`);
    writeFileSync(fileOf(id), text.replace('h1', 'h9'));
    await until(() => nodesOf(client).includes('h9'), 'the edit');
    expect(client.last('deleted')).toBeUndefined();
    client.close();
  });

  it('and has mistakes leaves the last good document, and says what is wrong', async () => {
    const { id, client } = await openLab();
    writeFileSync(fileOf(id), text.replace('kind: host', 'kind: hots'));
    const told = await until(() => client.last('document'), 'the news');
    expect(told.diff).toEqual({ renames: [], changes: [] });
    expect(told.diagnostics[0]).toMatchObject({ severity: 'error', line: 5 });
    expect(nodesOf(client)).toEqual(['h1']);
    writeFileSync(fileOf(id), text.replace('h1', 'h7'));
    await until(() => nodesOf(client).includes('h7'), 'the mended file');
    expect(client.last('document')?.diagnostics).toEqual([]);
    client.close();
  });

  it('and has mistakes is kept in the trash when an edit here is saved over it', async () => {
    const { id, client } = await openLab();
    const broken = text.replace('kind: host', 'kind: hots');
    writeFileSync(fileOf(id), broken);
    await until(() => client.last('document'), 'the news');
    await client.edit(host('h2'));
    await until(() => readFileSync(fileOf(id), 'utf8').includes('h2'), 'the save');
    const trash = join(server.folder, 'data', 'trash');
    expect(readdirSync(trash).map((name) => readFileSync(join(trash, name), 'utf8'))).toEqual([broken]);
    client.close();
  });

  it('while edits here are not saved yet is joined with them', async () => {
    const { id, client } = await openLab();
    const lab = server.shelf.get(id);
    lab.edit(host('ours'), lab.revision, null);
    writeFileSync(fileOf(id), text.replace('links:', '  theirs: { kind: host }\nlinks:'));
    await until(() => nodesOf(client).length === 3, 'both');
    await until(() => readFileSync(fileOf(id), 'utf8').includes('ours'), 'the save');
    expect(readFileSync(fileOf(id), 'utf8')).toContain('theirs');
    client.close();
  });

  it('against edits here that are not saved yet loses, and its text is kept', async () => {
    const { id, client } = await openLab();
    const lab = server.shelf.get(id);
    lab.edit({ type: 'set-node', node: 'h1', label: 'ours' } as Edit, lab.revision, null);
    writeFileSync(fileOf(id), text.replace('{ kind: host }', '{ kind: host, label: theirs }'));
    await until(() => readFileSync(fileOf(id), 'utf8').includes('ours'), 'the save');
    const trash = join(server.folder, 'data', 'trash');
    expect(readFileSync(join(trash, readdirSync(trash)[0] ?? ''), 'utf8')).toContain('theirs');
    client.close();
  });
});

describe('the folder of labs', () => {
  it('may get new files and lose some', async () => {
    writeFileSync(fileOf('dropped'), text);
    await until(() => server.shelf.find('dropped'), 'the new lab');
    const client = await TestClient.open(server, 'dropped');
    rmSync(fileOf('dropped'));
    await until(() => client.socket.readyState === WebSocket.CLOSED, 'the end of the stream');
    expect(client.last('deleted')).toBeDefined();
    expect(server.shelf.find('dropped')).toBeNull();
  });

  it('lists broken files with their reasons; the others load', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vethlab-server-'));
    const labs = join(folder, 'data', 'labs');
    mkdirSync(labs, { recursive: true });
    writeFileSync(join(labs, 'good.lab.yaml'), text);
    writeFileSync(join(labs, 'bad.lab.yaml'), 'vethlab: 1\nname: x\nnodes: { h1: { kind: hots } }\n');
    writeFileSync(join(labs, 'empty.lab.yaml'), '');
    writeFileSync(join(labs, 'binary.lab.yaml'), Buffer.from([0, 159, 146, 150]));
    writeFileSync(join(labs, 'huge.lab.yaml'), '#'.repeat(3 * 1024 * 1024));
    writeFileSync(join(labs, 'secret.lab.yaml'), text);
    chmodSync(join(labs, 'secret.lab.yaml'), 0o000);
    mkdirSync(join(labs, 'folder.lab.yaml'));
    const other = await startTestServer({ folder });
    const list = (await other.json<LabListReply>('GET', '/labs')).labs;
    const broken = new Map(list.map((lab) => [lab.id, lab.broken?.[0]?.code]));
    expect(broken.get('good')).toBeUndefined();
    expect(broken.get('bad')).toBe('shape.value');
    expect(broken.get('empty')).toBe('file.empty');
    expect(broken.get('binary')).toBe('file.binary');
    expect(broken.get('huge')).toBe('file.size');
    expect(broken.get('folder')).toBe('file.unreadable');
    // Root reads everything: then the file is as good as any.
    if (process.getuid?.() !== 0) expect(broken.get('secret')).toBe('file.unreadable');
    expect((await other.ask('GET', '/labs/bad')).status).toBe(422);
    writeFileSync(join(labs, 'bad.lab.yaml'), text);
    await until(() => other.shelf.find('bad'), 'the mended file');
    await other.close();
    await removeFolder(other);
  });
});
