import type { Diagnostic } from '@vethlab/topology';
import type { CommandError } from '../command-error.js';
import { painterFor } from './colours.js';
import { printable } from './printable.js';

/** Prints `error: what · where · how to mend it` on stderr; as one line of JSON for machines. */
export function printError(error: CommandError, json: boolean): void {
  if (json) {
    const { code, what, where, how } = error;
    process.stderr.write(`${JSON.stringify({ vethlab: 1, error: { code, what, where, how } })}\n`);
    return;
  }
  process.stderr.write(`${problemLine('error', error.what, error.where, error.how)}\n`);
}

/** One problem of a lab file as a line: its summary, its place, and its detail, which says how to mend it. */
export function diagnosticLine(file: string, diagnostic: Diagnostic): string {
  const { severity, summary, detail, line, column } = diagnostic;
  const place = line === undefined ? `${file}${pathText(diagnostic)}` : `${file}:${line}:${column ?? 1}`;
  return problemLine(severity, withoutFullStop(summary), place, detail);
}

function pathText({ path }: Diagnostic): string {
  return path.length === 0 ? '' : ` (${path.join('.')})`;
}

function problemLine(severity: Diagnostic['severity'], what: string, where: string, how: string): string {
  const paint = painterFor(process.stderr);
  const label = paint(severity === 'error' ? 'red' : 'yellow', `${severity}:`);
  return `${label} ${[what, where, how].map(printable).filter(Boolean).join(' · ')}`;
}

function withoutFullStop(text: string): string {
  return text.replace(/\.$/, '');
}
