import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diagnosticCodes } from './diagnostic-codes.js';

const page = new URL('../../../../docs/diagnostics.md', import.meta.url);

/** One line of the page per code, in the order of the registry. */
const rows = Object.entries(diagnosticCodes).map(
  ([code, { severity, summary, remedy }]) => `| \`${code}\` | ${severity} | ${summary} | ${remedy} |`,
);

describe('docs/diagnostics.md', () => {
  it('lists every code with its severity, summary and remedy, and no other', () => {
    const section = readFileSync(page, 'utf8')
      .split('\n## ')
      .find((text) => text.startsWith('Lab files, documents and edits'));
    const [table = ''] = section?.split('\nA file that cannot be opened') ?? [];
    const lines = table.split('\n').filter((line) => line.startsWith('| `'));
    expect(lines).toEqual(rows);
  });
});

describe('a diagnostic code', () => {
  it.each(Object.entries(diagnosticCodes))('%s has a summary and a remedy of one sentence', (code, entry) => {
    expect(code).toMatch(/^[a-z]+\.[a-z0-9-]+$/);
    expect(entry.summary).toMatch(/^[A-Z].*\.$/);
    expect(entry.remedy).toMatch(/^[A-Z].*\.$/);
    expect(entry.summary).not.toContain('|');
    expect(entry.remedy).not.toContain('|');
  });
});
