import type { LabReply, TerminalSession } from '@vethlab/protocol';
import type { Edit, NodeName } from '@vethlab/topology';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandboxedAgent } from '../agents/agent-starter.js';
import { TestClient } from '../testing/test-client.js';
import { removeFolder, startTestServer, type TestServer } from '../testing/test-server.js';
import { TestViewer } from '../testing/test-viewer.js';
import { until } from '../testing/until.js';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ startAgent: startSandboxedAgent });
});

afterAll(async () => {
  await server.close();
  await removeFolder(server);
});

const host = (name: string) => ({ type: 'add-node', kind: 'host', name }) as Edit;

/** A running lab with the hosts h1 and h2, and somebody who follows it. */
async function newLab(): Promise<{ readonly id: string; readonly client: TestClient }> {
  const { id } = await server.json<LabReply>('POST', '/labs', { name: 'Terminals' });
  const client = await TestClient.open(server, id);
  await client.edit(host('h1'));
  await client.edit(host('h2'));
  await until(
    () => server.shelf.get(id).run.state.state === 'running' && server.shelf.get(id).run.appliedRevision >= 3,
    'the lab to run',
  );
  return { id, client };
}

const open = (lab: string, node: string | null) =>
  server.json<TerminalSession>('POST', `/labs/${lab}/terminals`, { node, cols: 100, rows: 30 });

async function openAndAttach(lab: string, node: string | null): Promise<TestViewer> {
  const viewer = await TestViewer.attach(server, lab, (await open(lab, node)).id);
  await until(() => viewer.text.endsWith('# '), 'the prompt');
  return viewer;
}

