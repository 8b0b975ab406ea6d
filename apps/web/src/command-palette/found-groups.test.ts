import { expect, it } from 'vitest';
import type { Action } from '../app/actions/action';
import { foundGroups } from './found-groups';

const action = (id: string, group: Action['group'], label: string, keywords: readonly string[] = []): Action => ({
  id,
  group,
  label,
  keywords,
  run: () => undefined,
});

const actions = [
  action('lab.stop', 'Lab', 'Stop the lab', ['teardown', 'halt']),
  action('lab.import', 'Lab', 'Import commands', ['shell', 'script']),
  action('terminal.here', 'Terminal', 'Terminal of the selected node, or of the lab', ['shell', 'bash']),
  action('terminal.lab', 'Terminal', 'Lab shell', ['root']),
  { ...action('edit.undo', 'Edit', ''), label: () => 'Undo “Added h1”' },
];
const groups = ['Edit', 'Lab', 'Terminal'] as const;

const found = (typed: string) => foundGroups(actions, groups, typed).flatMap((one) => one.found.map(({ id }) => id));

it('shows everything in the order of the groups when nothing is typed', () => {
  expect(found('')).toEqual(['edit.undo', 'lab.stop', 'lab.import', 'terminal.here', 'terminal.lab']);
});

it('puts the best fit first, with its group, and leaves out strewn letters', () => {
  expect(found('lab shell')).toEqual(['terminal.lab', 'terminal.here', 'lab.import']);
  expect(found('LAB SH')[0]).toBe('terminal.lab');
  expect(found('stop')).toEqual(['lab.stop']);
  expect(found('bash')).toEqual(['terminal.here']);
  expect(found('zz')).toEqual([]);
});
