import { readFileSync } from 'node:fs';
import type { LabId } from '@vethlab/protocol';
import { labIdSchema } from '@vethlab/protocol';
import { z } from 'zod';
import { writeAtomicSync } from '../files/write-atomic.js';

const content = z.object({
  vethlab: z.literal(1),
  running: z.array(labIdSchema),
  held: z.array(labIdSchema),
  // Absent in files of before there was follow mode.
  following: z.array(labIdSchema).default([]),
});

export interface RunningLabs {
  readonly running: readonly LabId[];
  /** Labs in held mode: they come back in it. */
  readonly held: readonly LabId[];
  /** Labs in follow mode. */
  readonly following: readonly LabId[];
}

/** The labs that were running when the server ended, however it ended. A missing or damaged file means none. */
export function readRunningLabs(file: string): RunningLabs {
  const none = { running: [], held: [], following: [] };
  try {
    const parsed = content.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : none;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return none;
    throw error;
  }
}

/** Throws the system's error, for example when the disk is full. */
export function writeRunningLabs(file: string, labs: RunningLabs): void {
  writeAtomicSync(file, `${JSON.stringify({ vethlab: 1, ...labs })}\n`);
}
