import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostReply, LabReply, ProbesReply, Problem } from '@vethlab/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HostServer } from '../testing/host-server.js';
import { repository, TestHost } from '../testing/test-host.js';

let host: TestHost;
let before: string;
let data: string;
let servers: HostServer[];

beforeEach(async () => {
  host = await TestHost.make();
  before = host.look();
  data = mkdtempSync(join(tmpdir(), 'vethlab-host-'));
  servers = [];
});
afterEach(async () => {
  for (const server of servers) if (host.isAlive(server.pid)) await server.end('KILL');
  expect(host.vethlab('down', '--all', '--force')).toMatchObject({ status: 0, stderr: '' });
  const after = host.look();
  await host.close();
  rmSync(data, { recursive: true, force: true });
  expect(after).toBe(before);
});

async function serve(): Promise<HostServer> {
  const server = await HostServer.start(host, data);
  servers.push(server);
  return server;
}

const file = (name: string) => `vethlab: 1
name: ${name}
nodes:
  ns1: { kind: host, interfaces: { eth0: { addresses: [10.1.0.1/24] } } }
  ns2: { kind: host, interfaces: { eth0: { addresses: [10.1.0.2/24] } } }
links:
  - endpoints: ["ns1:eth0", "ns2:eth0"]
probes:
  - { from: ns1, to: 10.1.0.2, interval: 100ms }
`;

const deadlineMs = 60_000;

/** Asks again until the answer is as wanted. */
async function until<Reply>(ask: () => Reply, wanted: (reply: Reply) => boolean): Promise<Reply> {
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    const reply = ask();
    if (wanted(reply)) return reply;
    if (performance.now() > deadline) throw new Error(`Not in ${deadlineMs} ms: ${JSON.stringify(reply)}`);
    await new Promise((tick) => setTimeout(tick, 50));
  }
}

function stateOf(server: HostServer, lab: string, state: LabReply['run']['state']): Promise<LabReply> {
  return until(
    () => server.ask<LabReply>('GET', `/labs/${lab}`).body,
    ({ run }) => run.state === state,
  );
}

async function create(server: HostServer, name: string): Promise<LabReply> {
  const { status, body } = server.ask<LabReply>('POST', '/labs', { file: file(name) });
  expect(status).toBe(201);
  return body;
}

const sequences = (server: HostServer, lab: string) =>
  server
    .ask<ProbesReply>('GET', `/labs/${lab}/probes`)
    .body.samples.filter(({ outcome }) => outcome.kind === 'reply')
    .map(({ sequence }) => sequence);

describe.each(['KILL', 'TERM'] as const)('a server that ends by SIG%s', (signal) => {
  it('leaves its labs running, processes, pings and all, for the next one', async () => {
    const first = await serve();
    const { id } = await create(first, 'Kept');
    await stateOf(first, id, 'running');
    const last = Math.max(
      ...(await until(
        () => sequences(first, id),
        (found) => found.length > 2,
      )),
    );
    const agent = host.agentPid(id);
    const sleeper = host.sleepIn('ns1');
    const inodes = ['ns1', 'ns2'].map((name) => host.inode(name));
    await first.end(signal);

    expect(host.names()).toEqual(['foreign', 'ns1', 'ns2']);
    expect(host.run('ip', 'netns', 'exec', 'ns1', 'ping', '-c1', '-W2', '10.1.0.2').status).toBe(0);

    const second = await serve();
    await stateOf(second, id, 'running');
    const found = await until(
      () => sequences(second, id),
      (all) => all.length > 0,
    );
    // Counted on by the same agent: a new one would begin with 1, and a pause would show as a gap in time.
    expect(Math.min(...found)).toBeGreaterThan(last);
    expect(host.agentPid(id)).toBe(agent);
    expect(host.isAlive(sleeper)).toBe(true);
    expect(['ns1', 'ns2'].map((name) => host.inode(name))).toEqual(inodes);
    const { observed } = second.ask<{ observed: HostReply['observed'] }>('GET', `/labs/${id}/observed`).body;
    expect(observed.namespaces.ns1?.interfaces.eth0?.peer).toEqual({ namespace: 'ns2', ifname: 'eth0' });

    const refused = second.ask<Problem>('POST', `/labs/${id}/stop`);
    expect(refused).toMatchObject({ status: 409, body: { code: 'lab.refused' } });
    expect(refused.body.detail).toContain(`the process ${sleeper} (sleep)`);
    expect((await stateOf(second, id, 'running')).id).toBe(id);
    host.run('kill', '-9', `${sleeper}`);
    expect(second.ask<LabReply>('POST', `/labs/${id}/stop`).body.run.state).toBe('stopped');
    expect(host.names()).toEqual(['foreign']);
  });
});

it('a server that is killed at any moment of a start leaves nothing that down does not remove', async () => {
  for (const delayMs of process.env.VETHLAB_FULL === undefined ? [0, 150, 400] : [0, 60, 150, 250, 400]) {
    const server = await serve();
    await create(server, 'Killed');
    await new Promise((tick) => setTimeout(tick, delayMs));
    await server.end('KILL');
    // An agent that was being started may come up yet: only then there is something to end.
    host.run('sleep', '0.3');
    expect(host.vethlab('down', '--all')).toMatchObject({ status: 0, stderr: '' });
    expect(host.look()).toBe(before);
  }
});

