import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import type { LabReply } from '@vethlab/protocol';
import type { Edit } from '@vethlab/topology';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { forkedAgents } from '../testing/fork-agent.js';
import { TestClient } from '../testing/test-client.js';
import { removeFolder, startTestServer, type TestServer } from '../testing/test-server.js';
import { until } from '../testing/until.js';

// Real servers and processes, on a machine that may be busy with much else.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/* Rows of the table "Faults" of the design: a clock that jumps, and networks that do their worst. */

/** After healing a client is up to date within this (trust.md). */
const resyncMaxMs = 3_000;

const open: TestServer[] = [];

afterEach(async () => {
  vi.useRealTimers();
  for (const server of open.splice(0)) {
    await server.close();
    await removeFolder(server);
  }
});

async function newServer(options: Parameters<typeof startTestServer>[0] = {}): Promise<TestServer> {
  const server = await startTestServer(options);
  open.push(server);
  return server;
}

const host = (name: string): Edit => ({ type: 'add-node', kind: 'host', name }) as Edit;

describe('a clock that is moved', () => {
  const dayMs = 24 * 60 * 60 * 1_000;
  /** Whoever has not answered by the next time is taken for gone: long enough for a machine that is busy with other tests. */
  const pingIntervalMs = 400;

  it.each([
    ['forward', dayMs],
    ['back', -dayMs],
  ])('a day %s is noticed by nothing', async (_title, byMs) => {
    const agents = forkedAgents();
    const server = await newServer({ startAgent: agents.start, pingIntervalMs });
    const { id } = await server.json<LabReply>('POST', '/labs', { name: 'Clock' });
    await until(() => server.shelf.get(id).run.state.state === 'running', 'the lab to run');
    const client = await TestClient.open(server, id);
    const { ticket } = await server.json<{ ticket: string }>('POST', '/tickets');
    // The timers go on as they are: a clock that is set moves only what tells the time.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + byMs });
    await client.edit(host('after'));
    await until(() => client.last('applied')?.report.revision === client.revision, 'the edit to be applied');
    await until(() => readFileSync(join(server.labs, `${id}.lab.yaml`), 'utf8').includes('after'), 'the save');
    const second = new TestClient(
      new WebSocket(`ws://127.0.0.1:${server.port}/api/v1/labs/${id}/stream?ticket=${ticket}`),
    );
    await until(() => second.topology, 'the ticket to be taken');
    // Later both are there, and the file is still known as our own.
    let asked = 0;
    client.socket.on('ping', () => {
      asked += 1;
    });
    await until(() => asked > 2, 'asks for a sign of life');
    expect(await client.ask({ type: 'ping' })).toMatchObject({ type: 'pong' });
    expect(await second.ask({ type: 'ping' })).toMatchObject({ type: 'pong' });
    expect(client.snapshots).toBe(1);
    expect(client.received.filter((message) => message.type === 'document')).toHaveLength(1);
    expect(client.received.some((message) => message.type === 'run')).toBe(false);
    expect(agents.children).toHaveLength(1);
    client.close();
    second.close();
  });
});

/** A client frame (RFC 6455, 5.2) of at most 125 bytes, masked. */
function frame(opcode: number, final: boolean, text: string): Buffer {
  const payload = Buffer.from(text);
  const mask = randomBytes(4);
  const masked = payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return Buffer.concat([Buffer.from([(final ? 0x80 : 0) | opcode, 0x80 | payload.length]), mask, masked]);
}

const textFrame = 0x1;
const continuation = 0x0;

/** Upgrades by hand; what the server sends is collected. */
async function bareStream(server: TestServer, id: string): Promise<{ socket: Socket; text: () => string }> {
  const { ticket } = await server.json<{ ticket: string }>('POST', '/tickets');
  const socket = connect({ port: server.port, host: '127.0.0.1', noDelay: true });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  const text = () => Buffer.concat(chunks).toString('latin1');
  socket.write(
    [
      `GET /api/v1/labs/${id}/stream?ticket=${ticket} HTTP/1.1`,
      `Host: 127.0.0.1:${server.port}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      '\r\n',
    ].join('\r\n'),
  );
  await until(() => text().includes('"type":"snapshot"'), 'the snapshot');
  return { socket, text };
}

describe('a network that sends a byte at a time', () => {
  const ping = JSON.stringify({ type: 'ping', requestId: 'bytes' });

  it('is understood, whether packets or frames are of one byte, and delays nobody', async () => {
    const server = await newServer();
    const { id } = await server.json<LabReply>('POST', '/labs', { name: 'Bytes' });
    const other = await TestClient.open(server, id);
    const { socket, text } = await bareStream(server, id);
    for (const byte of frame(textFrame, true, ping)) {
      socket.write(Buffer.from([byte]));
      await new Promise(setImmediate);
    }
    await until(() => text().includes('"requestId":"bytes","type":"pong"'), 'the answer to packets of one byte');
    const letters = [...ping.replace('bytes', 'frames')];
    for (const [index, letter] of letters.entries()) {
      socket.write(frame(index === 0 ? textFrame : continuation, index === letters.length - 1, letter));
      if (index === 10) expect(await other.edit(host('h1'))).toMatchObject({ type: 'accepted' });
    }
    await until(() => text().includes('"requestId":"frames","type":"pong"'), 'the answer to frames of one byte');
    socket.destroy();
    other.close();
  });

  it('and never ends a message costs no more than the largest message', async () => {
    const server = await newServer();
    const { id } = await server.json<LabReply>('POST', '/labs', { name: 'Endless' });
    const { socket } = await bareStream(server, id);
    const part = 'x'.repeat(125);
    socket.on('error', () => undefined);
    socket.write(frame(textFrame, false, part));
    let sent = part.length;
    while (!socket.destroyed && sent < 8 * 1024 * 1024) {
      for (let count = 0; count < 1_000; count += 1) socket.write(frame(continuation, false, part));
      sent += 1_000 * part.length;
      await new Promise(setImmediate);
    }
    await until(() => socket.destroyed, 'the close');
    await until(() => server.shelf.get(id).clients === 0, 'the server to let go of it');
  });
});

describe('a half-open socket', () => {
  it('is given up, the others go on, and its owner is up to date within 3 s of coming back', async () => {
    const server = await newServer({ pingIntervalMs: 50 });
    const { id } = await server.json<LabReply>('POST', '/labs', { name: 'Half' });
    const other = await TestClient.open(server, id);
    // Answers no ping and takes nothing, as behind a cable that was pulled out; nobody says so.
    const { socket } = await bareStream(server, id);
    socket.pause();
    await until(() => other.last('clients')?.clients === 2, 'both');
    expect(await other.edit(host('h1'))).toMatchObject({ type: 'accepted' });
    await until(() => other.last('clients')?.clients === 1, 'the server to give it up');
    expect(await other.edit(host('h2'))).toMatchObject({ type: 'accepted' });
    const healed = performance.now();
    const back = await TestClient.open(server, id);
    expect(performance.now() - healed).toBeLessThan(resyncMaxMs);
    expect(Object.keys(back.topology?.nodes ?? {})).toEqual(['h1', 'h2']);
    socket.destroy();
    back.close();
    other.close();
  });
});
