import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('every file that is to begin first is there', () => {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const source = readFileSync(`${here}longest-first.ts`, 'utf8');
  const paths = source.match(/'[^']+\.test\.ts'/g) ?? [];
  expect(paths.length).toBeGreaterThan(0);
  for (const path of paths) expect(existsSync(`${here}../../${path.slice(1, -1)}`), path).toBe(true);
});