it('a lab of the same id in another data folder takes nothing over from one that runs', async () => {
  const first = await serve();
  const { id } = await create(first, 'Twin');
  await stateOf(first, id, 'running');
  const inodes = ['ns1', 'ns2'].map((name) => host.inode(name));
  const agent = host.agentPid(id);
  await first.end('TERM');

  const elsewhere = mkdtempSync(join(tmpdir(), 'vethlab-host-'));
  const other = await HostServer.start(host, elsewhere);
  servers.push(other);
  expect((await create(other, 'Twin')).id).toBe(id);
  const { run } = await stateOf(other, id, 'failed');
  expect(run).toMatchObject({ reason: expect.stringContaining(`belongs to the lab ${id} of another data folder`) });
  expect(other.ask('POST', `/labs/${id}/stop`).status).toBe(200);
  const { namespaces } = other.ask<HostReply>('GET', '/host').body;
  expect(namespaces.find(({ label }) => label === 'ns1')?.lab).toMatch(new RegExp(`^${id}@[0-9a-f]{8}$`));
  await other.end('TERM');
  rmSync(elsewhere, { recursive: true });

  expect(['ns1', 'ns2'].map((name) => host.inode(name))).toEqual(inodes);
  const again = await serve();
  await stateOf(again, id, 'running');
  expect(host.agentPid(id)).toBe(agent);
  expect(again.ask<HostReply>('GET', '/host').body.namespaces.find(({ label }) => label === 'ns1')?.lab).toBe(id);
});

describe('a server for the machine', () => {
  it('is alone on it, whatever its data folder', async () => {
    await serve();
    const other = mkdtempSync(join(tmpdir(), 'vethlab-host-'));
    await expect(HostServer.start(host, other)).rejects.toThrow(/another Vethlab server has the labs of this machine/);
    rmSync(other, { recursive: true });
  });

  it('starts no lab anew that vethlab down took away, and replaces an agent that was killed', async () => {
    const server = await serve();
    const { id } = await create(server, 'Down');
    await stateOf(server, id, 'running');
    const inode = host.inode('ns1');
    const agent = host.agentPid(id);
    host.run('kill', '-9', `${agent ?? ''}`);
    await until(
      () => host.agentPid(id),
      (pid) => pid !== null && pid !== agent,
    );
    await stateOf(server, id, 'running');
    expect(host.inode('ns1')).toBe(inode);
    expect(host.vethlab('down', id)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(new RegExp(`^${id}@[0-9a-f]{8}: 2 namespaces removed\n$`)),
    });
    await stateOf(server, id, 'stopped');
    expect(host.names()).toEqual(['foreign']);
    expect(server.ask<LabReply>('POST', `/labs/${id}/start`).status).toBe(200);
    await stateOf(server, id, 'running');
    expect(host.names()).toEqual(['foreign', 'ns1', 'ns2']);
  });

  it('tells a name that is taken in the run state, and goes on once it is adopted', async () => {
    host.sh('ip netns add ns2');
    const inode = host.inode('ns2');
    const server = await serve();
    const { id } = await create(server, 'Taken');
    const failed = await stateOf(server, id, 'failed');
    expect(failed.run).toMatchObject({ code: 'host.namespace-taken', reason: expect.stringContaining('ns2 exists') });
    expect(host.names()).toEqual(['foreign', 'ns2']);
    expect(server.ask<Problem>('POST', `/labs/${id}/host/adopt`, { namespaces: ['nobody'] })).toMatchObject({
      status: 409,
      body: { code: 'host.not-adopted' },
    });
    expect(server.ask('POST', `/labs/${id}/host/adopt`, { namespaces: ['ns2'] }).status).toBe(200);
    await stateOf(server, id, 'running');
    expect(host.inode('ns2')).toBe(inode);
    const second = await create(server, 'Second');
    expect((await stateOf(server, second.id, 'failed')).run).toMatchObject({ code: 'host.namespace-of-lab' });
  });

  it('says what is on it', async () => {
    const server = await serve();
    const { id } = await create(server, 'Shown');
    await stateOf(server, id, 'running');
    const { namespaces, observed } = server.ask<HostReply>('GET', '/host').body;
    expect(namespaces.map(({ label, kind, lab }) => [label, kind, lab])).toEqual([
      ['', 'host', null],
      ['foreign', 'named', null],
      ['ns1', 'named', id],
      ['ns2', 'named', id],
    ]);
    expect(observed.namespaces['']?.interfaces.fveth0?.peer).toEqual({ namespace: 'foreign', ifname: 'fveth1' });
  });
});

it('without root the host runtime is refused in one line, with an exit code of its own', () => {
  // In a user namespace without a map we are nobody, and may still read what was ours.
  const main = `${repository}apps/server/bundle/main.js`;
  const words = ['--user', process.execPath, main, 'serve', '--runtime', 'host', '--port', '0'];
  const { status, stdout, stderr } = host.run('unshare', ...words);
  expect(stderr).toBe(
    'error: the host runtime needs root, because it makes namespaces of this machine · --runtime host · start it with sudo, or leave --runtime out: labs then run in sandboxes, without root\n',
  );
  expect({ status, stdout }).toEqual({ status: 4, stdout: '' });
});
