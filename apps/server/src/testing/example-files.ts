import { readdirSync, readFileSync } from 'node:fs';
import type { FeatureName } from '@vethlab/observed';
import { featuresAskedBy } from '@vethlab/planner';
import { parseLabFile, type Topology } from '@vethlab/topology';

const folder = new URL('../../../../labs/', import.meta.url);

/** What the second kernel (scripts/uml) is for: the kernel that runs the tests may lack it. */
const ofFullKernel: readonly FeatureName[] = ['vrf', 'vlan', 'dummy', 'bond', 'gre', 'netem', 'vlan-filtering'];

/** The document of a lab file. Throws when it is not one. */
export function read(text: string): Topology {
  const { topology, diagnostics } = parseLabFile(text);
  if (topology === null) throw new Error(JSON.stringify(diagnostics));
  return topology;
}

export function exampleLab(file: string): Topology {
  return read(readFileSync(new URL(file, folder), 'utf8'));
}

function isForFullKernel(file: string): boolean {
  const asked = featuresAskedBy(exampleLab(file));
  return ofFullKernel.some((feature) => asked.has(feature));
}

function hasWayOut(file: string): boolean {
  return Object.values(exampleLab(file).nodes).some(({ kind }) => kind === 'internet');
}

const files = readdirSync(folder).filter((name) => name.endsWith('.lab.yaml'));

/** Names of the example files: any kernel can make them, those with a way out need a network as well, the others the full kernel. */
export const examples = {
  ofAnyKernel: files.filter((file) => !isForFullKernel(file) && !hasWayOut(file)),
  withWayOut: files.filter(hasWayOut),
  ofFullKernel: files.filter(isForFullKernel),
};
