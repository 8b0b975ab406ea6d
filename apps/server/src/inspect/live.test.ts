import type { LabReply, LiveMessage, Problem } from '@vethlab/protocol';
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

async function runningLab() {
  const agents = forkedAgents();
  const server = await startTestServer({ startAgent: agents.start });
  open.push(server);
  const { id } = await server.json<LabReply>('POST', '/labs', { name: 'Lab' });
  await until(() => server.shelf.get(id).run.state.state === 'running', 'the lab to run');
  return { server, id, agents };
}

const liveOf = (client: TestClient) =>
  client.received.filter((message): message is LiveMessage => message.type === 'live');

// The agent of these tests answers with the sections of each order: the number of rules is the number of orders so far.
describe('clients that look at a node', () => {
  it('get its sections, from one reading for all of them, and nothing once they looked away', async () => {
    const { server, id } = await runningLab();
    const [a, b, c] = [
      await TestClient.open(server, id),
      await TestClient.open(server, id),
      await TestClient.open(server, id),
    ];
    expect(await a.ask({ type: 'inspect', node: 'h1', sections: ['rules'] })).toMatchObject({ type: 'done' });
    await until(() => liveOf(a).length === 1, 'the first reading');
    expect(liveOf(a)[0]).toEqual({
      type: 'live',
      node: 'h1',
      present: true,
      pieces: { rules: { total: 1, rows: [], problem: null } },
    });
    await b.ask({ type: 'inspect', node: 'h1', sections: ['rules'] });
    await until(() => liveOf(b).length === 1, 'the same reading');
    // No order went to the agent for the second client.
    expect(liveOf(b)[0]?.pieces.rules?.total).toBe(1);
    expect(liveOf(c)).toEqual([]);
    await a.ask({ type: 'inspect', node: null, sections: [] });
    b.close();
    await until(() => server.shelf.get(id).clients === 2, 'the client to be gone');
    await c.ask({ type: 'inspect', node: 'h1', sections: ['rules'] });
    await until(() => liveOf(c).length === 1, 'a new reading');
    expect(liveOf(c)[0]?.pieces.rules?.total).toBe(3);
    expect(liveOf(a)).toHaveLength(1);
    a.close();
    c.close();
  });

  it('are still looked for by the agent that follows one that died', async () => {
    const { server, id, agents } = await runningLab();
    const client = await TestClient.open(server, id);
    await client.ask({ type: 'inspect', node: 'h1', sections: ['rules'] });
    await until(() => liveOf(client).length === 1, 'the first reading');
    agents.children[0]?.kill('SIGKILL');
    await until(() => liveOf(client).length === 2, 'a reading of the new agent');
    expect(client.snapshots).toBe(1);
    client.close();
  });

  it('are told what is wrong with what they ask', async () => {
    const { server, id } = await runningLab();
    const client = await TestClient.open(server, id);
    for (const bad of [{ node: 7, sections: [] }, { node: 'h1', sections: ['everything'] }, { node: 'h1' }]) {
      client.send({ type: 'inspect', requestId: 'bad', ...bad } as never);
    }
    await until(() => client.received.filter((message) => message.type === 'failed').length === 3, 'three refusals');
    expect((await client.ask({ type: 'ping' })).type).toBe('pong');
    client.close();
  });
});

describe('GET /labs/{id}/nodes/{name}/live', () => {
  it('gives one reading of the sections that are asked for', async () => {
    const { server, id } = await runningLab();
    const reading = await server.json(
      'GET',
      `/labs/${id}/nodes/${encodeURIComponent('$(id) /x')}/live?sections=rules,fdb`,
    );
    expect(reading).toMatchObject({
      node: '$(id) /x',
      present: true,
      pieces: { rules: { total: 0 }, fdb: { total: 0 } },
    });
  });

  it('says which sections there are, which namespace there is not, and that a stopped lab has nothing to read', async () => {
    const { server, id } = await runningLab();
    const problem = async (path: string) => {
      const response = await server.ask('GET', `/labs/${id}/nodes/${path}`);
      const { code } = (await response.json()) as Problem;
      return [response.status, code];
    };
    expect(await problem('h1/live?sections=rules,all')).toEqual([422, 'request.query']);
    expect(await problem('nobody/live')).toEqual([404, 'node.unknown']);
    await server.json('POST', `/labs/${id}/stop`);
    expect(await problem('h1/live')).toEqual([409, 'lab.not-running']);
  });
});
