import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExampleSummary } from '@vethlab/protocol';
import { labFileSuffix } from '../files/data-folder.js';
import type { FileCodec } from '../files/file-codec.js';
import { topicsOf } from './topics-of.js';

export interface Example extends ExampleSummary {
  readonly text: string;
}

/** The example labs of a folder, in the order of their file names. Files that are no labs are left out. */
export async function readExamples(folder: string, codec: FileCodec): Promise<readonly Example[]> {
  const examples: Example[] = [];
  for (const name of (await listOrNothing(folder)).filter((entry) => entry.endsWith(labFileSuffix)).sort()) {
    const text = await readFile(join(folder, name), 'utf8');
    const read = await codec.read(text);
    if (!read.ok) continue;
    examples.push({
      id: name.slice(0, -labFileSuffix.length),
      name: read.topology.name,
      description: firstComment(text),
      topics: topicsOf(read.topology),
      nodes: Object.keys(read.topology.nodes).length,
      links: read.topology.links.length,
      text,
    });
  }
  return examples;
}

/** The first comment line of a lab file, without its mark. */
export function firstComment(text: string): string {
  return /^#+[ \t]*(\S.*?)[ \t\r]*$/m.exec(text)?.[1] ?? '';
}

async function listOrNothing(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
