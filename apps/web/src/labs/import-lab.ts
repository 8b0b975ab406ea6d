import type { LabReply } from '@vethlab/protocol';
import { type Diagnostic, maximumFileBytes } from '@vethlab/topology';
import { RequestFailed, readable, rest } from '../connection';

/** A file that is not a lab, with every reason. The file itself is untouched, and so is everything else. */
export interface ImportProblem {
  readonly fileName: string;
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

export type ImportResult =
  | { readonly ok: true; readonly lab: LabReply }
  | { readonly ok: false; readonly problem: ImportProblem };

/** Makes a lab of a file. Nothing in a file is run by importing it. */
export async function importLab(file: File): Promise<ImportResult> {
  const refuse = (text: string, diagnostics: readonly Diagnostic[] = []): ImportResult => ({
    ok: false,
    problem: { fileName: file.name, text, diagnostics },
  });
  // Told before sending it.
  if (file.size > maximumFileBytes)
    return refuse('The file is larger than 2 MB; a lab file of 5,000 nodes is smaller.');
  try {
    return { ok: true, lab: await rest.createFromFile(file) };
  } catch (error) {
    if (error instanceof RequestFailed) return refuse(error.message, error.problem.diagnostics);
    return refuse(readable(error));
  }
}
