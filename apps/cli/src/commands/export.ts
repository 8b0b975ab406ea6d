import { scriptOf } from '@vethlab/planner';
import { exitCodes } from '../exit-codes.js';
import { readValidLab } from '../lab/read-lab.js';

/** What a lab can be exported as. */
export const exportFormats = ['sh'] as const;

/** `vethlab export FILE --format sh`: a stand-alone script that builds the same lab. @returns the exit code */
export async function exportLab(file: string, options: { readonly json: boolean }): Promise<number> {
  const topology = await readValidLab(file);
  const script = scriptOf(topology);
  process.stdout.write(
    options.json ? `${JSON.stringify({ vethlab: 1, lab: topology.name, format: 'sh', script })}\n` : script,
  );
  return exitCodes.ok;
}
