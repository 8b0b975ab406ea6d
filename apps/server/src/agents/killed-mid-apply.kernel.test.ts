import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { LabReply, PlanReply } from '@vethlab/protocol';
import type { AgentProcess } from '@vethlab/sandbox';
import { starFile } from '@vethlab/topology/testing/star-file';
import { afterAll, beforeAll, expect, it } from 'vitest';
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

/** Pid 1 of an agent's sandbox. */
function initOf({ pid }: AgentProcess): number {
  return Number.parseInt(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'), 10);
}

/** The names of namespaces that an agent has made so far; none before it has begun, and none when it is gone. */
function namesIn(agent: AgentProcess): readonly string[] {
  try {
    return readdirSync(`/proc/${initOf(agent)}/root/run/netns`);
  } catch {
    return [];
  }
}

it.each([1, 20, hosts + 1])(
  'an agent that is killed when %i namespaces are there leaves no process, and another makes the whole lab; then nothing is left to do',
  async (reached) => {
    const before = agents.length;
    const { id } = await server.json<LabReply>('POST', '/labs', { file: starFile(hosts) });
    const first = await until(() => agents[before], 'an agent');
    // Not `until`: it looks too seldom to see an apply that takes some 40 ms.
    while (namesIn(first).length < reached) await new Promise((turn) => setImmediate(turn));
    const init = initOf(first);
    const processes = processesIn(readlinkSync(`/proc/${init}/ns/pid`));
    expect(processes).toContain(identityOf(`${init}`));
    process.kill(init, 'SIGKILL');

    const second = await until(() => agents[before + 1], 'another agent');
    const { run } = server.shelf.get(id);
    await until(() => run.state.state === 'running' && run.settled !== null, 'the lab runs again');
    expect(namesIn(second)).toHaveLength(hosts + 1);
    expect(typeInto(second, 'ip netns exec h1 ping -c1 -W2 10.2.0.60')).toContain('1 received');
    expect(await server.json<PlanReply>('GET', `/labs/${id}/plan`)).toEqual({ against: 'running', steps: [] });
    const isThere = (identity: string) => identityOf(identity.split(' ')[0] ?? '') === identity;
    await until(() => !processes.some(isThere), 'the processes of the first sandbox to be gone');
    await server.json('POST', `/labs/${id}/stop`);
  },
);

/** Those of this machine that are in a pid namespace. */
function processesIn(namespace: string): readonly string[] {
  const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
  return pids.flatMap((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/ns/pid`) === namespace ? [identityOf(pid)] : [];
    } catch {
      return [];
    }
  });
}

/** Its pid and when it was started (field 22 of proc_pid_stat(5)): pids are given again, both together are not. */
function identityOf(pid: string): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return `${pid} ${stat.slice(stat.lastIndexOf(')')).split(' ')[20]}`;
  } catch {
    return `${pid} is gone`;
  }
}
