import type { ReactNode } from 'react';

/** One column of a section. `text` is what is filtered by and copied; without `cell` it is also what is shown. */
export interface LiveColumn<Row> {
  readonly title: string;
  readonly text: (row: Row) => string;
  readonly cell?: (row: Row) => ReactNode;
  /** The text whose change makes the cell flash: `text` unless it is given; null for what changes all the time. */
  readonly flash?: ((row: Row) => string) | null;
  /** Names, addresses and commands. */
  readonly mono?: boolean;
  /** Numbers. */
  readonly atEnd?: boolean;
  /** Copied and filtered by, and shown in another column's cell. */
  readonly unseen?: boolean;
}

/** Rows that are seldom what is looked for; they are folded away behind a line that says how many there are. */
export interface Aside<Row> {
  readonly is: (row: Row) => boolean;
  /** `23 made by the kernel`. */
  readonly words: (count: number) => string;
}

export interface TableLook<Row> {
  readonly columns: readonly LiveColumn<Row>[];
  /** Unique, and the same as long as the row is the same thing. */
  readonly keyOf: (row: Row) => string;
  /** Rows of one group stand together below its heading. */
  readonly groupOf?: (row: Row) => string;
  /** What else is said of a row, below it and as wide as the table. */
  readonly below?: (row: Row) => string;
  /** Shown faintly. */
  readonly isFaint?: (row: Row) => boolean;
  readonly aside?: Aside<Row>;
}
