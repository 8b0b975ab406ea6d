import { execFileSync } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startAgent } from '../index.js';
import { findTools } from '../machine/tools.js';
import { buildBundles } from '../testing/bundles.js';
import { copyFor } from './agent-copy.js';
import { readableAgent } from './readable-agent.js';
import { claimUid } from './uid-claim.js';

const uid = 0x7a00_0001;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vethlab-identity-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe.runIf(process.getuid?.() === 0)('as root', () => {
  test('an agent under a folder that only root can enter starts all the same', async () => {
    const bundles = await buildBundles();
    try {
      await chmod(bundles.folder, 0o700);
      const agent = await startAgent({ bundle: bundles.agent });
      expect(agent.ready.type).toBe('ready');
      await agent.kill();
    } finally {
      await bundles.remove();
    }
  });

  test('a node under a folder that only root can enter is copied, runs, and is copied once', async () => {
    const { paths } = await findTools();
    const node = join(folder, 'node');
    const bundle = join(folder, 'agent', 'agent.mjs');
    await copyFile(process.execPath, node);
    await chmod(node, 0o755);
    await mkdir(join(folder, 'agent'));
    await writeFile(bundle, 'console.log(1)');
    await chmod(folder, 0o700);
    const files = await readableAgent({ node, bundle }, uid, paths);
    expect(files.node).not.toBe(node);
    const drop = ['--reuid', `${uid}`, '--regid', `${uid}`, '--clear-groups', '--', files.node, files.bundle];
    expect(execFileSync('setpriv', drop, { encoding: 'utf8', cwd: '/' })).toBe('1\n');
    expect(await readableAgent({ node, bundle }, uid, paths)).toEqual(files);

    await chmod(folder, 0o755);
    expect(await readableAgent({ node, bundle }, uid, paths)).toEqual({ node, bundle });
  });

  test('two claims never get the same uid, and a released one is free again', async () => {
    const range = { first: uid, count: 3 };
    const claims = await Promise.all([claimUid(range, folder), claimUid(range, folder), claimUid(range, folder)]);
    expect(new Set(claims.map((claim) => claim.uid)).size).toBe(3);
    await expect(claimUid(range, folder)).rejects.toThrow('No free uid');
    await claims[1]?.release();
    const again = await claimUid(range, folder);
    expect(again.uid).toBe(claims[1]?.uid);
    // Released twice: the second time must not give away what is now somebody else's.
    await claims[1]?.release();
    await expect(claimUid(range, folder)).rejects.toThrow('No free uid');
  });

  test('the claim of a server that is gone is taken away, one that is being written is not', async () => {
    await writeFile(join(folder, `${uid}`), `${process.pid} 1\n`);
    await writeFile(join(folder, `${uid + 1}`), '');
    const claim = await claimUid({ first: uid, count: 2 }, folder);
    expect(claim.uid).toBe(uid);
    expect(await readdir(folder)).toHaveLength(2);
  });

  test('a uid that some process has is not given out', async () => {
    await expect(claimUid({ first: 0, count: 1 }, folder)).rejects.toThrow('No free uid');
  });
});

test('a copy is named after its content, complete, and readable by all whatever the source and the umask were', async () => {
  const source = join(folder, 'source');
  const parent = join(folder, 'cache', 'agents');
  await mkdir(join(source, 'deep'), { recursive: true, mode: 0o700 });
  await writeFile(join(source, 'deep', 'a'), 'one', { mode: 0o600 });
  const umask = process.umask(0o077);
  try {
    const first = await copyFor(source, parent);
    expect(await readFile(join(first, 'deep', 'a'), 'utf8')).toBe('one');
    expect(execFileSync('stat', ['-c', '%a', parent, first, join(first, 'deep', 'a')], { encoding: 'utf8' })).toBe(
      '711\n755\n755\n',
    );
    expect(await copyFor(source, parent)).toBe(first);
    await writeFile(join(source, 'deep', 'a'), 'two');
    const copies = await Promise.all([copyFor(source, parent), copyFor(source, parent), copyFor(source, parent)]);
    expect(new Set(copies).size).toBe(1);
    expect(copies[0]).not.toBe(first);
    expect(await readdir(parent)).toHaveLength(2);
  } finally {
    process.umask(umask);
  }
});

test('a copy that nobody has used for a day goes when the next one is made', async () => {
  const parent = join(folder, 'cache', 'agents');
  const source = join(folder, 'a');
  await writeFile(source, 'one');
  await copyFor(source, parent);
  const [name = ''] = await readdir(parent);
  const longAgo = new Date(Date.now() - 25 * 60 * 60 * 1000);
  await utimes(join(parent, name), longAgo, longAgo);
  await writeFile(source, 'two');
  const copy = await copyFor(source, parent);
  expect(await readdir(parent)).toHaveLength(1);
  expect(await readFile(copy, 'utf8')).toBe('two');
});
