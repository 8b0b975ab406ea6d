import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { describeMachine } from './machine.js';
import { parts } from './parts/parts.js';
import { markdownTable, type Row } from './table.js';

const { values } = parseArgs({
  options: {
    output: { type: 'string', default: 'bench-result.json' },
    runs: { type: 'string', default: '3' },
    /** Only these parts, by name, with commas between. */
    only: { type: 'string' },
  },
});
const names = values.only?.split(',') ?? [...parts.keys()];
const unknown = names.find((name) => !parts.has(name));
if (unknown !== undefined) {
  process.stderr.write(`error: unknown part ${unknown} · --only · use ${[...parts.keys()].join(', ')}\n`);
  process.exit(1);
}

const rows: Row[] = [];
const result: Record<string, unknown> = { machine: describeMachine() };
const say = (text: string) => process.stderr.write(`… ${text}\n`);
for (const name of names) {
  say(name);
  Object.assign(result, await parts.get(name)?.({ runs: Number(values.runs), rows, say }));
}
result.rows = rows;

process.stdout.write(`\nMeasured on ${describeMachine()}\n\n${markdownTable(rows)}\n`);
writeFileSync(values.output, `${JSON.stringify(result, null, 2)}\n`);
