import { existsSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AcceptedReply, LabListReply, LabReply } from '@vethlab/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ServerProcess } from './testing/server-process.js';
import { testCertificate } from './testing/test-certificate.js';
import { until } from './testing/until.js';

// Real servers and processes, on a machine that may be busy with much else.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/* Real server processes: what happens to them as a whole. Labs lie in the folder from before, so none is started. */

let folder: string;
let started: ServerProcess[] = [];

const text = `vethlab: 1
name: Kept
nodes:
  h1: { kind: host } # a comment
links: []
`;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vethlab-main-'));
  mkdirSync(join(folder, 'data', 'labs'), { recursive: true });
  writeFileSync(join(folder, 'data', 'labs', 'kept.lab.yaml'), text);
});

afterEach(async () => {
  for (const server of started) await server.end('SIGKILL');
  started = [];
  await rm(folder, { recursive: true, force: true });
});

function start(options: ConstructorParameters<typeof ServerProcess>[1] = {}): ServerProcess {
  const server = new ServerProcess(folder, options);
  started.push(server);
  return server;
}

const addHost = (name: string) => ({ type: 'add-node', kind: 'host', name });

describe('the server process', () => {
  it('prints one line with the address and its token, and ends with 0 on Ctrl-C', async () => {
    const server = start();
    const line = JSON.parse((await server.url()) && (server.stdout.split('\n')[0] ?? '')) as { address: string };
    expect(line.address).toContain(`?token=${server.token}`);
    expect(statSync(join(folder, 'state', 'vethlab', 'token')).mode & 0o777).toBe(0o600);
    expect(await server.end('SIGINT')).toBe(0);
  });

  it('says https in its line when it has a certificate, also for addresses that others can reach', async () => {
    const { certFile, keyFile } = testCertificate;
    const server = start({ args: ['--host', '0.0.0.0', '--tls-cert', certFile, '--tls-key', keyFile] });
    expect(await server.url()).toMatch(/^https:\/\/localhost:\d+\/$/);
    expect(await server.end('SIGTERM')).toBe(0);
  });

  it('says in one line that a certificate is missing, and does not start', async () => {
    const certFile = join(folder, 'none.pem');
    const server = start({ args: ['--tls-cert', certFile, '--tls-key', certFile] });
    expect(await server.exit()).toBe(1);
    expect(server.stderr).toBe(
      `error: there is no such file · ${certFile} · give --tls-cert a PEM file that you can read\n`,
    );
  });

  it('never writes the token into its log', async () => {
    const server = start();
    const url = await server.url();
    await fetch(`${url}?token=${server.token}`, { redirect: 'manual' });
    await fetch(`${url}api/v1/labs?token=${server.token}`);
    await server.json('GET', '/labs');
    const { token } = server;
    await server.end('SIGTERM');
    expect(server.stderr).not.toBe('');
    expect(server.stderr).not.toContain(token);
  });

  it('ends when its parent lets go of it', async () => {
    const server = start();
    await server.url();
    server.child.disconnect();
    expect(await server.exit()).toBe(0);
  });

  it('says in one line that the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await until(() => other.listening, 'the other program');
    const { port } = other.address() as { port: number };
    const server = start({ args: ['--port', String(port)] });
    expect(await server.exit()).toBe(1);
    expect(server.stderr).toBe(
      `error: the port is in use · 127.0.0.1:${port} · stop the other program, or choose another with --port\n`,
    );
    other.close();
  });

  it('says in one line that the data folder cannot be used', async () => {
    const place = join(folder, 'a-file');
    writeFileSync(place, '');
    const server = start({ args: ['--data', join(place, 'data')] });
    expect(await server.exit()).toBe(1);
    expect(server.stderr).toMatch(/^error: .+ · .+ · choose another with --data\n$/);
  });

  it('refuses a data folder that another server has, and takes that of one that was killed', async () => {
    const first = start();
    await first.url();
    const second = start();
    expect(await second.exit()).toBe(1);
    expect(second.stderr).toBe(
      `error: another Vethlab server uses the folder · ${join(folder, 'data')} · open its address, end it (process ${first.child.pid}), or choose another folder with --data\n`,
    );
    await first.json('GET', '/labs');
    await first.end('SIGKILL');
    const third = start();
    await third.url();
    expect(await third.end('SIGTERM')).toBe(0);
    expect(existsSync(join(folder, 'data', 'server.lock'))).toBe(false);
  });

  it.each([
    [['--host', '0.0.0.0'], '--insecure-http'],
    [['--runtime', 'docker'], 'no runtime'],
    [['--port', 'x'], 'no port'],
    [['--nonsense'], '--nonsense'],
  ])('refuses %j with what to do', async (args, word) => {
    const server = start({ args });
    expect(await server.exit()).toBe(1);
    expect(server.stderr.trim().split('\n')).toHaveLength(1);
    expect(server.stderr).toContain(word);
  });
});

describe('kill -9', () => {
  it('loses no edit that was accepted', async () => {
    const server = start();
    for (let count = 0; count < 50; count += 1) {
      const body = { baseRevision: count + 1, edit: addHost(`n${count}`) };
      await server.json<AcceptedReply>('POST', '/labs/kept/edits', body);
    }
    await server.end('SIGKILL');
    const again = start();
    const lab = await again.json<LabReply>('GET', '/labs/kept');
    expect(Object.keys(lab.topology.nodes)).toHaveLength(51);
    expect(lab.revision).toBe(51);
    await until(() => readFileSync(join(folder, 'data', 'labs', 'kept.lab.yaml'), 'utf8').includes('n49'), 'the save');
    expect(readFileSync(join(folder, 'data', 'labs', 'kept.lab.yaml'), 'utf8')).toContain('# a comment');
  });

  it('at any moment of saving leaves a whole file and every accepted edit', async () => {
    let expected = 1;
    for (let round = 0; round < 4; round += 1) {
      const server = start();
      await server.url();
      const ends = performance.now() + 150 + round * 90;
      while (performance.now() < ends) {
        await server.json('POST', '/labs/kept/edits', { baseRevision: 1, edit: addHost(`m${expected}`) });
        expected += 1;
      }
      await server.end('SIGKILL');
    }
    const lab = await start().json<LabReply>('GET', '/labs/kept');
    expect(Object.keys(lab.topology.nodes)).toHaveLength(expected);
  });

  it('and a file changed by hand afterwards: the file wins, and the journal says why it was left out', async () => {
    const server = start();
    await server.json('POST', '/labs/kept/edits', { baseRevision: 1, edit: addHost('lost') });
    await server.end('SIGKILL');
    writeFileSync(join(folder, 'data', 'labs', 'kept.lab.yaml'), text.replace('h1', 'mine'));
    const again = start();
    const { labs } = await again.json<LabListReply>('GET', '/labs');
    expect(labs).toHaveLength(1);
    expect(Object.keys((await again.json<LabReply>('GET', '/labs/kept')).topology.nodes)).toEqual(['mine']);
    expect(again.stderr).toContain('changed by somebody else');
  });
});
