import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LabListReply, LabReply, PlanReply } from '@vethlab/protocol';
import { starFile } from '@vethlab/topology/testing/star-file';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { firstProcessBelow, isThere, namesIn, processesOfSandbox } from '../testing/sandbox-traces.js';
import { ServerProcess } from '../testing/server-process.js';
import { until } from '../testing/until.js';

const hosts = 100;

let folder: string;
let server: ServerProcess;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vethlab-killed-'));
  server = new ServerProcess(folder);
});

afterEach(async () => {
  await server.end('SIGINT');
  await rm(folder, { recursive: true, force: true });
});

it.each([1, 60])(
  'a server that is killed when %i namespaces are there leaves no process; started again, it makes the whole lab, and nothing is left to do',
  async (reached) => {
    await server.url();
    // It may be killed before it has answered.
    const asked = server.json<LabReply>('POST', '/labs', { file: starFile(hosts) }).catch(() => null);
    const pid = server.child.pid ?? 0;
    // Not `until`: it looks too seldom to see an apply that takes some 100 ms.
    let init = firstProcessBelow(pid);
    while (init === null || namesIn(init).length < reached) {
      await new Promise((turn) => setImmediate(turn));
      init = firstProcessBelow(pid);
    }
    const processes = processesOfSandbox(init);
    expect(processes.length).toBeGreaterThan(0);
    await server.end('SIGKILL');
    await asked;
    await until(() => !processes.some(isThere), 'the processes of the sandbox to be gone');

    server = new ServerProcess(folder);
    await server.url();
    const [{ id } = { id: '' }] = (await server.json<LabListReply>('GET', '/labs')).labs;
    await until(async () => {
      const { run, progress } = await server.json<LabReply>('GET', `/labs/${id}`);
      return run.state === 'running' && progress === null;
    }, 'the lab runs again');
    await until(async () => {
      const plan = await server.json<PlanReply>('GET', `/labs/${id}/plan`);
      return plan.against === 'running' && plan.steps.length === 0;
    }, 'nothing left to do');
    expect(namesIn(firstProcessBelow(server.child.pid ?? 0) ?? 0)).toHaveLength(hosts + 1);
  },
);
