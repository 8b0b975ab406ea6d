import { exitCodes } from '../exit-codes.js';
import { readLab } from '../lab/read-lab.js';
import { painterFor } from '../output/colours.js';
import { diagnosticLine } from '../output/print-error.js';
import { printable } from '../output/printable.js';

/** `vethlab validate FILE`: every problem with its place. @returns the exit code */
export async function validate(file: string, options: { readonly json: boolean }): Promise<number> {
  const { topology, diagnostics } = await readLab(file);
  const valid = topology !== null;
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ vethlab: 1, file, valid, diagnostics })}\n`);
  } else {
    for (const diagnostic of diagnostics) process.stderr.write(`${diagnosticLine(file, diagnostic)}\n`);
    if (valid) process.stdout.write(`${painterFor(process.stdout)('green', 'valid')} · ${printable(file)}\n`);
  }
  return valid ? exitCodes.ok : exitCodes.invalid;
}