describe('a terminal over the socket', () => {
  it('shows its prompt, and echoes what is typed', async () => {
    const { id } = await newLab();
    await openAndAttach(id, 'h1');
    const viewer = await openAndAttach(id, 'h1');
    expect(viewer.session).toMatchObject({ node: 'h1', title: 'h1 (2)', state: 'running', cols: 100, rows: 30 });
    await viewer.run('ip -br link', /lo/);
  });

  it('is opened in a VRF of a node, is called so, and another one there is the second', async () => {
    const { id } = await newLab();
    // Any interface is a place to be bound to; this kernel may have no VRFs.
    const inLoopback = { node: 'h1', vrf: 'lo', cols: 100, rows: 30 };
    const session = await server.json<TerminalSession>('POST', `/labs/${id}/terminals`, inLoopback);
    expect(session).toMatchObject({ node: 'h1', vrf: 'lo', title: 'h1/lo' });
    const viewer = await TestViewer.attach(server, id, session.id);
    await until(() => viewer.text.endsWith('# '), 'the prompt');
    await viewer.run('ss -Hltn; python3 -c "import socket; print(socket.socket().getsockopt(1, 25, 16))"', /b'lo/);
    expect((await open(id, 'h1')).title).toBe('h1');
    const second = await server.json<TerminalSession>('POST', `/labs/${id}/terminals`, inLoopback);
    expect(second.title).toBe('h1/lo (2)');
    const bad = await server.ask('POST', `/labs/${id}/terminals`, { node: 'h1', vrf: 'a name that is too long' });
    expect(bad.status).toBe(422);
    const nowhere = await server.json<TerminalSession>('POST', `/labs/${id}/terminals`, { node: 'h1', vrf: 'red' });
    const lost = await TestViewer.attach(server, id, nowhere.id);
    expect(await until(() => lost.exited, 'the end')).toMatchObject({ exitCode: 255 });
    expect(lost.text).toContain('There is no VRF and no interface "red" in this namespace.');
  });

  it('is in the list, in the snapshot, and told to everybody who follows the lab', async () => {
    const { id, client } = await newLab();
    const session = await open(id, null);
    expect(session).toMatchObject({ node: null, title: 'root', viewers: 0 });
    await until(() => client.last('terminals')?.terminals.length === 1, 'the broadcast');
    const viewer = await TestViewer.attach(server, id, session.id);
    await until(() => client.last('terminals')?.terminals[0]?.viewers === 1, 'the viewer');
    const late = await TestClient.open(server, id);
    expect(late.snapshot?.terminals).toMatchObject([{ id: session.id, viewers: 1 }]);
    const list = await server.json<{ terminals: TerminalSession[] }>('GET', `/labs/${id}/terminals`);
    expect(list.terminals).toMatchObject([{ id: session.id }]);
    await server.json('DELETE', `/labs/${id}/terminals/${session.id}`);
    await until(() => client.last('terminals')?.terminals.length === 0, 'the list without it');
    await until(() => viewer.closeCode !== null, 'the close');
    expect(viewer.exited).toMatchObject({ reason: 'closed', detail: 'The terminal was closed.' });
  });

  it('goes on without a viewer, and gives one that comes back only what it missed', async () => {
    const { id } = await newLab();
    const first = await openAndAttach(id, 'h1');
    await first.run('echo be""fore', /before/);
    first.type('sleep 0.3; echo mean""while\r');
    const { offset } = first;
    const session = first.session?.id ?? '';
    first.close();
    await until(() => server.shelf.get(id).terminals.find(session)?.viewers === 0, 'the viewer to be gone');
    await until(() => (server.shelf.get(id).terminals.find(session)?.ring.end ?? 0) > offset + 40, 'more output');
    const again = await TestViewer.attach(server, id, session, offset);
    await until(() => again.text.includes('meanwhile'), 'what was missed');
    expect(again.resets).toBe(0);
    expect(again.text).not.toContain('before');
    const fresh = await TestViewer.attach(server, id, session);
    await until(() => fresh.text.includes('meanwhile'), 'everything');
    expect(fresh.text).toContain('before');
    expect(fresh.resets).toBe(1);
  });

  it('is the same for several viewers, in the size that the last of them gave it', async () => {
    const { id } = await newLab();
    const one = await openAndAttach(id, 'h1');
    const two = await TestViewer.attach(server, id, one.session?.id ?? '');
    await two.run('echo sa""id', /said/);
    await until(() => one.text.includes('said'), 'the other viewer to see it');
    one.send({ type: 'resize', cols: 71, rows: 22 });
    await until(() => two.frames.some((frame) => frame.type === 'size' && frame.cols === 71), 'the size');
    await two.run('stty size', /22 71/);
    expect(one.session?.viewers).toBe(2);
  });

  it('keeps the last megabyte', async () => {
    const { id } = await newLab();
    const viewer = await openAndAttach(id, 'h1');
    await viewer.run('seq 1 300000; echo do""ne', /done/);
    const late = await TestViewer.attach(server, id, viewer.session?.id ?? '');
    await until(() => late.text.includes('done'), 'the end');
    expect(late.output.length).toBeGreaterThan(1_000_000);
    expect(late.output.length).toBeLessThanOrEqual(1024 * 1024);
    const [first, second] = late.text.split('\r\n').map(Number);
    expect(second).toBe((first ?? 0) + 1);
  });

  it('takes a paste of 1 MB in frames', async () => {
    const { id } = await newLab();
    const viewer = await openAndAttach(id, 'h1');
    await viewer.run('stty raw -echo; echo rea""dy; head -c 1000000 | cksum; stty sane', /ready/);
    for (let count = 0; count < 20; count += 1) viewer.type(Buffer.alloc(50_000, 'v'));
    await until(() => /\d+ 1000000/.test(viewer.text), 'the paste to be read');
  });
});

describe('a session ends and says why', () => {
  it('when its shell exits, and may be opened again', async () => {
    const { id } = await newLab();
    const viewer = await openAndAttach(id, 'h1');
    viewer.type('exit 3\r');
    const exited = await until(() => viewer.exited, 'the end');
    expect(exited).toMatchObject({ state: 'exited', reason: 'ended', exitCode: 3, signal: null });
    expect(exited.detail).toBe('The shell ended with exit code 3.');
    viewer.type('ls\r');
    await until(() => viewer.frames.some((frame) => frame.type === 'error'), 'a word about it');
    const late = await TestViewer.attach(server, id, exited.id);
    await until(() => late.exited, 'the end, told to who comes late');
    expect(late.text).toContain('exit 3');
    // Only what runs holds a name.
    expect((await open(id, 'h1')).title).toBe('h1');
  });

  it('when its node is removed, and follows when it is renamed', async () => {
    const { id, client } = await newLab();
    const viewer = await openAndAttach(id, 'h1');
    await client.edit({ type: 'rename-node', node: 'h1', to: 'web' } as Edit);
    await until(() => viewer.session?.title === 'web', 'the new title');
    await viewer.run('', /web.*# $/);
    await client.edit({ type: 'remove-nodes', nodes: ['web' as NodeName] });
    expect(await until(() => viewer.exited, 'the end')).toMatchObject({ reason: 'node-removed' });
  });

  it('when the agent dies; the lab comes back, and a new one can be opened', async () => {
    const { id } = await newLab();
    const viewer = await openAndAttach(id, null);
    viewer.type('kill -9 2\r');
    expect(await until(() => viewer.exited, 'the end')).toMatchObject({ reason: 'agent-lost' });
    await until(() => server.shelf.get(id).run.state.state === 'running', 'the lab to be back');
    await openAndAttach(id, 'h1');
  });

  it('when the lab is stopped', async () => {
    const { id } = await newLab();
    const viewer = await openAndAttach(id, null);
    await server.json('POST', `/labs/${id}/stop`);
    expect(await until(() => viewer.exited, 'the end')).toMatchObject({ reason: 'lab-stopped' });
    const reply = await server.ask('POST', `/labs/${id}/terminals`, { node: null });
    expect(reply.status).toBe(409);
    expect(await reply.json()).toMatchObject({ code: 'lab.not-running' });
  });
});

describe('a flood', () => {
  it('lets others edit and leaves the memory of the server flat', async () => {
    const { id, client } = await newLab();
    const watched = await openAndAttach(id, 'h1');
    const frozen = await openAndAttach(id, 'h1');
    const unwatched = await openAndAttach(id, 'h2');
    watched.keeps = false;
    frozen.acknowledges = false;
    const loud = unwatched.session?.id ?? '';
    for (const viewer of [watched, frozen, unwatched]) viewer.type('yes "a line of a flood"\r');
    unwatched.close();
    await until(() => watched.receivedBytes > 3 * 1024 * 1024, 'the flood');
    const memory = process.memoryUsage().rss;
    const before = watched.receivedBytes;
    // Each is answered while the flood goes on; an edit that had to wait for its end would wait for ever.
    for (let count = 0; count < 60; count += 1) await client.edit(host(`n${count}`));
    expect(watched.receivedBytes).toBeGreaterThan(before);
    // The viewer that takes nothing has got its window and no more, and its shell waits.
    expect(frozen.output.length).toBeLessThan(600 * 1024);
    expect(server.shelf.get(id).terminals.find(loud)?.ring.end).toBeGreaterThan(1024 * 1024);
    expect(process.memoryUsage().rss - memory).toBeLessThan(80 * 1024 * 1024);
    watched.type('\u0003');
    watched.keeps = true;
    await watched.run('echo sa""id', /said/);
    // Back again, it begins where the ring begins now.
    const resets = frozen.resets;
    frozen.acknowledges = true;
    frozen.send({ type: 'ack', bytes: frozen.output.length });
    frozen.type('\u0003');
    await frozen.run('echo sa""id', /said/);
    expect(frozen.resets).toBeGreaterThanOrEqual(resets);
  });
});

describe('too many', () => {
  it('terminals are refused, and those that ended give way', async () => {
    const { id } = await newLab();
    for (let count = 0; count < 128; count += 1) await open(id, null);
    const refused = await server.ask('POST', `/labs/${id}/terminals`, { node: null });
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ code: 'terminal.too-many' });
    const [first] = server.shelf.get(id).terminals.list();
    const viewer = await TestViewer.attach(server, id, first?.id ?? '');
    viewer.type('exit\r');
    await until(() => viewer.exited, 'the end');
    await open(id, null);
  });
});
