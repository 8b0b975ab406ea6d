/** One line of the table: what was measured, the figure, and what it is measured against. */
export interface Row {
  readonly what: string;
  readonly figure: string;
  readonly beside: string;
  readonly target: string;
}

/** A line for what could not be measured, so that nobody misses it without noticing. `why`: `iperf3 is missing`. */
export function notMeasured(what: string, why: string, target: string): Row {
  return { what, figure: `not measured: ${why}`, beside: '', target };
}

/** A Markdown table, as the README shows it. */
export function markdownTable(rows: readonly Row[]): string {
  const header: Row = { what: 'What', figure: 'Vethlab', beside: 'Beside it, in the same run', target: 'Aim' };
  const columns = ['what', 'figure', 'beside', 'target'] as const;
  const widths = columns.map((column) => Math.max(...[header, ...rows].map((row) => row[column].length)));
  const line = (row: Row) =>
    `| ${columns.map((column, index) => row[column].padEnd(widths[index] ?? 0)).join(' | ')} |`;
  return [line(header), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n');
}

export function ms(value: number): string {
  return value >= 1000 ? `${(value / 1000).toFixed(2)} s` : `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}

export function times(ratio: number): string {
  return `${ratio.toFixed(1)} ×`;
}
