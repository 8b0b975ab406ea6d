import { type LiveList, liveRowsMax, liveTextMax } from '@vethlab/protocol';

/** Rows as they are sent: at most `liveRowsMax`, and how many there are. */
export function bounded<Row>(rows: readonly Row[], problem: LiveList<Row>['problem'] = null): LiveList<Row> {
  return { total: rows.length, rows: rows.length > liveRowsMax ? rows.slice(0, liveRowsMax) : rows, problem };
}

/** A text of the kernel, of nft or of a process, at most `liveTextMax` characters long. */
export function short(text: string): string {
  return text.length > liveTextMax ? `${text.slice(0, liveTextMax - 1)}…` : text;
}

/** Order of texts by their code units: fast, and the same on every machine. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
