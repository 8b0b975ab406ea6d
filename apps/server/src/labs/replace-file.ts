import { diffTopologies, type Topology } from '@vethlab/topology';
import { writeAtomic } from '../files/write-atomic.js';
import { validateInSlices } from '../turns/validate-in-slices.js';
import type { EditReply } from './edit-reply.js';
import type { Lab } from './lab.js';
import { stampOf } from './lab-file.js';

/**
 * Puts the text of a lab file in the place of the lab's own, comments and order included, as an editor would do.
 * When the disk does not take it, the document is replaced in memory, and saving is tried again as for any edit.
 */
export async function replaceFile(lab: Lab, text: string, topology: Topology): Promise<EditReply> {
  await validateInSlices(topology);
  await lab.flush();
  return lab.file.alone(async (): Promise<EditReply> => {
    try {
      await writeAtomic(lab.file.path, text);
    } catch {
      // Saving the edit meets the same disk, and tells everybody what is wrong with it.
      return lab.edit({ type: 'apply-diff', diff: diffTopologies(lab.topology, topology) }, lab.revision, null);
    }
    const found = { text, stamp: await stampOf(lab.file.path), problems: [] };
    const summary = 'The lab was replaced.';
    const diff = lab.adoptFromDisk(found, topology, summary);
    if (diff !== null) {
      const created = { nodes: [], links: [] };
      return { type: 'accepted', revision: lab.revision, summary, warnings: lab.warnings, created, diff };
    }
    // Somebody edited in the same moment, and the two do not go together: the edits that were accepted stay.
    lab.file.tolerate(found.stamp);
    lab.saveSoon();
    return { type: 'stale', revision: lab.revision, changed: [] };
  });
}
