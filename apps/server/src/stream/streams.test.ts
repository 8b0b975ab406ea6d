import { type Answer, type LabReply, messageMaxBytes } from '@vethlab/protocol';
import type { Edit } from '@vethlab/topology';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { TestClient } from '../testing/test-client.js';
import { removeFolder, startTestServer, type TestServer } from '../testing/test-server.js';
import { until } from '../testing/until.js';

// Real servers and processes, on a machine that may be busy with much else.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let server: TestServer;
let labs = 0;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(async () => {
  await server.close();
  await removeFolder(server);
});

async function newLab(): Promise<string> {
  labs += 1;
  return (await server.json<LabReply>('POST', '/labs', { name: `Lab ${labs}` })).id;
}

async function ticket(): Promise<string> {
  return (await server.json<{ ticket: string }>('POST', '/tickets')).ticket;
}

/** How an attempt to open a stream ends: `open`, or the HTTP status of the refusal. */
function attempt(path: string, headers: Record<string, string> = {}): Promise<'open' | number> {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers });
  return new Promise((resolve, reject) => {
    socket.on('open', () => {
      socket.terminate();
      resolve('open');
    });
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', reject);
  });
}

const host = (name: string): Edit => ({ type: 'add-node', kind: 'host', name }) as Edit;

describe('opening a stream', () => {
  it('takes a ticket once, or a token as a program sends it', async () => {
    const path = `/api/v1/labs/${await newLab()}/stream`;
    const one = await ticket();
    expect(await attempt(`${path}?ticket=${one}`)).toBe('open');
    expect(await attempt(`${path}?ticket=${one}`)).toBe(401);
    expect(await attempt(`${path}?ticket=made-up`)).toBe(401);
    expect(await attempt(path, { authorization: `Bearer ${server.token}` })).toBe('open');
    expect(await attempt(path)).toBe(401);
  });

  it('takes no cookie: browsers send it from every port of this machine', async () => {
    const path = `/api/v1/labs/${await newLab()}/stream`;
    expect(await attempt(path, { cookie: `vethlab_${server.port}=${server.token}` })).toBe(401);
  });

  it.each(['http://evil.example', 'null', 'https://127.0.0.1', 'http://127.0.0.1:1'])(
    'is refused to a page of %s, ticket or not',
    async (origin) => {
      const path = `/api/v1/labs/${await newLab()}/stream?ticket=${await ticket()}`;
      expect(await attempt(path, { origin })).toBe(403);
    },
  );

  it('is refused under another name of this machine', async () => {
    const path = `/api/v1/labs/${await newLab()}/stream?ticket=${await ticket()}`;
    expect(await attempt(path, { host: `evil.example:${server.port}` })).toBe(403);
  });

  it('of our own page is taken', async () => {
    const path = `/api/v1/labs/${await newLab()}/stream?ticket=${await ticket()}`;
    expect(await attempt(path, { origin: `http://127.0.0.1:${server.port}` })).toBe('open');
  });

  it('of a lab that is not there, or of anything else, is not found', async () => {
    const authorization = `Bearer ${server.token}`;
    for (const path of ['/api/v1/labs/none/stream', '/api/v1/labs/../stream', '/', '/api/v1/labs/a/b/stream']) {
      expect(await attempt(path, { authorization })).toBe(404);
    }
  });
});

