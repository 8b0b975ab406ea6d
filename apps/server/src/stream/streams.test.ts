import { connect, type Socket } from 'node:net';
import type { Answer, LabReply } from '@vethlab/protocol';
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

describe('a client that does not read', () => {
  it('costs a bounded amount of memory, delays nobody, and is up to date soon after it reads again', async () => {
    const id = await newLab();
    const other = await TestClient.open(server, id);
    const frozen = await TestClient.open(server, id);
    frozen.socket.pause();
    // Each label edit is broadcast with before and after: some 300 bytes. 40,000 of them would be 12 MB.
    await other.edit(host('h1'));
    const before = process.memoryUsage().rss;
    const shelf = server.shelf.get(id);
    for (let count = 0; count < 40_000; count += 1) {
      shelf.edit({ type: 'set-node', node: 'h1', label: `${count} ${'x'.repeat(80)}` } as Edit, shelf.revision, null);
      if (count % 500 === 0) await new Promise(setImmediate);
    }
    await until(() => other.revision === shelf.revision, 'the other client to have everything');
    expect(other.snapshots).toBe(1);
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
    frozen.socket.resume();
    const healed = performance.now();
    await until(() => frozen.revision === shelf.revision, 'the frozen client to have caught up');
    expect(performance.now() - healed).toBeLessThan(3_000);
    expect(frozen.snapshots).toBe(2);
    frozen.close();
    other.close();
  });

  it('that breaks off in the middle of a frame disturbs nobody', async () => {
    const id = await newLab();
    const other = await TestClient.open(server, id);
    const socket = await oddClient(server, id);
    await until(() => other.last('clients')?.clients === 2, 'the odd client');
    socket.write(Buffer.from([0x81, 0xfe, 0x10]));
    socket.resetAndDestroy();
    await until(() => other.last('clients')?.clients === 1, 'its end');
    expect(await other.ask({ type: 'ping' })).toMatchObject({ type: 'pong' });
    other.close();
  });

  it('that announces a message of 200 MB is closed at once', async () => {
    const socket = await oddClient(server, await newLab());
    const started = performance.now();
    const header = Buffer.alloc(14);
    header.writeUInt8(0x81, 0);
    header.writeUInt8(0xff, 1);
    header.writeBigUInt64BE(200n * 1024n * 1024n, 2);
    socket.write(header);
    socket.resume();
    await until(() => socket.closed, 'the close');
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('and is there no more, without a word, is noticed by its silence', async () => {
    const quick = await startTestServer({ pingIntervalMs: 50 });
    const { id } = await quick.json<LabReply>('POST', '/labs', { name: 'Quick' });
    const other = await TestClient.open(quick, id);
    const silent = await oddClient(quick, id);
    silent.resume();
    await until(() => other.last('clients')?.clients === 2, 'the silent client');
    await until(() => other.last('clients')?.clients === 1, 'the server to give it up');
    expect(await other.ask({ type: 'ping' })).toMatchObject({ type: 'pong' });
    other.close();
    await quick.close();
    await removeFolder(quick);
  });
});

/** Opens a stream by hand, in fragments of one byte as a bad network would, and then does nothing by itself. */
async function oddClient(on: TestServer, id: string): Promise<Socket> {
  const { ticket: mine } = await on.json<{ ticket: string }>('POST', '/tickets');
  const socket = connect({ port: on.port, host: '127.0.0.1', noDelay: true });
  const lines = [
    `GET /api/v1/labs/${id}/stream?ticket=${mine} HTTP/1.1`,
    `Host: 127.0.0.1:${on.port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ];
  for (const byte of Buffer.from(`${lines.join('\r\n')}\r\n\r\n`)) socket.write(Buffer.from([byte]));
  await until(
    () => on.shelf.get(id).clients > 0 && socket.bytesWritten > 0 && socket.readyState === 'open',
    'the odd client',
  );
  return socket;
}
