import { connect, type Socket } from 'node:net';
import type { LabReply } from '@vethlab/protocol';
import type { Edit } from '@vethlab/topology';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
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

const host = (name: string): Edit => ({ type: 'add-node', kind: 'host', name }) as Edit;

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

  it('that says a key twice is told which, changes nothing, and may go on', async () => {
    const client = await TestClient.open(server, await newLab());
    client.socket.send(
      '{"type":"edit","requestId":"r","baseRevision":1,"edit":{"type":"set-lab-name","name":"a","name":"b"}}',
    );
    const error = await until(() => client.received.find((message) => message.type === 'error'), 'the error');
    expect(error).toMatchObject({ type: 'error', code: 'request.repeated-key' });
    expect(JSON.stringify(error)).toContain('name');
    expect(await client.ask({ type: 'ping' })).toMatchObject({ type: 'pong' });
    expect(client.revision).toBe(1);
    client.close();
  });

  it('that announces a message of 200 MB is closed for that, without waiting for it', async () => {
    const socket = await oddClient(server, await newLab());
    let received = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
    });
    const header = Buffer.alloc(14);
    header.writeUInt8(0x81, 0);
    header.writeUInt8(0xff, 1);
    header.writeBigUInt64BE(200n * 1024n * 1024n, 2);
    socket.write(header);
    await until(() => socket.closed, 'the close');
    // Too big (1009, RFC 6455 7.4.1), and not given up for its silence: that would close it without a word.
    expect(received.subarray(-4).toString('hex')).toBe('880203f1');
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
