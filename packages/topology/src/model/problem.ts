import type { Diagnostic, DocumentPath, Fix } from './diagnostic.js';
import { type DiagnosticCode, diagnosticCodes } from './diagnostic-codes.js';

/** What is wrong with a value, before it is known where in a document the value stands. */
export interface Problem {
  readonly code: DiagnosticCode;
  /** What, why and how to mend it, with the value at hand. */
  readonly detail: string;
  readonly fix?: Fix;
}

/** Answer of a parser: the branded value, or why there is none. Parsers never throw. */
export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: Problem };

/** A refusal; `fixValue` is a text that the same parser would accept. */
export function refused(
  code: DiagnosticCode,
  detail: string,
  fixValue?: string,
): { readonly ok: false; readonly problem: Problem } {
  return fixValue === undefined
    ? { ok: false, problem: { code, detail } }
    : { ok: false, problem: { code, detail, fix: { label: `Use ${fixValue}`, value: fixValue } } };
}

/** The diagnostic of a code at a place. Severity and summary come from the registry of codes. */
export function diagnostic(code: DiagnosticCode, path: DocumentPath, detail: string, fix?: Fix): Diagnostic {
  const { severity, summary } = diagnosticCodes[code];
  return fix === undefined ? { code, severity, summary, detail, path } : { code, severity, summary, detail, path, fix };
}

/** A parser's problem, told at a place. */
export function diagnosticAt(path: DocumentPath, problem: Problem): Diagnostic {
  return diagnostic(problem.code, path, problem.detail, problem.fix);
}

/** Foreign text as it may be shown to a person: quoted, control characters spelled out, not longer than a line. */
export function quoted(text: string): string {
  const shown = text.length > 60 ? `${text.slice(0, 57)}…` : text;
  return JSON.stringify(shown).replace(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
