import { visibleText } from '../../../format/visible-text';
import type { LiveColumn } from './column';

/** Whether a row has all words of the filter, in whatever column and case. */
export function matches<Row>(row: Row, columns: readonly LiveColumn<Row>[], filter: string): boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const text = columns
    .map((column) => visibleText(column.text(row)))
    .join(' ')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

/** A table as text for a terminal or a mail: the command that shows the same, titles, and columns of even width. */
export function tableText<Row>(rows: readonly Row[], columns: readonly LiveColumn<Row>[], command: string): string {
  const cells = [
    columns.map((column) => column.title),
    ...rows.map((row) => columns.map((column) => visibleText(column.text(row)))),
  ];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => line[index]?.length ?? 0)));
  const lines = cells.map((line) =>
    line
      .map((text, index) => text.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [`$ ${command}`, ...lines, ''].join('\n');
}
