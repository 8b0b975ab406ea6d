import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabReply } from '@vethlab/protocol';
import type { Edit } from '@vethlab/topology';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { forkedAgents } from '../testing/fork-agent.js';
import { TestClient } from '../testing/test-client.js';
import { removeFolder, startTestServer, type TestServer } from '../testing/test-server.js';
import { until } from '../testing/until.js';

// Real servers and processes, on a machine that may be busy with much else.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const open: TestServer[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) {
    await server.close();
    await removeFolder(server);
  }
});

async function serverWithAgents(folder?: string) {
  const agents = forkedAgents();
  const server = await startTestServer({ startAgent: agents.start, ...(folder === undefined ? {} : { folder }) });
  open.push(server);
  return { server, agents };
}

async function runningLab(server: TestServer, name = 'Lab'): Promise<string> {
  const { id } = await server.json<LabReply>('POST', '/labs', { name });
  await until(() => server.shelf.get(id).run.state.state === 'running', 'the lab to run');
  return id;
}

const host = (name: string): Edit => ({ type: 'add-node', kind: 'host', name }) as Edit;

describe('a new lab', () => {
  it('runs at once, and stops and starts when asked', async () => {
    const { server, agents } = await serverWithAgents();
    const id = await runningLab(server);
    await server.json('POST', `/labs/${id}/stop`);
    expect(server.shelf.get(id).run.state).toEqual({ state: 'stopped' });
    expect(agents.children[0]?.signalCode).toBe('SIGKILL');
    await server.json('POST', `/labs/${id}/start`);
    await until(() => server.shelf.get(id).run.state.state === 'running', 'the lab to run again');
    expect(agents.children).toHaveLength(2);
  });

  it('has what the kernel says in its snapshot, and forgets it when it stops', async () => {
    const { server } = await serverWithAgents();
    const id = await runningLab(server);
    server.shelf.get(id).edit(host('h1'), 1, null);
    await server.json('POST', `/labs/${id}/stop`);
    await server.json('POST', `/labs/${id}/start`);
    const client = await TestClient.open(server, id);
    await until(() => server.shelf.get(id).mirror.observed.namespaces.h1, 'the namespace');
    await server.json('POST', `/labs/${id}/stop`);
    await until(() => client.last('run')?.run.state === 'stopped', 'the stop');
    expect(client.last('observed')?.delta).toEqual({ namespaces: { h1: null } });
    client.close();
  });
});

describe('an agent that dies', () => {
  it('is replaced, and the clients keep their place', async () => {
    const { server, agents } = await serverWithAgents();
    const id = await runningLab(server);
    const client = await TestClient.open(server, id);
    await client.edit(host('h1'));
    agents.children[0]?.kill('SIGKILL');
    await until(
      () => client.received.some((message) => message.type === 'run' && message.run.state === 'restarting'),
      'the news',
    );
    await until(() => client.last('run')?.run.state === 'running', 'the restart');
    expect(agents.children).toHaveLength(2);
    expect(client.snapshots).toBe(1);
    expect(await client.edit(host('h2'))).toMatchObject({ type: 'accepted' });
    await until(() => client.last('applied')?.report.revision === client.revision, 'the edit to be applied');
    client.close();
  });

  it('again and again is given up with a reason and a remedy, and can be tried again', async () => {
    const { server, agents } = await serverWithAgents();
    const { id } = await server.json<LabReply>('POST', '/labs', { name: 'dies at once' });
    const failed = await until(() => {
      const { state } = server.shelf.get(id).run;
      return state.state === 'failed' ? state : null;
    }, 'the server to give up');
    expect(failed).toMatchObject({ code: 'lab.agent-keeps-dying' });
    expect(failed.reason).toContain('5 times');
    expect(agents.children).toHaveLength(5);
    server.shelf.get(id).edit({ type: 'set-lab-name', name: 'fine' }, 1, null);
    await server.json('POST', `/labs/${id}/start`);
    await until(() => server.shelf.get(id).run.state.state === 'running', 'the lab to run');
  });

  it('while somebody waits for its answer is told as that', async () => {
    const { server, agents } = await serverWithAgents();
    const id = await runningLab(server);
    const asked = server.ask('POST', `/labs/${id}/drift/repair`, { items: ['never'] });
    expect(await (await asked).json()).toMatchObject({ status: 409, code: 'lab.refused', detail: 'Not this one.' });
    expect(await server.json('GET', `/labs/${id}/plan`)).toEqual({ against: 'running', steps: [] });
    agents.children[0]?.kill('SIGSTOP');
    const waiting = server.shelf.get(id).run.plan();
    agents.children[0]?.kill('SIGKILL');
    await expect(waiting).rejects.toMatchObject({ problem: { status: 503, code: 'lab.agent-lost' } });
  });

  it('that speaks nonsense is not believed, and harms nobody', async () => {
    const { server } = await serverWithAgents();
    const id = await runningLab(server, 'speaks nonsense');
    const { mirror } = server.shelf.get(id);
    expect(mirror.drift).toEqual([]);
    expect(mirror.observed.namespaces).toEqual({});
  });
});

