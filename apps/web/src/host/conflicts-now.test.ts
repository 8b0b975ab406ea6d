import type { ApplyReport, RunState } from '@vethlab/protocol';
import { applyEdit, type Diagnostic, emptyTopology, type Topology } from '@vethlab/topology';
import { expect, it } from 'vitest';
import { initialLabState } from '../lab/initial-state';
import type { LabState } from '../lab/lab-state';
import { conflictsNow } from './conflicts-now';

const conflict = (name: string): Diagnostic => ({
  code: 'host.namespace-taken',
  severity: 'error',
  summary: 'Taken.',
  detail: `${name} is taken.`,
  path: ['nodes', name],
});
const report = (...conflicts: Diagnostic[]): ApplyReport => ({
  revision: 1,
  steps: 0,
  operations: 0,
  ms: 0,
  failures: [],
  differences: [],
  plan: [],
  ...(conflicts.length === 0 ? {} : { conflicts }),
});

function withNodes(...names: string[]): Topology {
  return names.reduce<Topology>((topology, name) => {
    const added = applyEdit(topology, { type: 'add-node', kind: 'host', name, position: { x: 0, y: 0 } } as never);
    if (!added.ok) throw new Error(added.diagnostics[0]?.detail);
    return added.topology;
  }, emptyTopology('lab'));
}

const lab = (part: Partial<LabState>): LabState => ({
  ...initialLabState,
  connection: 'open',
  topology: withNodes('a', 'b'),
  run: { state: 'running' },
  ...part,
});
const failed: RunState = {
  state: 'failed',
  code: 'host.namespace-taken',
  reason: 'a is taken.',
  remedy: 'Then start the lab again.',
  conflicts: [conflict('a'), conflict('b')],
};

it('tells what stopped a lab from starting, and what the last edits of a running one met', () => {
  expect(conflictsNow(lab({ run: failed })).map(({ detail }) => detail)).toEqual(['a is taken.', 'b is taken.']);
  expect(conflictsNow(lab({ lastApply: report(conflict('b')) }))).toEqual([conflict('b')]);
  expect(conflictsNow(lab({ lastApply: report() }))).toEqual([]);
});

it('tells nothing of a lab that is stopped or that nothing is known of', () => {
  const told = { lastApply: report(conflict('a')) };
  expect(conflictsNow(lab({ ...told, run: { state: 'stopped' } }))).toEqual([]);
  expect(conflictsNow(lab({ ...told, connection: 'lost' }))).toEqual([]);
  expect(conflictsNow(lab({ ...told, topology: null }))).toEqual([]);
});

it('forgets a name that was given up meanwhile', () => {
  expect(conflictsNow(lab({ run: failed, topology: withNodes('b', 'c') }))).toEqual([conflict('b')]);
});

it('gives the same list for the same state, so that nothing is drawn twice', () => {
  for (const state of [lab({}), lab({ run: failed }), lab({ run: failed, topology: withNodes('b') })])
    expect(conflictsNow(state)).toBe(conflictsNow({ ...state }));
});
