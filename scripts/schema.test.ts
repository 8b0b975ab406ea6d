import { readFileSync } from 'node:fs';
import { labFileJsonSchema } from '@vethlab/topology';
import { expect, test } from 'vitest';

test('docs/lab.schema.json is the schema that labs are read with; npm run build writes it again', () => {
  const published = readFileSync(new URL('../docs/lab.schema.json', import.meta.url), 'utf8');
  expect(published).toBe(`${JSON.stringify(labFileJsonSchema(), null, 2)}\n`);
});
