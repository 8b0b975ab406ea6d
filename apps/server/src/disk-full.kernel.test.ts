import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AcceptedReply, LabReply } from '@vethlab/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fillDisk } from './testing/fill-disk.js';
import { ServerProcess } from './testing/server-process.js';
import { until } from './testing/until.js';

/* A disk that is really full: a tiny tmpfs, mounted where only the server sees it. */

let folder: string;
let server: ServerProcess;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vethlab-disk-'));
  mkdirSync(join(folder, 'data'));
  const mount = 'mount -t tmpfs -o size=256k,mode=700 none "$0" && exec "$@"';
  server = new ServerProcess(folder, {
    wrapper: ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c', mount, join(folder, 'data')],
  });
});

afterAll(async () => {
  await server.end('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

it('a full disk leaves the old file whole, keeps the edit, says so, and is tried again until there is room', async () => {
  const edit = (name: string) =>
    server.json<AcceptedReply>('POST', '/labs/small/edits', {
      baseRevision: 1,
      edit: { type: 'add-node', kind: 'host', name },
    });
  const lab = () => server.json<LabReply>('GET', '/labs/small');
  await server.url();
  // The server's own view of its disk.
  const data = join('/proc', String(server.child.pid), 'root', folder, 'data');
  const file = join(data, 'labs', 'small.lab.yaml');
  writeFileSync(file, 'vethlab: 1\nname: Small\nnodes: {}\nlinks: []\n');
  await until(async () => (await server.json<{ labs: unknown[] }>('GET', '/labs')).labs.length === 1, 'the lab');
  await edit('before');
  await until(() => readFileSync(file, 'utf8').includes('before'), 'the first save');
  const saved = readFileSync(file, 'utf8');

  const filler = fillDisk(data);
  // More than fits into what is left of the journal's last page.
  for (let count = 0; count < 40; count += 1) expect((await edit(`n${count}`)).type).toBe('accepted');
  await until(async () => (await lab()).saveError, 'the error');
  expect((await lab()).saveError).toContain('disk is full');
  expect(readFileSync(file, 'utf8')).toBe(saved);
  expect(Object.keys((await lab()).topology.nodes)).toHaveLength(41);

  rmSync(filler);
  await until(async () => (await lab()).saveError === null, 'the save after there is room');
  // The save that succeeds may have begun before the last edits; the next one has them.
  await until(() => readFileSync(file, 'utf8').includes('n39'), 'the last edit in the file');
});
