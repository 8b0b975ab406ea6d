import type { Row } from './table.js';

/** What every part of the bench gets. */
export interface BenchContext {
  /** Runs of each star; the machines are noisy, the median is told. */
  readonly runs: number;
  /** Lines of the table. */
  readonly rows: Row[];
  /** Tells what is going on. */
  readonly say: (text: string) => void;
}

/** One part: adds its lines to the table, and gives its figures by name. */
export type BenchPart = (context: BenchContext) => Promise<Readonly<Record<string, unknown>>>;
