import type { Diagnostic } from '../model/diagnostic.js';

/** Where the lines of a text begin. CRLF ends a line like LF. */
export interface LineTable {
  readonly starts: readonly number[];
}

export function lineTableOf(text: string): LineTable {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return { starts };
}

/** Line and column of an offset, both counted from 1. */
export function placeOf({ starts }: LineTable, offset: number): { readonly line: number; readonly column: number } {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

/** The diagnostic with the line and column of an offset. */
export function placed(found: Diagnostic, lines: LineTable, offset: number): Diagnostic {
  return { ...found, ...placeOf(lines, offset) };
}
