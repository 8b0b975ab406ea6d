// `npm test`: every check and every test, each part to its end even when one before it failed; then one line of real counts.
// `--full` runs the longer variants as well; `--only unit,kernel` only these parts.
import { rmSync } from 'node:fs';
import { statePath } from './set-up/repository.mjs';
import { add, nothing } from './test/counts.mjs';
import { runPart, startPart } from './test/run-part.mjs';
import { testParts } from './test/test-parts.mjs';

const full = process.argv.includes('--full');
if (full) process.env.VETHLAB_FULL = '1';
rmSync(statePath('reports'), { recursive: true, force: true });

const only = process.argv.includes('--only')
  ? (process.argv[process.argv.indexOf('--only') + 1] ?? '').split(',')
  : null;
const all = testParts();
const parts = only === null ? all : all.filter(({ name }) => only.includes(name));
if (only !== null && parts.length !== only.length) {
  process.stderr.write(
    `error: unknown part in --only ${only.join(',')} · command line · use ${all.map(({ name }) => name).join(', ')}\n`,
  );
  process.exit(1);
}

let total = nothing;
const lines = [];
const failed = [];
const beside = new Map(parts.filter((part) => part.beside).map((part) => [part, startPart(part)]));
// What runs beside is one process, and takes longest: the others, of many, fill what it leaves.
let running = beside.size;
for (const part of parts) {
  process.stdout.write(`\n── ${part.name} ──\n`);
  const { counts, failures, tookMs } = await (beside.get(part)?.() ?? runPart(part, { gentle: running > 0 }));
  if (beside.has(part)) running -= 1;
  total = add(total, counts);
  failed.push(...failures.map((failure) => ({ part: part.name, ...failure })));
  lines.push(
    `${part.name.padEnd(14)}${(tookMs / 1000).toFixed(1).padStart(7)} s   ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`,
  );
}

// Once more at the end: who reads the last lines only, of a run on another machine, must see what failed.
for (const { part, test, message } of failed) process.stdout.write(`\nFAILED ${part} › ${test}\n${indent(message)}\n`);
process.stdout.write(`\n${lines.join('\n')}\n\n`);
process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exitCode = total.failed === 0 ? 0 : 1;

function indent(text) {
  return text.replace(/^/gm, '  ');
}
