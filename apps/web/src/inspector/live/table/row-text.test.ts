import { describe, expect, it } from 'vitest';
import type { LiveColumn } from './column';
import { matches, tableText } from './row-text';

interface Row {
  readonly name: string;
  readonly state: string;
}

const columns: readonly LiveColumn<Row>[] = [
  { title: 'Name', text: (row) => row.name },
  { title: 'State', text: (row) => row.state, unseen: true },
];
const row: Row = { name: 'Eth0', state: 'reachable' };

describe('rows as text', () => {
  it.each([
    ['', true],
    ['eth', true],
    ['REACH eth0', true],
    ['eth1', false],
    ['reach down', false],
  ])('match %j: %j', (filter, found) => {
    expect(matches(row, columns, filter)).toBe(found);
  });

  it('are copied with the command and in columns of even width, and without control characters', () => {
    const rows = [row, { name: 'a\u001b[31m\nb', state: '' }];
    const text = tableText(rows, columns, 'ip -n x link');
    expect(text.split('\n')).toHaveLength(5);
    expect(text).not.toContain('\u001b');
    expect(text.startsWith('$ ip -n x link\nName')).toBe(true);
    expect(text).toMatch(/^Eth0 +reachable$/m);
  });
});
