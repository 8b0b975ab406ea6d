import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandsView, LabReply } from '@vethlab/protocol';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { removeFolder, startTestServer, type TestServer } from '../testing/test-server.js';
import { until } from '../testing/until.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const file = (name: string, ...runs: readonly string[]) => `vethlab: 1
name: ${name}
nodes:
  h1:
    kind: host
    commands:
${runs.map((run, index) => `      c${index}: { run: ${run} }`).join('\n')}
  h2: { kind: host }
`;

let server: TestServer | null = null;

async function open(folder?: string): Promise<TestServer> {
  server = await startTestServer(folder === undefined ? {} : { folder });
  return server;
}

afterEach(async () => {
  await server?.close();
  if (server !== null) await removeFolder(server);
  server = null;
});

const view = (at: TestServer, id: string) => at.json<CommandsView>('GET', `/labs/${id}/commands`);
const waiting = async (at: TestServer, id: string) => (await view(at, id)).waiting.map(({ run }) => run.join(' '));
const edit = (at: TestServer, { id, revision }: LabReply, data: unknown) =>
  at.json('POST', `/labs/${id}/edits`, { baseRevision: revision, edit: data });

describe('commands of a file', () => {
  it('wait until somebody agrees to exactly what was shown, and still have that after a restart', async () => {
    const at = await open();
    const { id } = await at.json<LabReply>('POST', '/labs', { file: file('A', '[sleep, "1"]', '[sleep, "2"]') });
    expect((await view(at, id)).waiting).toEqual([
      { node: 'h1', name: 'c0', run: ['sleep', '1'] },
      { node: 'h1', name: 'c1', run: ['sleep', '2'] },
    ]);
    // Near misses: not the same list of arguments.
    await at.json('POST', `/labs/${id}/commands/allow`, { runs: [['sleep 1'], ['sleep', '1', ''], ['sleep']] });
    expect(await waiting(at, id)).toEqual(['sleep 1', 'sleep 2']);
    await at.json('POST', `/labs/${id}/commands/allow`, { runs: [['sleep', '1']] });
    expect(await waiting(at, id)).toEqual(['sleep 2']);
    await at.close();
    const again = await open(at.folder);
    expect(await waiting(again, id)).toEqual(['sleep 2']);
    expect(readFileSync(join(again.labs, `${id}.lab.yaml`), 'utf8')).not.toContain('allow');
  });

  it('wait in an example as well, and in a lab that is replaced as a whole', async () => {
    const at = await open();
    const { id } = await at.json<LabReply>('POST', '/labs', { name: 'Mine' });
    const reply = await at.ask('PUT', `/labs/${id}`, file('Mine', '[id]'), { 'content-type': 'application/yaml' });
    expect(reply.status).toBe(200);
    expect(await waiting(at, id)).toEqual(['id']);
    const { topology } = await at.json<LabReply>('GET', `/labs/${id}`);
    await at.json('PUT', `/labs/${id}`, {
      topology: {
        ...topology,
        nodes: {
          ...topology.nodes,
          h2: { ...topology.nodes.h2, commands: { x: { run: ['who'], start: 'by-hand', restart: 'never' } } },
        },
      },
    });
    expect(await waiting(at, id)).toEqual(['id', 'who']);
  });

  it('wait when somebody else writes them into the file', async () => {
    const at = await open();
    const { id } = await at.json<LabReply>('POST', '/labs', { name: 'Shared' });
    writeFileSync(join(at.labs, `${id}.lab.yaml`), file('Shared', '[reboot]'));
    await until(async () => (await waiting(at, id)).length === 1, 'the file is read');
    expect(await waiting(at, id)).toEqual(['reboot']);
  });

  it('are as free in a copy as in the lab it was made of, and no freer', async () => {
    const at = await open();
    const { id } = await at.json<LabReply>('POST', '/labs', { file: file('A', '[sleep, "1"]', '[sleep, "2"]') });
    await at.json('POST', `/labs/${id}/commands/allow`, { runs: [['sleep', '2']] });
    const copy = await at.json<LabReply>('POST', `/labs/${id}/duplicate`, {});
    expect(await waiting(at, copy.id)).toEqual(['sleep 1']);
  });

  it('are not inherited by another lab that gets the id of one that was deleted', async () => {
    const at = await open();
    const { id } = await at.json<LabReply>('POST', '/labs', { file: file('A', '[id]') });
    await at.json('POST', `/labs/${id}/commands/allow`, { runs: [['id']] });
    await at.json('DELETE', `/labs/${id}`);
    const next = await at.json<LabReply>('POST', '/labs', { file: file('A', '[id]') });
    expect(next.id).toBe(id);
    expect(await waiting(at, id)).toEqual(['id']);
  });
});

describe('commands that a person types', () => {
  it('are agreed to by that, alone or in a batch', async () => {
    const at = await open();
    const lab = await at.json<LabReply>('POST', '/labs', { file: file('A', '[id]') });
    await edit(at, lab, {
      type: 'batch',
      edits: [
        { type: 'add-command', node: 'h2', run: ['sleep', '1'] },
        { type: 'batch', edits: [{ type: 'add-command', node: 'h2', run: ['sleep', '2'] }] },
      ],
    });
    expect(await waiting(at, lab.id)).toEqual(['id']);
    const later = await at.json<LabReply>('GET', `/labs/${lab.id}`);
    await edit(at, later, { type: 'set-command', node: 'h1', name: 'c0', run: ['who'] });
    expect(await waiting(at, lab.id)).toEqual([]);
  });

  it('are not agreed to by changing something else of them, by moving them, or by an edit that was refused', async () => {
    const at = await open();
    const lab = await at.json<LabReply>('POST', '/labs', { file: file('A', '[id]', '[sleep, "9"]') });
    const { id } = lab;
    const now = () => at.json<LabReply>('GET', `/labs/${id}`);
    await edit(at, lab, { type: 'set-command', node: 'h1', name: 'c0', restart: 'always' });
    await edit(at, await now(), { type: 'rename-command', node: 'h1', name: 'c0', to: 'other' });
    await edit(at, await now(), { type: 'rename-node', node: 'h1', to: 'h9' });
    expect(await waiting(at, id)).toEqual(['id', 'sleep 9']);
    const refused = await at.ask('POST', `/labs/${id}/edits`, {
      baseRevision: (await now()).revision,
      edit: {
        type: 'batch',
        edits: [
          { type: 'add-command', node: 'h2', run: ['id'] },
          { type: 'remove-nodes', nodes: ['nobody'] },
        ],
      },
    });
    expect(refused.status).toBe(422);
    expect(await waiting(at, id)).toEqual(['id', 'sleep 9']);
  });

  it('are not agreed to by a copy of a command that waits, or by sending it again as it is', async () => {
    const at = await open();
    const lab = await at.json<LabReply>('POST', '/labs', { file: file('A', '[id]') });
    await edit(at, lab, {
      type: 'set-command',
      node: 'h1',
      name: 'c0',
      run: ['id'],
      start: 'with-lab',
      restart: 'always',
    });
    const later = await at.json<LabReply>('GET', `/labs/${lab.id}`);
    await edit(at, later, { type: 'add-command', node: 'h2', run: ['id'] });
    expect(await waiting(at, lab.id)).toEqual(['id', 'id']);
  });

  it('are agreed to in the VRF that they are typed in, put into or that gets another name, and in no other', async () => {
    const at = await open();
    const lab = await at.json<LabReply>('POST', '/labs', { file: file('A', '[id]') });
    const { id } = lab;
    const now = () => at.json<LabReply>('GET', `/labs/${id}`);
    const node = 'h2';
    await edit(at, lab, { type: 'set-vrf', node: 'h1', name: 'red' });
    await edit(at, await now(), { type: 'set-vrf', node, name: 'red' });
    await edit(at, await now(), { type: 'set-vrf', node, name: 'blue' });
    await edit(at, await now(), { type: 'add-command', node, name: 'w', run: ['who'], vrf: 'red' });
    await edit(at, await now(), { type: 'set-command', node, name: 'w', vrf: 'blue' });
    await edit(at, await now(), { type: 'rename-vrf', node, name: 'blue', to: 'navy' });
    await edit(at, await now(), { type: 'set-command', node, name: 'w', vrf: null });
    expect(await waiting(at, id)).toEqual(['id']);
    // What waits is not made free by being put somewhere else, not even by a form that sends all of it.
    await edit(at, await now(), { type: 'set-command', node: 'h1', name: 'c0', vrf: 'red' });
    await edit(at, await now(), { type: 'rename-vrf', node: 'h1', name: 'red', to: 'rot' });
    await edit(at, await now(), { type: 'set-command', node: 'h1', name: 'c0', run: ['id'], vrf: 'rot' });
    await edit(at, await now(), { type: 'add-command', node, name: 'copy', run: ['id'] });
    expect((await view(at, id)).waiting).toEqual([
      { node: 'h1', name: 'c0', run: ['id'], vrf: 'rot' },
      { node: 'h2', name: 'copy', run: ['id'] },
    ]);
    const allow = (one: unknown) => at.json('POST', `/labs/${id}/commands/allow`, { runs: [one] });
    await allow({ run: ['id'], vrf: 'blue' });
    expect(await waiting(at, id)).toEqual(['id', 'id']);
    await allow({ run: ['id'], vrf: 'rot' });
    expect(await waiting(at, id)).toEqual(['id']);
    await allow(['id']);
    expect(await waiting(at, id)).toEqual([]);
  });

  it('wait when a file puts them into another VRF', async () => {
    const at = await open();
    const text = (vrf: string) =>
      `vethlab: 1\nname: A\nnodes:\n  h1: { kind: host, vrfs: { red: { table: 1 } }, commands: { c0: { run: [id]${vrf} } } }\n`;
    const { id } = await at.json<LabReply>('POST', '/labs', { file: text('') });
    await at.json('POST', `/labs/${id}/commands/allow`, { runs: [['id']] });
    await at.ask('PUT', `/labs/${id}`, text(', vrf: red'), { 'content-type': 'application/yaml' });
    expect((await view(at, id)).waiting).toEqual([{ node: 'h1', name: 'c0', run: ['id'], vrf: 'red' }]);
  });

  it('are not agreed to by undoing their removal', async () => {
    const at = await open();
    const lab = await at.json<LabReply>('POST', '/labs', { file: file('A', '[id]') });
    const { diff } = (await edit(at, lab, { type: 'remove-command', node: 'h1', name: 'c0' })) as {
      diff: { changes: { before: unknown; after: unknown }[] };
    };
    expect(await waiting(at, lab.id)).toEqual([]);
    const changes = diff.changes.map((change) => ({ ...change, before: change.after, after: change.before }));
    await edit(at, await at.json<LabReply>('GET', `/labs/${lab.id}`), {
      type: 'apply-diff',
      diff: { renames: [], changes },
    });
    expect(await waiting(at, lab.id)).toEqual(['id']);
  });
});

describe('the record of consent', () => {
  it('is not among the labs, is for its owner only, and counts for nothing when it cannot be read', async () => {
    const at = await open();
    const { id } = await at.json<LabReply>('POST', '/labs', { file: file('A', '[id]') });
    await at.json('POST', `/labs/${id}/commands/allow`, { runs: [['id']] });
    const record = join(at.folder, 'data', 'consent', `${id}.json`);
    expect(statSync(record).mode & 0o777).toBe(0o600);
    expect(readdirSync(at.labs).join(' ')).not.toContain('consent');
    await at.close();
    for (const text of ['', '{', 'null', '{"vethlab":2,"allowed":["[\\"id\\"]"]}', '{"vethlab":1,"allowed":"all"}']) {
      writeFileSync(record, text);
      const again = await open(at.folder);
      expect(await waiting(again, id)).toEqual(['id']);
      await again.close();
    }
    await open(at.folder);
  });

  it('takes no more than a lab can have', async () => {
    const at = await open();
    const { id } = await at.json<LabReply>('POST', '/labs', { file: file('A', '[id]') });
    const runs = Array.from({ length: 1_001 }, (_, index) => [`x${index}`]);
    expect((await at.ask('POST', `/labs/${id}/commands/allow`, { runs })).status).toBe(422);
    for (const bad of [
      {},
      { runs: 'all' },
      { runs: [[]] },
      { runs: [['x', 1]] },
      { runs: [], more: 1 },
      { runs: [{ vrf: 'red' }] },
      { runs: [{ run: [], vrf: 'red' }] },
    ]) {
      expect((await at.ask('POST', `/labs/${id}/commands/allow`, bad)).status).toBe(422);
    }
  });
});

describe('orders to commands', () => {
  it('name what is not there', async () => {
    const at = await open();
    const { id } = await at.json<LabReply>('POST', '/labs', { file: file('A', '[id]') });
    const status = async (path: string) => (await at.ask('POST', `/labs/${id}/nodes/${path}`, {})).status;
    expect(await status('nobody/commands/c0/start')).toBe(404);
    expect(await status('h1/commands/c9/start')).toBe(404);
    expect(await status('h1/commands/__proto__/start')).toBe(404);
    expect(await status('__proto__/commands/c0/start')).toBe(404);
    // It does not run: nobody can be asked.
    expect(await status('h1/commands/c0/start')).toBe(409);
    expect((await at.ask('GET', `/labs/${id}/nodes/h1/commands/c0/log?from=x`)).status).toBe(422);
  });
});
