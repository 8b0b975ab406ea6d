import type { FileCodec } from '../files/file-codec.js';
import { textHash } from '../files/text-hash.js';
import { validateInSlices } from '../turns/validate-in-slices.js';
import type { Lab } from './lab.js';
import { sameStamp } from './lab-file.js';
import { readFound } from './load-lab.js';

export type ChangedFile = 'same' | 'adopted' | 'broken' | 'conflict';

/**
 * Looks at the file of an open lab, and takes over what somebody else did to it. A file with mistakes leaves the last good
 * document as it is. A change that contradicts edits that are not saved yet loses against them; its text goes to the trash.
 */
export function readChangedFile(lab: Lab, codec: FileCodec): Promise<ChangedFile> {
  return lab.file.alone(async () => {
    const found = await readFound(lab.file.path);
    if (sameStamp(found.stamp, lab.file.stamp)) return 'same';
    if (textHash(found.text) === lab.file.hash) {
      lab.file.restamp(found.stamp);
      if (lab.hasFileProblems) lab.tellFileProblems([], 'The file on disk is in order again.');
      return 'same';
    }
    const read =
      found.problems.length > 0 ? { ok: false as const, diagnostics: found.problems } : await codec.read(found.text);
    if (!read.ok) {
      lab.file.tolerate(found.stamp);
      lab.tellFileProblems(read.diagnostics, 'The file was changed on disk and has mistakes; the lab stays as it was.');
      return 'broken';
    }
    await validateInSlices(read.topology);
    if (lab.adoptFromDisk(found, read.topology, 'The file was changed on disk.') !== null) return 'adopted';
    lab.file.tolerate(found.stamp);
    lab.tellFileProblems(
      [],
      'The file was changed on disk against newer edits here. These stay; its text is in the trash folder.',
    );
    lab.saveSoon();
    return 'conflict';
  });
}