describe('a stream', () => {
  it('begins with a snapshot, and every later broadcast has the next number', async () => {
    const client = await TestClient.open(server, await newLab());
    expect(client.received[0]).toMatchObject({ type: 'snapshot', revision: 1, mode: 'live', topology: { nodes: {} } });
    const answer = await client.edit(host('h1'));
    expect(answer).toMatchObject({ type: 'accepted', revision: 2, created: { nodes: ['h1'] } });
    await until(() => client.revision === 2, 'the broadcast');
    expect(client.last('document')).toMatchObject({ author: client.snapshot?.clientId });
    client.close();
  });

  it('answers what it does not understand, and stays open', async () => {
    const client = await TestClient.open(server, await newLab());
    const texts = [
      'no json',
      '[1,2]',
      '{"type":"explode"}',
      '{"type":"ping"}',
      '{"type":"ping","requestId":"a","more":1}',
      '[['.repeat(100),
    ];
    for (const text of texts) client.socket.send(text);
    client.socket.send(Buffer.from([1, 2, 3]));
    await until(
      () =>
        client.received.filter((message) => message.type === 'error' || message.type === 'failed').length ===
        texts.length + 1,
      'the errors',
    );
    expect(await client.ask({ type: 'ping' })).toMatchObject({ type: 'pong' });
    client.close();
  });

  it('answers an edit with a bad value with diagnostics', async () => {
    const client = await TestClient.open(server, await newLab());
    const answer = await client.edit(host('$(id)'));
    expect(answer).toMatchObject({ type: 'invalid', diagnostics: [{ code: 'name.syntax', path: ['name'] }] });
    expect(await client.edit({ ...host('h1'), extra: true } as unknown as Edit)).toMatchObject({ type: 'invalid' });
    client.close();
  });

  it('tells what changed to a client whose edit came too late', async () => {
    const client = await TestClient.open(server, await newLab());
    await client.edit(host('h1'));
    const base = client.revision;
    await client.edit({ type: 'remove-nodes', nodes: ['h1'] } as unknown as Edit);
    const late = await client.ask({
      type: 'edit',
      baseRevision: base,
      edit: { type: 'set-node', node: 'h1', label: 'x' } as Edit,
    });
    expect(late).toMatchObject({ type: 'stale', revision: 3, changed: [{ changes: expect.any(Array) }] });
    client.close();
  });

  it('takes back what led to a revision, however large that is, and says when it does not know it any more', async () => {
    const id = await newLab();
    const client = await TestClient.open(server, id);
    const names = Array.from({ length: 4_900 }, (_, index) => `a-rather-long-name-${index}`);
    // In parts, since a message has 1 MiB.
    for (let from = 0; from < names.length; from += 900) {
      const edits = names
        .slice(from, from + 900)
        .map((name) => ({ type: 'add-node', kind: 'host', name, label: 'x'.repeat(100) }));
      expect(await client.edit({ type: 'batch', edits } as Edit)).toMatchObject({ type: 'accepted' });
    }
    const removed = await client.edit({ type: 'remove-nodes', nodes: names } as unknown as Edit);
    if (removed.type !== 'accepted') throw new Error(removed.type);
    expect(JSON.stringify(removed.diff).length).toBeGreaterThan(messageMaxBytes);
    // The document itself comes by its own way.
    const nodes = () => Object.keys(client.topology?.nodes ?? {});
    await until(() => nodes().length === 0, 'all to be gone');
    const { revision } = removed;
    const back = await client.ask({ type: 'revert', baseRevision: revision, revision });
    expect(back).toMatchObject({ type: 'accepted', revision: revision + 1 });
    await until(() => nodes().length === names.length, 'all to be back');
    expect(nodes()).toEqual(names);
    // The same once more: those nodes are there.
    expect(await client.ask({ type: 'revert', baseRevision: revision + 1, revision })).toMatchObject({
      type: 'invalid',
    });
    expect(await client.ask({ type: 'revert', baseRevision: revision + 1, revision: 77 })).toMatchObject({
      type: 'failed',
      code: 'lab.forgotten',
    });
    client.close();
  });

  it('closes on a message of more than 1 MiB, and nobody else notices', async () => {
    const id = await newLab();
    const [one, two] = [await TestClient.open(server, id), await TestClient.open(server, id)];
    one.socket.send(`"${'x'.repeat(2 * 1024 * 1024)}"`);
    await until(() => one.socket.readyState === WebSocket.CLOSED, 'the close');
    await until(() => two.last('clients')?.clients === 1, 'the news that it left');
    expect(await two.ask({ type: 'ping' })).toMatchObject({ type: 'pong' });
    two.close();
  });

  it('gives a client that missed something everything anew', async () => {
    const client = await TestClient.open(server, await newLab());
    await client.edit(host('h1'));
    client.send({ type: 'resync' });
    await until(() => client.snapshots === 2, 'the second snapshot');
    expect(client.snapshot?.topology.nodes).toHaveProperty('h1');
    client.close();
  });

  it('ends when its lab is deleted', async () => {
    const id = await newLab();
    const client = await TestClient.open(server, id);
    await server.json('DELETE', `/labs/${id}`);
    await until(() => client.socket.readyState === WebSocket.CLOSED, 'the close');
    expect(client.last('deleted')).toBeDefined();
  });
});

describe('two clients on one lab', () => {
  it('see each other, and the same document', async () => {
    const id = await newLab();
    const one = await TestClient.open(server, id);
    const two = await TestClient.open(server, id);
    await until(() => one.last('clients')?.clients === 2, 'the second client');
    await one.edit(host('h1'));
    await until(() => two.topology !== null && 'h1' in two.topology.nodes, 'the edit of the other');
    expect(two.last('document')?.author).toBe(one.snapshot?.clientId);
    one.close();
    two.close();
  });

  it('lose nothing of 500 edits each, made at the same time', async () => {
    const id = await newLab();
    const clients = [await TestClient.open(server, id), await TestClient.open(server, id)];
    const answers: Promise<Answer>[] = [];
    for (let count = 0; count < 500; count += 1) {
      for (const [index, client] of clients.entries()) answers.push(client.edit(host(`c${index}-${count}`)));
    }
    const types = (await Promise.all(answers)).map((answer) => answer.type);
    expect(new Set(types)).toEqual(new Set(['accepted']));
    await until(() => clients.every((client) => client.revision === 1_001), 'both to be up to date');
    const lab = await server.json<LabReply>('GET', `/labs/${id}`);
    expect(Object.keys(lab.topology.nodes)).toHaveLength(1_000);
    for (const client of clients) {
      expect(client.topology).toEqual(lab.topology);
      expect(client.snapshots).toBe(1);
      client.close();
    }
  });
});
