import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { type Diagnostic, decodeLabFile, maximumFileBytes, parseLabFile, type Topology } from '@vethlab/topology';
import { CommandError } from '../command-error.js';
import { exitCodes } from '../exit-codes.js';
import { diagnosticLine } from '../output/print-error.js';

export interface ReadLab {
  /** Null when the file is not a valid lab. */
  readonly topology: Topology | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads and checks a lab file. @throws CommandError when there is no such file */
export async function readLab(file: string): Promise<ReadLab> {
  const decoded = decodeLabFile(await readBytes(file));
  if (!decoded.ok) return { topology: null, diagnostics: decoded.diagnostics };
  const { topology, diagnostics } = parseLabFile(decoded.text);
  return { topology, diagnostics };
}

/** Reads a lab file that has to be valid; its problems are printed. @throws CommandError when it is not */
export async function readValidLab(file: string): Promise<Topology> {
  const { topology, diagnostics } = await readLab(file);
  if (topology !== null) return topology;
  for (const diagnostic of diagnostics) process.stderr.write(`${diagnosticLine(file, diagnostic)}\n`);
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  throw new CommandError({
    code: 'lab.invalid',
    what: `this lab has ${errors === 1 ? 'an error' : `${errors} errors`}`,
    where: file,
    how: 'mend what is listed above',
    exitCode: exitCodes.invalid,
  });
}

/** At most one byte more than a lab file may have: enough to be told that it is too large. */
async function readBytes(file: string): Promise<Buffer> {
  try {
    // Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const buffer = Buffer.alloc(maximumFileBytes + 1);
      let length = 0;
      while (length < buffer.length) {
        const { bytesRead } = await handle.read(buffer, length, buffer.length - length);
        if (bytesRead === 0) break;
        length += bytesRead;
      }
      return buffer.subarray(0, length);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new CommandError(
      {
        code: 'file.unreadable',
        what: 'the lab file cannot be read',
        where: file,
        how: error instanceof Error ? error.message : String(error),
        exitCode: exitCodes.invalid,
      },
      { cause: error },
    );
  }
}
