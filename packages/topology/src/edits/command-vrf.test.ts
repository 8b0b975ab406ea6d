import { describe, expect, it } from 'vitest';
import { commandKey, commandOf } from '../commands/commands-of.js';
import { applyDiff } from '../diff/apply-diff.js';
import { invertDiff } from '../diff/invert-diff.js';
import { parseLabFile } from '../lab-file/parse-lab-file.js';
import { serializeLabFile } from '../lab-file/serialize-lab-file.js';
import type { Topology } from '../model/topology.js';
import { parseEdit } from '../schemas/parse-edit.js';
import { applyEdit } from './apply-edit.js';

const file = `vethlab: 1
name: Lab
nodes:
  r1:
    kind: router
    vrfs:
      red: { table: 100 }
      blue: { table: 200 }
    commands:
      # for the customers of red
      web: { vrf: red, run: [python3, -m, http.server, "80"], restart: always } # the page
      log:
        run: [tail, -f, /dev/null]
        vrf: blue # noisy
        start: by-hand
      main: { run: [sleep, "9"] }
  h1: { kind: host, vrfs: { red: { table: 7 } }, commands: { own: { run: [id], vrf: red } } }
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

const vrfOfCommand = (topology: Topology, node: string, name: string) => commandOf(topology, node, name)?.vrf;

describe('a command in a VRF', () => {
  it('is read from a file, and written back byte for byte, wherever the key stands', () => {
    const topology = lab();
    expect(commandOf(topology, 'r1', 'web')).toEqual({
      run: ['python3', '-m', 'http.server', '80'],
      vrf: 'red',
      start: 'with-lab',
      restart: 'always',
    });
    expect(commandOf(topology, 'r1', 'main')).not.toHaveProperty('vrf');
    expect(serializeLabFile(topology, file)).toBe(file);
    expect(parseLabFile(serializeLabFile(topology)).topology).toEqual(topology);
    expect(serializeLabFile(topology)).toContain('own: { run: [id], vrf: red }');
  });

  it('is put into one, into another and out of all, and comments stay', () => {
    const into = edit(lab(), { type: 'set-command', node: 'r1', name: 'main', vrf: 'red' }).topology;
    expect(serializeLabFile(into, file)).toBe(file.replace('[sleep, "9"] }', '[sleep, "9"], vrf: red }'));
    const other = edit(lab(), { type: 'set-command', node: 'r1', name: 'log', vrf: 'red' }).topology;
    expect(serializeLabFile(other, file)).toBe(file.replace('vrf: blue # noisy', 'vrf: red # noisy'));
    const out = edit(lab(), { type: 'set-command', node: 'r1', name: 'web', vrf: null }).topology;
    expect(commandOf(out, 'r1', 'web')).not.toHaveProperty('vrf');
    expect(serializeLabFile(out, file)).toBe(file.replace('{ vrf: red, run', '{ run'));
  });

  it('stays in it when something else of it is set', () => {
    const { topology } = edit(lab(), { type: 'set-command', node: 'r1', name: 'web', run: ['true'], restart: 'never' });
    expect(commandOf(topology, 'r1', 'web')).toEqual({
      run: ['true'],
      vrf: 'red',
      start: 'with-lab',
      restart: 'never',
    });
  });

  it('goes on in it when the VRF gets another name, in this node only', () => {
    const { topology, diff } = edit(lab(), { type: 'rename-vrf', node: 'r1', name: 'red', to: 'crimson' });
    expect(vrfOfCommand(topology, 'r1', 'web')).toBe('crimson');
    expect(vrfOfCommand(topology, 'r1', 'log')).toBe('blue');
    expect(vrfOfCommand(topology, 'h1', 'own')).toBe('red');
    const undone = applyDiff(topology, invertDiff(diff));
    expect(undone).toMatchObject({ ok: true, topology: lab() });
  });

  it('goes with it, which is said, and comes back with it to where it was', () => {
    const { topology, diff, summary } = edit(lab(), { type: 'remove-vrf', node: 'r1', name: 'red' });
    expect(Object.keys(topology.nodes.r1?.commands ?? {})).toEqual(['log', 'main']);
    expect(summary).toBe('Removed the VRF red of r1, 1 command.');
    const undone = applyDiff(topology, invertDiff(diff));
    if (!undone.ok) throw new Error('cannot be undone');
    expect(serializeLabFile(undone.topology, file)).toBe(file);
  });

  it('cannot come back to a VRF that went in the meantime', () => {
    const { topology, diff } = edit(lab(), { type: 'remove-command', node: 'r1', name: 'web' });
    const later = edit(topology, { type: 'remove-vrf', node: 'r1', name: 'red' }).topology;
    expect(applyEdit(later, { type: 'apply-diff', diff: invertDiff(diff) })).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'command.vrf-missing', path: ['nodes', 'r1', 'commands', 'web', 'vrf'] }],
    });
  });

  it('is refused at its key when the node has no such VRF', () => {
    const { diagnostics } = parseLabFile(file.replace('vrf: blue', 'vrf: green'));
    expect(diagnostics).toMatchObject([
      {
        code: 'command.vrf-missing',
        path: ['nodes', 'r1', 'commands', 'log', 'vrf'],
        detail: 'r1 has no VRF green; it has red, blue.',
        line: 14,
      },
    ]);
  });
});

describe('what a person agrees to', () => {
  it('is the argument list and the VRF: the same list elsewhere is another program', () => {
    const run = ['{"vrf":"red"}', 'x'];
    const keys = [
      commandKey({ run }),
      commandKey({ run, vrf: 'red' }),
      commandKey({ run, vrf: 'blue' }),
      commandKey({ run: ['red', ...run] }),
    ];
    expect(new Set(keys).size).toBe(4);
    // As records of consent on disk have it.
    expect(commandKey({ run: ['id'] })).toBe('["id"]');
  });
});
