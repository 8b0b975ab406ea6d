import { once } from 'node:events';
import { connect } from 'node:net';
import type { LabReply, TerminalSession } from '@vethlab/protocol';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { forkedAgents } from '../testing/fork-agent.js';
import { TestClient } from '../testing/test-client.js';
import { removeFolder, startTestServer, type TestServer } from '../testing/test-server.js';
import { TestViewer } from '../testing/test-viewer.js';
import { until } from '../testing/until.js';

// Real servers and processes, on a machine that may be busy with much else.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let server: TestServer;
let lab: string;
let otherLab: string;
let terminal: TerminalSession;

async function newLab(name: string): Promise<string> {
  const { id } = await server.json<LabReply>('POST', '/labs', { name });
  await until(() => server.shelf.get(id).run.state.state === 'running', 'the lab to run');
  return id;
}

beforeAll(async () => {
  server = await startTestServer({ startAgent: forkedAgents().start });
  lab = await newLab('One');
  otherLab = await newLab('Other');
  terminal = await server.json<TerminalSession>('POST', `/labs/${lab}/terminals`, { node: null });
});

afterAll(async () => {
  await server.close();
  await removeFolder(server);
});

const ticket = async () => (await server.json<{ ticket: string }>('POST', '/tickets')).ticket;

/** The answer to an upgrade with exactly these headers: its status. */
async function knock(path: string, headers: Record<string, string> = {}): Promise<number> {
  const socket = connect({ port: server.port, host: '127.0.0.1' });
  const all = {
    Host: `127.0.0.1:${server.port}`,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return Number(answer.toString().split(' ')[1]);
}

const path = (id = terminal.id, of = lab) => `/api/v1/labs/${of}/terminals/${id}`;

describe('who may attach to a terminal', () => {
  it('is somebody with a ticket, which works once', async () => {
    const mine = await ticket();
    expect(await knock(`${path()}?ticket=${mine}`)).toBe(101);
    expect(await knock(`${path()}?ticket=${mine}`)).toBe(401);
  });

  it('is nobody without a ticket or token, whatever cookie the browser sends', async () => {
    expect(await knock(path())).toBe(401);
    expect(await knock(path(), { Cookie: `vethlab_${server.port}=${server.token}` })).toBe(401);
    expect(await knock(`${path()}?ticket=wrong`)).toBe(401);
    expect(await knock(path(), { Authorization: `Bearer ${server.token}` })).toBe(101);
  });

  it('is no page of another site, even with a ticket', async () => {
    for (const origin of ['http://evil.example', `http://127.0.0.1:${server.port}.evil.example`, 'null']) {
      expect(await knock(`${path()}?ticket=${await ticket()}`, { Origin: origin })).toBe(403);
    }
    const ours = `http://127.0.0.1:${server.port}`;
    expect(await knock(`${path()}?ticket=${await ticket()}`, { Origin: ours })).toBe(101);
  });

  it('is nobody under another name of this machine (DNS rebinding)', async () => {
    expect(await knock(`${path()}?ticket=${await ticket()}`, { Host: 'evil.example' })).toBe(403);
  });
});

describe('what there is to attach to', () => {
  it.each([
    ['an unknown id', 't-0000000000000000', null],
    ['a name of every object', '__proto__', null],
    ['a path', '..%2f..%2fstream', null],
    ['a terminal of another lab', null, 'other'],
  ])('is not %s', async (_, id, of) => {
    const address = path(id ?? terminal.id, of === null ? lab : otherLab);
    expect(await knock(`${address}?ticket=${await ticket()}`)).toBe(404);
  });

  it('over REST neither', async () => {
    for (const id of ['t-0000000000000000', '__proto__', 'constructor']) {
      expect((await server.ask('DELETE', `/labs/${lab}/terminals/${id}`)).status).toBe(404);
    }
    expect((await server.ask('DELETE', `/labs/${otherLab}/terminals/${terminal.id}`)).status).toBe(404);
  });
});

describe('what may be sent', () => {
  it.each([
    ['no node', {}],
    ['a node that is no text', { node: 7 }],
    ['an empty name', { node: '' }],
    ['a name longer than a file name', { node: 'x'.repeat(256) }],
    ['no columns', { node: null, cols: 0 }],
    ['a screen as large as a house', { node: null, cols: 100_000 }],
    ['a field of its own', { node: null, command: 'rm' }],
  ])('is not %s, when opening one', async (_, body) => {
    expect((await server.ask('POST', `/labs/${lab}/terminals`, body)).status).toBe(422);
  });

  it('is no frame of more than 64 KiB', async () => {
    const viewer = await TestViewer.attach(server, lab, terminal.id);
    viewer.type(Buffer.alloc(64 * 1024 + 1));
    await until(() => viewer.closeCode !== null, 'the close');
    expect(viewer.closeCode).toBe(1009);
  });

  it.each([
    ['request.not-json', 'nonsense'],
    ['message.unknown', '{"type":"resize","cols":-1,"rows":2}'],
    ['message.unknown', '{"type":"resize","cols":1e9,"rows":2}'],
    ['message.unknown', '{"type":"ack","bytes":-5}'],
    ['message.unknown', '{"type":"ack","bytes":1,"more":1}'],
    ['request.repeated-key', '{"type":"ack","type":"resize"}'],
    ['request.too-deep', '['.repeat(20_000)],
  ])('is answered with what is wrong with it, %s, and the socket stays', async (code, text) => {
    const viewer = await TestViewer.attach(server, lab, terminal.id);
    viewer.socket.send(text);
    const frame = await until(() => viewer.frames.find(({ type }) => type === 'error'), 'the error');
    expect(frame).toMatchObject({ code });
    await viewer.run('still here', /still here/);
    viewer.close();
  });

  it('is no acknowledgement of more than was received', async () => {
    const viewer = await TestViewer.attach(server, lab, terminal.id);
    viewer.acknowledges = false;
    viewer.send({ type: 'ack', bytes: 1_000_000_000 });
    for (let count = 0; count < 20; count += 1) viewer.type(Buffer.alloc(60_000, 'x'));
    await until(() => (server.shelf.get(lab).terminals.find(terminal.id)?.ring.end ?? 0) > 1_200_000, 'the output');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(viewer.receivedBytes).toBeLessThanOrEqual(2 * 512 * 1024);
    viewer.close();
  });
});

describe('what a terminal writes', () => {
  it('reaches its viewers as it is, and nobody else', async () => {
    const follower = await TestClient.open(server, lab);
    const viewer = await TestViewer.attach(server, lab, terminal.id);
    const hostile = Buffer.from([0x1b, 0x5d, 0x35, 0x32, 0x3b, 0x00, 0xff, 0xfe, 0x9b, 0x07, 0x80]);
    viewer.type(hostile);
    await until(() => viewer.output.includes(hostile), 'the bytes');
    await follower.ask({ type: 'ping' });
    expect(JSON.stringify(follower.received)).not.toContain('\\u001b');
    viewer.close();
    follower.close();
  });

  it('is not lost with an offset from nowhere: the viewer begins anew', async () => {
    for (const from of ['999999999', '-1', '1e3', 'NaN']) {
      const socket = new WebSocket(
        `ws://127.0.0.1:${server.port}${path()}?ticket=${await ticket()}&from=${encodeURIComponent(from)}`,
      );
      const [first] = (await once(socket, 'message')) as [Buffer];
      expect(JSON.parse(String(first))).toMatchObject({ type: 'attached', reset: true });
      socket.terminate();
    }
  });
});
