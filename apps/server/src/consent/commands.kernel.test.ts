import type { CommandLog, CommandStatus, CommandsView, LabReply, NodeProcesses, Problem } from '@vethlab/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandboxedAgent } from '../agents/agent-starter.js';
import { removeFolder, startTestServer, type TestServer } from '../testing/test-server.js';
import { until } from '../testing/until.js';

const file = `vethlab: 1
name: Foreign
nodes:
  h1:
    kind: host
    commands:
      beat: { run: [sh, -c, "while :; do echo beat; sleep 0.2; done"] }
      hand: { run: [sleep, "999"], start: by-hand }
`;

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ startAgent: startSandboxedAgent });
});

afterAll(async () => {
  await server.close();
  await removeFolder(server);
});

const stateOf = async (id: string, name: string) =>
  (await server.json<CommandsView>('GET', `/labs/${id}/commands`)).statuses.find((one) => one.name === name)?.status;

async function runningLab(): Promise<string> {
  const { id } = await server.json<LabReply>('POST', '/labs', { file });
  await until(() => server.shelf.get(id).run.state.state === 'running', 'the lab to run');
  return id;
}

const runs = [
  ['sh', '-c', 'while :; do echo beat; sleep 0.2; done'],
  ['sleep', '999'],
];

describe('the commands of a lab file', () => {
  it('run nothing before consent, and after it by themselves or by hand, also when the server comes back', async () => {
    const id = await runningLab();
    const path = `/labs/${id}/nodes/h1`;
    await until(async () => (await stateOf(id, 'beat'))?.state === 'waiting-for-consent', 'it waits');
    const refused = await server.ask('POST', `${path}/commands/hand/start`, {});
    expect(refused.status).toBe(409);
    expect(((await refused.json()) as Problem).detail).toContain('agreed');
    expect((await server.json<NodeProcesses>('GET', `${path}/processes`)).total).toBe(0);

    const after = await server.json<CommandsView>('POST', `/labs/${id}/commands/allow`, { runs });
    expect(after.waiting).toEqual([]);
    await until(async () => (await stateOf(id, 'beat'))?.state === 'running', 'it runs');
    expect((await stateOf(id, 'hand'))?.state).toBe('idle');
    await until(
      async () => (await server.json<CommandLog>('GET', `${path}/commands/beat/log`)).text.includes('beat\nbeat\n'),
      'its log',
    );
    const started = await server.json<CommandStatus>('POST', `${path}/commands/hand/start`);
    expect(started.status.state).toBe('running');
    const stopped = await server.json<CommandStatus>('POST', `${path}/commands/hand/stop`);
    expect(stopped).toMatchObject({ stoppedByHand: true, status: { state: 'exited', signal: 'SIGTERM' } });

    const { folder } = server;
    await server.close();
    server = await startTestServer({ startAgent: startSandboxedAgent, folder });
    await until(async () => (await stateOf(id, 'beat'))?.state === 'running', 'it runs again');
  });

  it('are told to be gone when the lab stops, and a process of a node can be ended', async () => {
    const id = await runningLab();
    const path = `/labs/${id}/nodes/h1`;
    await server.json('POST', `/labs/${id}/commands/allow`, { runs });
    await until(async () => (await stateOf(id, 'beat'))?.state === 'running', 'it runs');
    await server.json('POST', `${path}/commands/hand/start`);
    const list = await server.json<NodeProcesses>('GET', `${path}/processes`);
    const found = list.processes.find(({ command }) => command === 'hand');
    expect(found?.arguments).toEqual(['sleep', '999']);
    const body = { pid: found?.pid, startedTicks: found?.startedTicks, signal: 'SIGKILL' };
    for (const bad of [{ ...body, pid: 1 }, { ...body, signal: 'SIGSTOP' }, { ...body, pid: -1 }, { pid: 9 }]) {
      expect((await server.ask('POST', `${path}/processes/signal`, bad)).status).toBe(422);
    }
    expect((await server.ask('POST', `${path}/processes/signal`, { ...body, startedTicks: 1 })).status).toBe(409);
    await server.json('POST', `${path}/processes/signal`, body);
    await until(async () => (await stateOf(id, 'hand'))?.state === 'exited', 'it ended');
    expect(await stateOf(id, 'hand')).toMatchObject({ signal: 'SIGKILL' });
    await server.json('POST', `/labs/${id}/stop`);
    expect((await server.json<CommandsView>('GET', `/labs/${id}/commands`)).statuses).toEqual([]);
    expect((await server.ask('GET', `${path}/processes`)).status).toBe(409);
  });
});
