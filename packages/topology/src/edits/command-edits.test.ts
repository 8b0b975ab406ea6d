import { describe, expect, it } from 'vitest';
import { commandOf } from '../commands/commands-of.js';
import { applyDiff } from '../diff/apply-diff.js';
import { invertDiff } from '../diff/invert-diff.js';
import { nodesTouchedBy } from '../diff/nodes-touched.js';
import { parseLabFile } from '../lab-file/parse-lab-file.js';
import { serializeLabFile } from '../lab-file/serialize-lab-file.js';
import type { Topology } from '../model/topology.js';
import { parseEdit } from '../schemas/parse-edit.js';
import { applyEdit } from './apply-edit.js';

const file = `vethlab: 1
name: Lab
nodes:
  h1:
    kind: host
    # what it serves
    commands:
      web: { run: [python3, -m, http.server, "80"], restart: always } # the page
      log:
        run: [tail, -f, /dev/null]
        start: by-hand # noisy
  h2: { kind: host }
`;

function lab(): Topology {
  const { topology, diagnostics } = parseLabFile(file);
  if (topology === null) throw new Error(JSON.stringify(diagnostics));
  return topology;
}

function edit(topology: Topology, data: unknown) {
  const parsed = parseEdit(data);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const result = applyEdit(topology, parsed.value);
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result;
}

describe('commands of a node', () => {
  it('are read from a file with their defaults, and written back byte for byte', () => {
    const topology = lab();
    expect(commandOf(topology, 'h1', 'web')).toEqual({
      run: ['python3', '-m', 'http.server', '80'],
      start: 'with-lab',
      restart: 'always',
    });
    expect(commandOf(topology, 'h1', 'log')).toEqual({
      run: ['tail', '-f', '/dev/null'],
      start: 'by-hand',
      restart: 'never',
    });
    expect(serializeLabFile(topology, file)).toBe(file);
  });

  it('keep their comments when one of them changes', () => {
    const { topology } = edit(lab(), { type: 'set-command', node: 'h1', name: 'web', run: ['true'], restart: 'never' });
    expect(serializeLabFile(topology, file)).toBe(
      file.replace('[python3, -m, http.server, "80"], restart: always }', '["true"] }'),
    );
  });

  it('can be added without a name, and are called after their program', () => {
    const first = edit(lab(), { type: 'add-command', node: 'h2', run: ['/usr/bin/ping', '10.0.0.1'] }).topology;
    const second = edit(first, { type: 'add-command', node: 'h2', run: ['ping', '10.0.0.2'] }).topology;
    const third = edit(second, { type: 'add-command', node: 'h2', run: ['../x y'] }).topology;
    expect(Object.keys(third.nodes.h2?.commands ?? {})).toEqual(['ping', 'ping1', 'command']);
  });

  it('are records of their own: their diff undoes to the same order, and touches nothing in the kernel', () => {
    const before = lab();
    const { topology, diff } = edit(before, { type: 'remove-command', node: 'h1', name: 'web' });
    expect(diff.changes).toMatchObject([{ record: 'command', node: 'h1', name: 'web', after: null, index: 0 }]);
    expect(nodesTouchedBy(diff, before, topology).size).toBe(0);
    const undone = applyDiff(topology, invertDiff(diff));
    if (!undone.ok) throw new Error('cannot be undone');
    expect(Object.keys(undone.topology.nodes.h1?.commands ?? {})).toEqual(['web', 'log']);
    expect(serializeLabFile(undone.topology, file)).toBe(file);
  });

  it('leave no empty field behind', () => {
    const one = edit(lab(), { type: 'remove-command', node: 'h1', name: 'web' }).topology;
    const none = edit(one, { type: 'remove-command', node: 'h1', name: 'log' }).topology;
    expect(none.nodes.h1).not.toHaveProperty('commands');
    expect(serializeLabFile(none)).not.toContain('commands');
  });

  it('go with their node, and are told', () => {
    expect(edit(lab(), { type: 'remove-nodes', nodes: ['h1'] }).summary).toBe('Removed h1, 2 commands.');
  });

  it('cannot be undone over a change that somebody else made', () => {
    const { topology, diff } = edit(lab(), { type: 'set-command', node: 'h1', name: 'web', run: ['true'] });
    const later = edit(topology, { type: 'set-command', node: 'h1', name: 'web', run: ['false'] }).topology;
    expect(applyDiff(later, invertDiff(diff))).toMatchObject({ ok: false, diagnostics: [{ code: 'edit.stale' }] });
  });

  it('written as a shell line are refused with the list that the line would be', () => {
    const detail = (run: string) => {
      const { diagnostics } = parseLabFile(file.replace('[python3, -m, http.server, "80"]', JSON.stringify(run)));
      return diagnostics.find(({ code }) => code === 'shape.type')?.detail;
    };
    expect(detail('python3 -m http.server 80')).toContain('write ["python3", "-m", "http.server", "80"]');
    expect(detail('a | b')).toContain('write ["sh", "-c", "a | b"]');
  });

  it('are at most 1,000 in a lab', () => {
    const many = Array.from({ length: 32 }, (_, index) => [
      `c${index}`,
      { run: ['x'], start: 'by-hand', restart: 'never' },
    ]);
    const nodes = Object.fromEntries(
      Array.from({ length: 31 }, (_, index) => [
        `n${index}`,
        { kind: 'host', interfaces: {}, routes: [], commands: Object.fromEntries(many) },
      ]),
    );
    const topology = { ...lab(), nodes: { ...lab().nodes, ...nodes } } as Topology;
    const add = (count: number) =>
      applyEdit(topology, {
        type: 'batch',
        edits: Array.from({ length: count }, () => ({ type: 'add-command' as const, node: 'h2' as never, run: ['x'] })),
      });
    expect(add(6).ok).toBe(true);
    expect(add(7)).toMatchObject({ ok: false, diagnostics: [{ code: 'limit.commands' }] });
  });
});
