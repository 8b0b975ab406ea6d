import { z } from 'zod';
import { liveRowsMax, liveTextMax } from './live-reading.js';

const text = z.string().max(liveTextMax);

/** Why a section could not be read, and what helps. */
export const problemOfReading = z.object({ reason: text, remedy: text });

/** The schema of a section of rows. */
export function rowsOf<Row extends z.ZodType>(row: Row) {
  return z.object({ total: z.number(), rows: z.array(row).max(liveRowsMax), problem: problemOfReading.nullable() });
}
