import type { LabReply, PlanReply } from '@vethlab/protocol';
import type { AgentProcess } from '@vethlab/sandbox';
import { starFile } from '@vethlab/topology/testing/star-file';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { childrenOf, identityOf, isThere, namesIn, processesOfSandbox } from '../testing/sandbox-traces.js';
import { removeFolder, startTestServer, type TestServer } from '../testing/test-server.js';
import { typableAgents, typeInto } from '../testing/typed-lab.js';
import { until } from '../testing/until.js';

const hosts = 60;

const { start, agents } = typableAgents();
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ startAgent: start });
});

afterAll(async () => {
  await server.close();
  await removeFolder(server);
});

/** Pid 1 of an agent's sandbox; 0 while there is none. */
function initOf({ pid }: AgentProcess): number {
  return childrenOf(pid)[0] ?? 0;
}

it.each([1, 20, hosts + 1])(
  'an agent that is killed when %i namespaces are there leaves no process, and another makes the whole lab; then nothing is left to do',
  async (reached) => {
    const before = agents.length;
    const { id } = await server.json<LabReply>('POST', '/labs', { file: starFile(hosts) });
    const first = await until(() => agents[before], 'an agent');
    // Not `until`: it looks too seldom to see an apply that takes some 40 ms.
    while (namesIn(initOf(first)).length < reached) await new Promise((turn) => setImmediate(turn));
    const init = initOf(first);
    const processes = processesOfSandbox(init);
    expect(processes).toContain(identityOf(`${init}`));
    process.kill(init, 'SIGKILL');

    const second = await until(() => agents[before + 1], 'another agent');
    const { run } = server.shelf.get(id);
    await until(() => run.state.state === 'running' && run.settled !== null, 'the lab runs again');
    expect(namesIn(initOf(second))).toHaveLength(hosts + 1);
    expect(typeInto(second, 'ip netns exec h1 ping -c1 -W2 10.2.0.60')).toContain('1 received');
    expect(await server.json<PlanReply>('GET', `/labs/${id}/plan`)).toEqual({ against: 'running', steps: [] });
    await until(() => !processes.some(isThere), 'the processes of the first sandbox to be gone');
    await server.json('POST', `/labs/${id}/stop`);
  },
);