describe('held mode', () => {
  it('keeps edits back until apply, also when the agent is replaced meanwhile', async () => {
    const { server, agents } = await serverWithAgents();
    const id = await runningLab(server);
    const { run } = server.shelf.get(id);
    const client = await TestClient.open(server, id);
    expect(await client.ask({ type: 'set-mode', mode: 'held' })).toMatchObject({ type: 'done' });
    await client.edit(host('h1'));
    await client.edit(host('h2'));
    expect(run.appliedRevision).toBe(1);
    expect(await client.ask({ type: 'plan' })).toMatchObject({ type: 'plan', steps: [] });
    agents.children[0]?.kill('SIGKILL');
    await until(() => agents.children.length === 2 && run.state.state === 'running', 'the restart');
    expect(run.appliedRevision).toBe(1);
    expect(await client.ask({ type: 'apply' })).toMatchObject({ type: 'done' });
    expect(run.appliedRevision).toBe(3);
    client.close();
  });

  it('gives way to live mode, which applies what was held', async () => {
    const { server } = await serverWithAgents();
    const id = await runningLab(server);
    const { run } = server.shelf.get(id);
    await server.json('PUT', `/labs/${id}/mode`, { mode: 'held' });
    server.shelf.get(id).edit(host('h1'), 1, null);
    await server.json('PUT', `/labs/${id}/mode`, { mode: 'live' });
    await until(() => run.appliedRevision === 2, 'the edit to be applied');
  });
});

describe('held edits, after a restart of the server', () => {
  async function heldLab(): Promise<{ server: TestServer; id: string }> {
    const { server } = await serverWithAgents();
    const id = await runningLab(server);
    const lab = server.shelf.get(id);
    lab.edit(host('applied'), 1, null);
    await until(() => lab.run.appliedRevision === 2, 'the edit to be applied');
    await server.json('PUT', `/labs/${id}/mode`, { mode: 'held' });
    lab.edit(host('h1'), 2, null);
    lab.edit({ type: 'rename-node', node: 'h1', to: 'held' } as Edit, 3, null);
    return { server, id };
  }

  it('stay held, and are applied when asked', async () => {
    const { server, id } = await heldLab();
    await server.close();
    const { server: next } = await serverWithAgents(server.folder);
    const lab = next.shelf.get(id);
    await until(() => lab.run.state.state === 'running', 'the lab to come back');
    expect(Object.keys(lab.topology.nodes)).toEqual(['applied', 'held']);
    expect(Object.keys(lab.mirror.observed.namespaces)).toEqual(['applied']);
    expect(lab.run.appliedRevision).toBeLessThan(lab.revision);
    await next.json('POST', `/labs/${id}/apply`);
    expect(lab.run.appliedRevision).toBe(lab.revision);
    // What was applied now is what a second restart starts with.
    await next.close();
    const { server: last } = await serverWithAgents(server.folder);
    await until(() => last.shelf.get(id).run.state.state === 'running', 'the lab to come back again');
    expect(Object.keys(last.shelf.get(id).mirror.observed.namespaces)).toEqual(['applied', 'held']);
    expect(last.shelf.get(id).run.appliedRevision).toBe(last.shelf.get(id).revision);
  });

  it('are not applied when it is not known what was: the lab stays stopped', async () => {
    const { server, id } = await heldLab();
    await server.close();
    const base = join(server.folder, 'data', 'labs', '.journal', `${id}.applied.json`);
    writeFileSync(base, readFileSync(base, 'utf8').slice(0, 40));
    const { server: next, agents } = await serverWithAgents(server.folder);
    const { run } = next.shelf.get(id);
    expect(run.state).toEqual({ state: 'stopped' });
    expect(run.mode).toBe('held');
    expect(agents.children).toHaveLength(0);
  });

  it('leave nothing behind once the lab is live, stopped or removed', async () => {
    const { server, id } = await heldLab();
    const base = join(server.folder, 'data', 'labs', '.journal', `${id}.applied.json`);
    await until(() => existsSync(base), 'it to be written');
    await server.json('PUT', `/labs/${id}/mode`, { mode: 'live' });
    await until(() => !existsSync(base), 'it to go');
    await server.json('PUT', `/labs/${id}/mode`, { mode: 'held' });
    await until(() => existsSync(base), 'it to be written again');
    await server.json('POST', `/labs/${id}/stop`);
    await until(() => !existsSync(base), 'it to go with the sandbox');
    await server.json('POST', `/labs/${id}/start`);
    await until(() => existsSync(base), 'it to come with the sandbox');
    await server.json('DELETE', `/labs/${id}`);
    expect(existsSync(base)).toBe(false);
  });
});

it('reach is answered with progress on the way, over the stream and over REST', async () => {
  const { server } = await serverWithAgents();
  const id = await runningLab(server);
  const client = await TestClient.open(server, id);
  expect(await client.ask({ type: 'reach', family: 4 })).toMatchObject({ type: 'reach', report: { nodes: ['h1'] } });
  expect(client.received).toContainEqual(expect.objectContaining({ type: 'reach-progress', done: 1, total: 2 }));
  expect(await server.json('POST', `/labs/${id}/reach`, { family: 6 })).toMatchObject({ tookMs: 1 });
  client.close();
});

it('labs that were running come back after a restart of the server, and the others do not', async () => {
  const { server } = await serverWithAgents();
  const [one, two, held] = [
    await runningLab(server, 'One'),
    await runningLab(server, 'Two'),
    await runningLab(server, 'Held'),
  ];
  await server.json('POST', `/labs/${two}/stop`);
  await server.json('PUT', `/labs/${held}/mode`, { mode: 'held' });
  await server.close();
  expect(JSON.parse(readFileSync(join(server.folder, 'data', 'running.json'), 'utf8')).running.sort()).toEqual([
    held,
    one,
  ]);
  const { server: next } = await serverWithAgents(server.folder);
  await until(() => next.shelf.get(one).run.state.state === 'running', 'the lab to come back');
  expect(next.shelf.get(two).run.state).toEqual({ state: 'stopped' });
  expect(next.shelf.get(held).run.mode).toBe('held');
});
